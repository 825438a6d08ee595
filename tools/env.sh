# Where the tools are. Sourced by the other scripts; everything runs from the root of the repository.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
TOOLS=$ROOT/.tools
export PATH="$TOOLS/cargo/bin:$TOOLS/npm/node_modules/.bin:$PATH"

# The system's Chromium; no test tool may download one.
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
export CHROME_PATH=$CHROMIUM
export CHROMEDRIVER=${CHROMEDRIVER:-/usr/bin/chromedriver}
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

# The other engines, with the drivers that speak WebDriver for them; geckodriver is built into .tools. WebKitGTK has no browser of its own
# that keeps what it is told, so tests/support/webkit.py is one, by the system's Python.
export FIREFOX=${FIREFOX:-/usr/bin/firefox-esr}
export WEBKITDRIVER=${WEBKITDRIVER:-/usr/bin/WebKitWebDriver}
export XVFB=${XVFB:-/usr/bin/Xvfb}

# Debian's nginx, which the tests of docs/deploy run.
export NGINX=${NGINX:-/usr/sbin/nginx}
export NGINX_MODULES=${NGINX_MODULES:-/usr/lib/nginx/modules}

# The packages that draw the map, as app/ui/map/package-lock.json names them.
export MAP_MODULES=${MAP_MODULES:-$TOOLS/map/node_modules}

# The profile of the programs that run here (hub, pack): quick to build, quick enough to run. See Cargo.toml.
NATIVE_PROFILE=native

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# Builds one of our programs and says where it is.
native_program() {
  cargo build --quiet --locked --profile "$NATIVE_PROFILE" -p "$1" >&2 || return
  echo "${CARGO_TARGET_DIR:-target}/$NATIVE_PROFILE/$1"
}

# Runs a command with a screen that nobody sees, for a browser that wants one.
with_screen() {
  local number status
  coproc SCREEN { exec "$XVFB" -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp 3>&1 >/dev/null 2>&1; }
  local screen=$SCREEN_PID
  read -r number <&"${SCREEN[0]}" || stop "Xvfb did not start."
  DISPLAY=:$number "$@"
  status=$?
  kill "$screen"
  return "$status"
}
