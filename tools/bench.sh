#!/usr/bin/env bash
# The rows of the budget table in one run: what the first screen weighs, then every benchmark in tests/bench, each beside its floor and its peer.
# Only ratios within one run count, so a time that is over its budget is said and fails nothing. ROWS='nearest|push' runs some; RUNS=1 tries them out.
set -euo pipefail
source "$(dirname "$0")/env.sh"

status=0
if [[ size =~ ${ROWS:-.} ]]; then
  say "Download of the first screen"
  node tools/size.mjs --enforce || status=1
fi
# The hub, and the builder of the made-up region.
for program in civmesh-hub civmesh-pack; do native_program "$program" >/dev/null; done
for bench in tests/bench/*.mjs; do
  name=$(basename "$bench" .mjs)
  [[ $name =~ ${ROWS:-.} ]] || continue
  say "$name"
  node "$bench" || status=1
done
exit "$status"
