#!/usr/bin/env bash
# Builds app and region and starts the embedded hub with both: tools/run.sh [region.toml|region.civmesh]
set -euo pipefail
source "$(dirname "$0")/env.sh"

say "Building region and app"
tools/build.sh "${1:-}"
say "Starting the hub"
hub=$(native_program civmesh-hub)
# An exercise has its authority's key in the open, so the sample accounts get credentials; for another region KEY names its file.
key=${KEY:-}
region=${1:-}
region=${region:-public/sample/region.toml}
if [[ -z $key && $region == *.toml ]] && grep -q '^seed' "$region"; then key=$region; fi
# exec, so that Ctrl-C reaches the hub itself and ends all of it.
exec "$hub" serve --app dist --pack public/region.civmesh --data "${CARGO_TARGET_DIR:-target}/hub" ${key:+--authority-key "$key"}
