// Brought for others. Any staff account brings it; who was entitled to write an event, readers judge by credential, and a part is read by
// whoever has a key. All staff of the region keep a copy, so parts are small here, and never plain.
function relayedPart() {
  part(RULES.limits.relayed);
  if (RULES.relayed.indexOf(doc.kind) === -1) { refuse('kind', 'a ' + doc.kind + ' is too large to be passed on here'); }
  // The first byte of an envelope, 1, in base64url: it is sealed.
  if (!/^A[Q-Za-f]/.test(doc.envelope)) { refuse('shape', 'envelope must be sealed'); }
}

if (isPart()) {
  relayedPart();
} else {
  delivery(function () {
    mayWriteKind(doc.kind, RULES.staff);
  });
}
