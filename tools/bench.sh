#!/usr/bin/env bash
# The rows of the budget table in one run: what the first screen weighs, then every benchmark in tests/bench.
set -euo pipefail
source "$(dirname "$0")/env.sh"

say "Download of the first screen"
status=0
node tools/size.mjs --enforce || status=1
for bench in tests/bench/*.mjs; do
  [[ -f $bench ]] || continue
  say "$(basename "$bench" .mjs)"
  node "$bench"
done
exit "$status"
