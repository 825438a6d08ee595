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
# An exercise has its authority's key in the open, so the sample accounts get credentials; for another region AUTHORITY_KEY names its file.
key=${AUTHORITY_KEY:-}
region=${1:-public/sample/region.toml}
if [[ -z $key && $region == *.toml ]] && grep -q '^seed' "$region"; then key=$region; fi
# exec, so that Ctrl-C reaches the hub itself and ends all of it.
exec "$hub" serve --app dist --pack "$pack" --data "${CARGO_TARGET_DIR:-target}/hub" ${key:+--authority-key "$key"}
