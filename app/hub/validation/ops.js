// What staff report and decide: reports, runs of procedures, the state of nodes.
delivery(ofKnownKind(byRoleAndNode));
