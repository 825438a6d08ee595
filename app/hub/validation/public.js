// What everybody reads. Staff write heads here, the latest status that an account gave of a node; coordinators also the events by which
// credentials are given and devices revoked, and what was agreed about the registry.
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

// How a correction of the registry was settled, and beside it the correction, so that everybody can verify both. Written once: the
// revision is the settlement's, whoever brings it. That the two belong together, readers find out.
function agreed() {
  sizeAtMost(RULES.limits.delivery);
  var names = identifier('registry:' + NODE + ':' + EVENT, 'registry:<node>:<event>');
  fieldIs('type', 'registry');
  eventFields(['correction', 'correction_sig']);
  fieldIs('kind', 'correction_settled');
  fieldIs('node', names[1]);
  identifierAgrees(names[2]);
  fieldMatches('correction', '[A-Za-z0-9_-]{4,}', 'base64url');
  fieldMatches('correction_sig', SIGNATURE, '64 bytes in base64url');
  if (has('replicator')) { return; }
  mayWriteKind('what was agreed', RULES.kinds.correction_settled);
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
    fieldMatches('sig', SIGNATURE, '64 bytes in base64url');
  }
}

// A status is published as a head, a settlement as an entry of the registry, and neither as an event.
function publicEvent(writers) {
  if (doc.kind === 'node_status') { refuse('kind', 'a status is published as a head'); }
  if (doc.kind === 'correction_settled') { refuse('kind', 'a settlement is published with its correction'); }
  byRoleAndNode(writers);
}

if (typeof doc._id === 'string' && doc._id.indexOf('head:') === 0) {
  head();
} else if (typeof doc._id === 'string' && doc._id.indexOf('event:') === 0) {
  delivery(ofKnownKind(publicEvent));
} else if (typeof doc._id === 'string' && doc._id.indexOf('registry:') === 0) {
  agreed();
} else {
  registry();
}
