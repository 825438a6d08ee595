#!/usr/bin/env bash
# Builds the release app into dist/, with the sample region in it, or another: tools/build.sh [region]. Nothing is downloaded: the tools are in .tools.
set -euo pipefail
source "$(dirname "$0")/env.sh"

tools/pack.sh "${1:-}" >/dev/null
trunk build --release --locked
