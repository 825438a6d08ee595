#!/usr/bin/env bash
# Puts what is needed into .tools, each thing pinned, and skips what is there: tools/setup.sh rust app npm browser engines proxy deny sbom
# What it may not install itself it names in one line, with the command that does.
set -euo pipefail
source "$(dirname "$0")/env.sh"

TRUNK_VERSION=0.21.14
SPLIT_VERSION=0.2.4
DENY_VERSION=0.20.2
GECKODRIVER_VERSION=0.37.1
SBOM_VERSION=0.5.9

missing() { stop "$1 is missing. This installs it:  $2"; }
have() { command -v "$1" >/dev/null 2>&1; }

setup_rust() {
  have cc || missing "A C compiler" "sudo apt-get install -y build-essential"
  have rustup || missing "rustup" "sudo apt-get install -y rustup"
  # rust-toolchain.toml says which; some versions of rustup fetch it by themselves, others want to be asked.
  local channel
  channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
  rustup run "$channel" cargo --version >/dev/null 2>&1 || rustup toolchain install "$channel" --profile minimal
  local installed
  installed=$(rustup component list --installed --toolchain "$channel")
  local part
  for part in clippy rustfmt; do
    grep -q "^$part" <<<"$installed" || rustup component add "$part" --toolchain "$channel"
  done
  grep -q '^rust-std-wasm32-unknown-unknown' <<<"$installed" || rustup target add wasm32-unknown-unknown --toolchain "$channel"
}

# Tools are built once and run briefly, so they are built fast rather than small; those that work on the whole app are optimised a little.
# What several of them need is built once for all: the folder is removed at the end.
install_tool() {
  local level=0
  [[ $2 != wasm* ]] || level=1
  say "Installing $2 $1 (once, a few minutes)"
  CARGO_PROFILE_RELEASE_OPT_LEVEL=$level CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_TARGET_DIR="$TOOLS/build" cargo install --root "$TOOLS/cargo" --version "$1" "${@:3}" "$2" --force
}

# Trunk, wasm-bindgen, which must be the very version the app was locked to, what splits the app in two (it can't say its version), and what
# draws the map, which is part of the app.
setup_app() {
  local bindgen
  bindgen=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p;}' Cargo.lock)
  [[ -n $bindgen ]] || stop "Cargo.lock names no wasm-bindgen"
  [[ $("$TOOLS/cargo/bin/trunk" --version 2>/dev/null) == "trunk $TRUNK_VERSION" ]] ||
    install_tool "$TRUNK_VERSION" trunk --locked --no-default-features --features rustls
  [[ $("$TOOLS/cargo/bin/wasm-bindgen" --version 2>/dev/null) == "wasm-bindgen $bindgen" ]] ||
    install_tool "$bindgen" wasm-bindgen-cli
  grep -qs "^\"wasm_split_cli_support $SPLIT_VERSION " "$TOOLS/cargo/.crates.toml" ||
    install_tool "$SPLIT_VERSION" wasm_split_cli_support --locked --features build-binary
  install_npm app/ui/map "${MAP_MODULES%/node_modules}" "what draws the map"
}

# What checks the dependencies, and what lists them.
setup_deny() {
  [[ $("$TOOLS/cargo/bin/cargo-deny" --version 2>/dev/null) == "cargo-deny $DENY_VERSION" ]] ||
    install_tool "$DENY_VERSION" cargo-deny --locked
}
setup_sbom() {
  [[ $("$TOOLS/cargo/bin/cargo-cyclonedx" cyclonedx --version 2>/dev/null) == "cargo-cyclonedx-cyclonedx $SBOM_VERSION" ]] ||
    install_tool "$SBOM_VERSION" cargo-cyclonedx --locked
}

# Installs what a lock file names into a folder. The copy of the lock file is written last, so that an interrupted installation is done again.
install_npm() {
  local from=$1 to=$2
  cmp -s "$from/package-lock.json" "$to/installed.json" || {
    say "Installing $3 (once)"
    mkdir -p "$to"
    cp "$from/package.json" "$from/package-lock.json" "$from/.npmrc" "$to/"
    (cd "$to" && npm ci --omit=optional --ignore-scripts)
    cp "$from/package-lock.json" "$to/installed.json"
  }
}

