#!/usr/bin/env bash
# The simulation of sync: so many seeds, from one on. See docs/simulation.md. Optimised as our programs are: it is ten times as quick.
set -euo pipefail
source "$(dirname "$0")/env.sh"
export FROM=${1:?from which seed} SEEDS=${2:?how many}
exec cargo test --locked --profile "$NATIVE_PROFILE" -p civmesh-sync --test simulation whatever_goes_wrong -- --nocapture
