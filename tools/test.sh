#!/usr/bin/env bash
# Runs every check, one stage after the other, and ends with "N passed, N failed, N skipped".
# A stage is one line at the end of this file: stage NAME NEEDS COUNTER COMMAND…
#   NEEDS    a path; without it the stage is not there yet
#   COUNTER  how its results are read: once (the command itself is the check), cargo, node, playwright
set -uo pipefail
source "$(dirname "$0")/env.sh"
# Only some stages, for a developer: STAGES='format|worker' make test
ONLY=${STAGES:-.}
LOG=$(mktemp)
BUILD=$(mktemp -d)
trap '[[ -z ${BUILDER:-} || -f $BUILD/status ]] || kill -- "-$BUILDER" 2>/dev/null; rm -rf "$LOG" "$BUILD"' EXIT
passed=0 failed=0 skipped=0
rows=()

# Adds up the numbers that stand where the expression has its group.
sum() { sed -nE "s/$1/\1/p" "$LOG" | awk '{ total += $1 } END { print total + 0 }'; }

# Sets p, f and s from the log and the command's exit status.
count_once() { if (($1 == 0)); then p=1 f=0; else p=0 f=1; fi; s=0; }
count_cargo() {
  p=$(sum '^test result: .* ([0-9]+) passed;.*')
  f=$(sum '^test result: .* ([0-9]+) failed;.*')
  s=$(sum '^test result: .* ([0-9]+) ignored;.*')
}
count_node() {
  p=$(sum '^# pass ([0-9]+)')
  f=$(($(sum '^# fail ([0-9]+)') + $(sum '^# cancelled ([0-9]+)')))
  s=$(($(sum '^# skipped ([0-9]+)') + $(sum '^# todo ([0-9]+)')))
}
# A flaky test and one that was not reached are no better than a failed one.
count_playwright() {
  p=$(sum '^ +([0-9]+) passed.*')
  f=$(($(sum '^ +([0-9]+) failed') + $(sum '^ +([0-9]+) flaky') + $(sum '^ +([0-9]+) did not run') + $(sum '^ +([0-9]+) interrupted')))
  s=$(sum '^ +([0-9]+) skipped')
}

stage() {
  local name=$1 needs=$2 counter=$3
  shift 3
  # shellcheck disable=SC2086
  compgen -G "$needs" >/dev/null || return 0
  [[ $name =~ $ONLY ]] || return 0
  say "── $name"
  local start=$SECONDS status p f s
  "$@" 2>&1 | tee "$LOG"
  status=${PIPESTATUS[0]}
  "count_$counter" "$status"
  # A stage that failed without saying which test, or that found no test to run, has failed once.
  if ((f == 0 && (status != 0 || p + s == 0))); then
    f=1
    echo "$name: ended with status $status after $p tests"
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  rows+=("$(printf '%4d passed %4d failed %4d skipped %5d s  %s' "$p" "$f" "$s" $((SECONDS - start)) "$name")")
}

# The release build keeps one core busy for minutes: it begins early, beside stages that need nothing of it, and its own stage waits for it.
begin_release_build() {
  [[ "release build" =~ $ONLY ]] || return 0
  # In a process group of its own, which is ended with this script.
  set -m
  { tools/build.sh >"$BUILD/log" 2>&1; echo $? >"$BUILD/ending"; mv "$BUILD/ending" "$BUILD/status"; } &
  BUILDER=$!
  set +m
}
release_build() {
  until [[ -f $BUILD/status ]]; do sleep 1; done
  cat "$BUILD/log"
  return "$(cat "$BUILD/status")"
}

node_tests() { node --test --test-reporter=tap "$@"; }
# The app's own logic; it needs the wasm target, but no browser.
app_units() {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    cargo test --locked --target wasm32-unknown-unknown -p civmesh-ui
}
store_in_chromium() {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    cargo test --locked --target wasm32-unknown-unknown -p civmesh-store
}
# What only a browser can show. The runner speaks with WebKitWebDriver as it does with geckodriver, and calls either of them Firefox.
store_in() {
  GECKODRIVER=$1 WASM_BINDGEN_TEST_WEBDRIVER_JSON=$2 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    cargo test --locked --target wasm32-unknown-unknown -p civmesh-store --test browser
}
store_in_firefox() { store_in geckodriver firefox.json; }
store_in_webkit() { with_screen store_in "$WEBKITDRIVER" webkit.json; }

export FORCE_COLOR=0 CARGO_TERM_COLOR=never

stage "format"                    Cargo.toml                 once       cargo fmt --all --check
stage "lints, native"             Cargo.toml                 once       cargo clippy --locked --workspace --exclude civmesh-ui --exclude civmesh-background --all-targets -- -D warnings
stage "lints, browser"            app/ui                     once       cargo clippy --locked --target wasm32-unknown-unknown -p civmesh-ui -p civmesh-background -p civmesh-store -p civmesh-sync -- -D warnings
stage "dependencies"              deny.toml                  once       tools/deny.sh tree
stage "npm lock file"             tools/npm                  node       node_tests tools/npm/lock.test.mjs
stage "unit tests, native"        Cargo.toml                 cargo      cargo test --locked --workspace --exclude civmesh-ui --exclude civmesh-background --no-fail-fast
begin_release_build
stage "simulation of sync"        app/sync/tests/simulation  cargo      tools/simulate.sh 0 2000
stage "worker and style"          service-worker             node       node_tests service-worker/*.test.mjs style/*.test.mjs
stage "unit tests, app"           app/ui                     cargo      app_units
stage "store in Chromium"         app/store/webdriver.json   cargo      store_in_chromium
stage "store in Firefox"          app/store/firefox.json     cargo      store_in_firefox
stage "store in WebKitGTK"        app/store/webkit.json      cargo      store_in_webkit
stage "release build"             app/ui/index.html          once       release_build
stage "download of first screen"  app/ui/index.html          once       node tools/size.mjs
stage "journeys"                  'tests/playwright.config.*' playwright playwright test -c tests --reporter=list
stage "journeys, other engines"   'tests/engines.config.*'   playwright playwright test -c tests/engines.config.mjs --reporter=list

say "── all stages"
((${#rows[@]} == 0)) || printf '%s\n' "${rows[@]}"
if ((${#rows[@]} == 0)); then failed=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
