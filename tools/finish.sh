#!/usr/bin/env bash
# What comes after Trunk's own work, in this order: the app is split in two, what starts it gets a file of its own, what syncs while it is closed
# is built, what draws the map is put beside it, the region is cut in two, and the worker is stamped with what there is. Trunk runs it.
set -euo pipefail
source "$(dirname "$0")/env.sh"
node tools/split.mjs
node tools/start.mjs
node tools/background.mjs
node tools/map.mjs
node tools/cut.mjs
node service-worker/stamp.mjs
