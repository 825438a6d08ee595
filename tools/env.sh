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

# Debian's nginx, which the tests of docs/deploy run.
export NGINX=${NGINX:-/usr/sbin/nginx}
export NGINX_MODULES=${NGINX_MODULES:-/usr/lib/nginx/modules}

# The profile of the programs that run here (hub, pack): quick to build, quick enough to run. See Cargo.toml.
NATIVE_PROFILE=native

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# Builds one of our programs and says where it is.
native_program() {
  cargo build --quiet --locked --profile "$NATIVE_PROFILE" -p "$1" >&2
  echo "${CARGO_TARGET_DIR:-target}/$NATIVE_PROFILE/$1"
}
