#!/usr/bin/env bash
# Builds the region that ships with the app into public/region.civmesh: the sample, or tools/pack.sh region.toml|region.civmesh
# KEY names the authority's key file for a region.toml that is for real. The last line printed is the path of the pack.
set -euo pipefail
source "$(dirname "$0")/env.sh"

region=${1:-}
region=${region:-public/sample/region.toml}
pack=public/region.civmesh
[[ -f $region ]] || stop "There is no file $region."
case $region in
  *.civmesh) cp "$region" "$pack" ;;
  *.toml)
    program=$(native_program civmesh-pack)
    # Dated by its last change, not by the clock: building again must not look like a new version of the app.
    dated=$(git log -1 --format=%ct -- "$(dirname "$region")" 2>/dev/null || true)
    SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-${dated:-1767225600}} "$program" build "$region" -o "$pack" ${KEY:+--key "$KEY"} >&2
    ;;
  *) stop "REGION is a region.toml or a .civmesh file, not $region." ;;
esac
echo "$pack"
