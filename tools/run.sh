#!/usr/bin/env bash
# Builds app and region and starts the embedded hub with both: tools/run.sh [region.toml|region.civmesh]
set -euo pipefail
source "$(dirname "$0")/env.sh"

say "Building the region"
pack=$(tools/pack.sh "${1:-}" | tail -n 1)
say "Building the app"
trunk build --release --locked
say "Starting the hub"
hub=$(native_program civmesh-hub)
# exec, so that Ctrl-C reaches the hub itself and ends all of it.
exec "$hub" serve --app dist --pack "$pack"
