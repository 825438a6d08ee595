// What staff report and decide: reports, runs of procedures, the state of nodes.
delivery(byRoleAndNode);
