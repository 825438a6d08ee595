// One node's people: check-ins, and the sealed parts that name them. Where the database serves one node only, everything in it is of that node.
function isOfThisNode() {
  if (RULES.node !== null && doc.node !== RULES.node) {
    refuse('node', 'this database is for node ' + RULES.node);
  }
}

function isOfThisSeat() {
  isOfThisNode();
  if (!has('replicator')) { mayActFor(doc.node); }
}

if (isPart()) {
  part(RULES.limits.part);
  isOfThisSeat();
} else {
  delivery(ofKnownKind(byRoleAndNode));
  isOfThisNode();
}
