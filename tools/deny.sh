#!/usr/bin/env bash
# What is let into the tree of dependencies, by deny.toml: tools/deny.sh tree | all
#   tree  licences, duplicates and sources: needs the registry only
#   all   the advisories too, where their database can be fetched; the last line says whether it was
set -euo pipefail
source "$(dirname "$0")/env.sh"

# Lines of deny.toml that nothing needs any more are failures, so that its lists only shrink.
cargo-deny --locked check --deny unmatched-skip --deny unnecessary-skip licenses bans sources
# The fuzzing has dependencies of its own, which are in nothing that is given away.
cargo-deny --manifest-path tests/fuzz/Cargo.toml --config deny.toml --locked check sources
[[ ${1:-tree} == all ]] || exit 0

if cargo-deny fetch db 2>/dev/null; then
  cargo-deny --locked check --disable-fetch advisories
  echo "Licences, duplicates, sources and advisories were checked."
else
  echo "Licences, duplicates and sources were checked. Advisories were NOT: their database can't be fetched from here."
fi
