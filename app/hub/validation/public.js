// What everybody reads. Staff write heads here, the latest status that an account gave of a node; coordinators also the events by which
// credentials are given and devices revoked.
function head() {
  sizeAtMost(RULES.limits.delivery);
  var names = identifier('head:' + NODE + ':' + ACCOUNT, 'head:<node>:<account>');
  fieldIs('type', 'head');
  eventFields();
  fieldIs('kind', 'node_status');
  fieldIs('node', names[1]);
  if (has('replicator')) { return; }
  mayWriteKind('heads', RULES.kinds.node_status);
  mayActFor(doc.node);
  if (!has('coordinator')) { accountIs(names[2]); }
}

// Registry, procedures, credentials, revocations: the region's authority writes them, and replication carries them from hub to hub.
function registry() {
  if (!has('replicator')) { refuse('kind', 'only the authority of the region writes this'); }
  sizeAtMost(RULES.limits.registry);
  var names = identifier('(credential|revocation|node|sop):[A-Za-z0-9-]{1,64}', '<type>:<name>');
  fieldIs('type', names[0]);
  fieldIs('v', 1);
  if (doc._attachments !== undefined) { refuse('shape', 'there is no field _attachments'); }
  if (doc.type === 'credential') {
    fieldsAre(['type', 'v', 'credential', 'sig']);
    fieldMatches('credential', '[A-Za-z0-9_-]{4,}', 'base64url');
    fieldMatches('sig', '[A-Za-z0-9_-]{85}[AQgw]', '64 bytes in base64url');
  }
}

// A status is published as a head, never as an event.
function publicEvent(writers) {
  if (doc.kind === 'node_status') { refuse('kind', 'a status is published as a head'); }
  byRoleAndNode(writers);
}

if (typeof doc._id === 'string' && doc._id.indexOf('head:') === 0) {
  head();
} else if (typeof doc._id === 'string' && doc._id.indexOf('event:') === 0) {
  delivery(ofKnownKind(publicEvent));
} else {
  registry();
}
