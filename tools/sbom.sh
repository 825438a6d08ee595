#!/usr/bin/env bash
# Lists what the app, the programs and the tools are made of, as CycloneDX 1.5, into target/sbom.
set -euo pipefail
source "$(dirname "$0")/env.sh"

OUT=${CARGO_TARGET_DIR:-target}/sbom
HOST=$(rustc -vV | sed -n 's/^host: //p')
rm -rf "$OUT"
mkdir -p "$OUT"

# One for each crate is written beside it, and taken away again; these are of use to somebody else.
list() {
  local crate=$1 target=$2 file=civmesh-sbom
  cargo cyclonedx --quiet --manifest-path "app/$crate/Cargo.toml" --format json --spec-version 1.5 --target "$target" --override-filename "$file"
  mv "app/$crate/$file.json" "$OUT/civmesh-$crate.json"
  find app -name "$file.json" -delete
}
list ui wasm32-unknown-unknown
list background wasm32-unknown-unknown
list hub "$HOST"
list pack "$HOST"
(cd tools/npm && npm sbom --package-lock-only --omit=optional --sbom-format cyclonedx) >"$OUT/npm-tools.json"
(cd app/ui/map && npm sbom --package-lock-only --omit=optional --sbom-format cyclonedx) >"$OUT/npm-map.json"

# A list without anything in it is no list.
for file in "$OUT"/*.json; do
  node -e '
    const [file] = process.argv.slice(1);
    const { bomFormat, components = [] } = JSON.parse(require("node:fs").readFileSync(file, "utf8"));
    const nameless = components.filter(({ name, version }) => !name || !version);
    if (bomFormat !== "CycloneDX" || components.length === 0 || nameless.length > 0) throw new Error(`${file} lists nothing`);
    console.log(`${String(components.length).padStart(4)} components  ${file}`);
  ' "$file"
done
