// What names people, in words and in pictures: beside its event, sealed, and not for ever.
// Names and photos are not kept for ever. This holds for hub to hub too: else a neighbour brings back what was dropped here. A hub whose
// clock is behind takes what is old; one that is ahead of time by weeks refuses what is new, and says why.
function hasNotExpired(event) {
  var bytes = decoded(event, BASE32, 5);
  if (bytes === null) { refuse('shape', 'event must be an identifier'); }
  var written = parseInt(hex(bytes.slice(0, 6)), 16);
  var days = RULES.retention[doc.kind];
  if (written + days * 86400000 < new Date().getTime()) { refuse('expired', 'a ' + doc.kind + ' is kept for ' + days + ' days'); }
}

function isPart() {
  return typeof doc._id === 'string' && doc._id.indexOf('part:') === 0;
}

// A part as any of the staff brings it; for which node, is up to the database.
function part(limit) {
  sizeAtMost(limit);
  var names = identifier('part:' + ACCOUNT + ':' + EVENT + ':[0-9]{1,2}', 'part:<account>:<event>:<index>');
  fieldsAre(['type', 'v', 'kind', 'node', 'event', 'index', 'envelope']);
  fieldIs('type', 'part');
  fieldIs('v', 1);
  if (!isRow(RULES.retention, doc.kind)) { refuse('shape', 'kind must be that of a part'); }
  fieldMatches('node', NODE, 'a node');
  fieldIs('event', names[2]);
  fieldIs('index', parseInt(names[3], 10));
  fieldMatches('envelope', '[A-Za-z0-9_-]{4,}', 'base64url');
  fieldMatches('_rev', '1-[0-9a-f]{32}', 'the first revision');
  // The end alone: where a part is a photo, reading all of it by hand would take the hub too long.
  var whole = doc.envelope.length - doc.envelope.length % 4;
  if (decoded(doc.envelope.substring(whole), BASE64URL, 6) === null) { refuse('shape', 'envelope must be base64url'); }
  hasNotExpired(names[2]);
  if (has('replicator')) { return; }
  accountIs(names[1]);
  mayWriteKind('a part', RULES.parts);
}
