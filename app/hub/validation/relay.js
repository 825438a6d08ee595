// Events brought for others. Any staff account brings them; who was entitled to write them, readers judge by credential.
delivery(function () {
  mayWriteKind(doc.kind, RULES.staff);
});
