#!/usr/bin/env bash
# Builds the sample region's pack, which ships with the app, and with an argument another one: tools/pack.sh [region.toml|region.civmesh]
# The last line printed is the path of the pack asked for.
set -euo pipefail
source "$(dirname "$0")/env.sh"

region=${1:-}
program=$(native_program civmesh-pack)
# Dated by its last change, not by the clock: building again must not look like a new version of the app.
dated=$(git log -1 --format=%ct -- public/sample 2>/dev/null || true)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-${dated:-1767225600}} "$program" build public/sample/region.toml -o public/sample.civmesh >&2

case $region in
  "") echo public/sample.civmesh ;;
  *.civmesh)
    [[ -f $region ]] || stop "There is no file $region."
    echo "$region"
    ;;
  *.toml)
    [[ -f $region ]] || stop "There is no file $region."
    mkdir -p "${CARGO_TARGET_DIR:-target}/packs"
    pack=${CARGO_TARGET_DIR:-target}/packs/$(basename "$region" .toml).civmesh
    "$program" build "$region" -o "$pack" >&2
    echo "$pack"
    ;;
  *) stop "REGION is a region.toml or a .civmesh file, not $region." ;;
esac
