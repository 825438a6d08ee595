// One node's people: check-ins, and the sealed parts that name them. Where the database serves one node only, everything in it is of that node.
function isOfThisNode() {
  if (RULES.node !== null && doc.node !== RULES.node) {
    refuse('node', 'this database is for node ' + RULES.node);
  }
}

function part() {
  sizeAtMost(RULES.limits.part);
  var names = identifier('part:' + ACCOUNT + ':' + EVENT + ':[0-9]{1,2}', 'part:<account>:<event>:<index>');
  fieldsAre(['type', 'v', 'kind', 'node', 'event', 'index', 'envelope']);
  fieldIs('type', 'part');
  fieldIs('v', 1);
  fieldMatches('kind', 'person|text|photo', 'person, text or photo');
  fieldMatches('node', NODE, 'a node');
  fieldIs('event', names[2]);
  fieldIs('index', parseInt(names[3], 10));
  fieldMatches('envelope', '[A-Za-z0-9_-]{4,}', 'base64url');
  isOfThisNode();
  if (has('replicator')) { return; }
  accountIs(names[1]);
  mayWriteKind('a part', STAFF);
  mayActFor(doc.node);
}

if (typeof doc._id === 'string' && doc._id.indexOf('part:') === 0) {
  part();
} else {
  delivery(byRoleAndNode);
  isOfThisNode();
}
