#!/usr/bin/env bash
# Runs the decoders with coverage guidance, each for so many seconds: tools/fuzz.sh 60 ['name|name']
# What was found lies in target/fuzz/found, and runs again with DECODER=name target/fuzz/…/civmesh-fuzz FILE.
set -euo pipefail
source "$(dirname "$0")/env.sh"

EACH=${1:-60}
ONLY=${2:-.}
OUT=${CARGO_TARGET_DIR:-$ROOT/target}/fuzz
HOST=$(rustc -vV | sed -n 's/^host: //p')

# What cargo-fuzz does, without its need of a nightly compiler: LLVM's own pass counts edges and traces comparisons.
FLAGS="-C passes=sancov-module -C codegen-units=1 --cfg fuzzing"
for flag in level=4 inline-8bit-counters pc-table trace-compares; do FLAGS+=" -C llvm-args=-sanitizer-coverage-$flag"; done
# With a target, so that what runs while it is built is built without them.
RUSTFLAGS=$FLAGS cargo build --locked --release --manifest-path tests/fuzz/Cargo.toml --target "$HOST" --target-dir "$OUT"
PROGRAM=$OUT/$HOST/release/civmesh-fuzz

failed=()
for name in $("$PROGRAM" | grep -E "^($ONLY)"); do
  say "── $name"
  mkdir -p "$OUT/corpus/$name" "$OUT/found"
  DECODER=$name CORPUS=$OUT/corpus/$name "$PROGRAM" "$OUT/corpus/$name" -max_total_time="$EACH" -timeout=10 -rss_limit_mb=2048 \
    -max_len=16384 -artifact_prefix="$OUT/found/$name-" -print_final_stats=1 >"$OUT/$name.log" 2>&1 || failed+=("$name")
  grep -E '^#[0-9]+.*DONE|^stat::(number_of_executed_units|peak_rss_mb)|panicked|^SUMMARY' "$OUT/$name.log" || true
done
((${#failed[@]} == 0)) || stop "Failed: ${failed[*]}. The inputs are in $OUT/found, what was said in $OUT/NAME.log."
say "Nothing was found."
