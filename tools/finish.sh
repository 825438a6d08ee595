#!/usr/bin/env bash
# What comes after Trunk's own work, in this order: the app is split in two, then the worker is stamped with what there is. Trunk runs it.
set -euo pipefail
source "$(dirname "$0")/env.sh"
node tools/split.mjs
node service-worker/stamp.mjs