setup_npm() {
  local node_command="sudo apt-get install -y nodejs npm"
  have node || missing "Node.js 20 or newer" "$node_command"
  local node
  node=$(node --version)
  [[ $(cut -d. -f1 <<<"${node#v}") -ge 20 ]] ||
    missing "Node.js 20 or newer (here is $node)" "$node_command"
  have npm || missing "npm" "sudo apt-get install -y npm"
  install_npm tools/npm "$TOOLS/npm" "the npm tools"
  # So that the journeys find their modules as if they had been installed beside them.
  [[ ! -d tests ]] || ln -sfn ../.tools/npm/node_modules tests/node_modules
}

setup_browser() {
  local packages="chromium chromium-driver fonts-noto-cjk"
  [[ -x $CHROMIUM && -x $CHROMEDRIVER ]] && return
  local apt="apt-get install -y --no-install-recommends $packages"
  have apt-get && [[ $(id -u) == 0 ]] || missing "Chromium with its driver" "sudo $apt"
  say "Installing Chromium (once)"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $apt >/dev/null
  [[ -x $CHROMIUM && -x $CHROMEDRIVER ]] || stop "Chromium is not at $CHROMIUM with its driver at $CHROMEDRIVER; set CHROMIUM and CHROMEDRIVER."
}

# Firefox and WebKitGTK, a relative of Safari: the journeys and the store's suite run there too. Xvfb is a screen that nobody sees.
setup_engines() {
  local packages="firefox-esr webkit2gtk-driver gir1.2-webkit2-4.1 python3-gi xvfb fonts-noto-cjk"
  engines_are_there || {
    local apt="apt-get install -y --no-install-recommends $packages"
    have apt-get && [[ $(id -u) == 0 ]] || missing "Firefox, or WebKitGTK with its driver," "sudo $apt"
    say "Installing Firefox and WebKitGTK (once)"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $apt >/dev/null
    engines_are_there || stop "Firefox is not at $FIREFOX, WebKitWebDriver not at $WEBKITDRIVER, or Xvfb not at $XVFB; set FIREFOX, WEBKITDRIVER and XVFB."
  }
  [[ $("$TOOLS/cargo/bin/geckodriver" --version 2>/dev/null) == "geckodriver $GECKODRIVER_VERSION"* ]] ||
    install_tool "$GECKODRIVER_VERSION" geckodriver --locked
}
engines_are_there() {
  [[ -x $FIREFOX && -x $WEBKITDRIVER && -x $XVFB ]] &&
    /usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1")' 2>/dev/null
}

# The proxy that docs/deploy configures: the tests run it, as a process of their own, so its service stays off.
setup_proxy() {
  local packages="nginx libnginx-mod-http-brotli-static"
  [[ -x $NGINX && -e $NGINX_MODULES/ngx_http_brotli_static_module.so ]] && return
  local apt="apt-get install -y --no-install-recommends $packages"
  have apt-get && [[ $(id -u) == 0 ]] || missing "nginx with its Brotli module" "sudo $apt"
  say "Installing nginx (once)"
  apt-get update -qq
  # Debian would start it at once, on every address of this machine; this file is how one says no.
  local guard=/usr/sbin/policy-rc.d guarded= new=
  [[ -x $NGINX ]] || new=yes
  [[ -e $guard ]] || { printf '#!/bin/sh\nexit 101\n' >"$guard" && chmod +x "$guard" && guarded=yes; }
  local installed=yes
  DEBIAN_FRONTEND=noninteractive $apt >/dev/null || installed=
  [[ -z $guarded ]] || rm "$guard"
  [[ $installed ]] || stop "nginx could not be installed; see above."
  [[ -z $new ]] || ! have systemctl || systemctl disable --quiet nginx 2>/dev/null || true
  [[ -x $NGINX && -e $NGINX_MODULES/ngx_http_brotli_static_module.so ]] || stop "nginx is not at $NGINX with its modules in $NGINX_MODULES; set NGINX and NGINX_MODULES."
}

for part in "$@"; do "setup_$part"; done
rm -rf "$TOOLS/build"
