// Where things are.
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const DIST = resolve(ROOT, process.env.CIVMESH_DIST ?? 'dist');
export const PACK = join(ROOT, 'public/region.civmesh');
/** The exercise's own region.toml names the seed of its authority: it is worth nothing anywhere else. */
export const AUTHORITY = join(ROOT, 'public/sample/region.toml');
export const PROGRAM = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target', 'native/civmesh-hub');
export const PACKER = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target', 'native/civmesh-pack');
export const CUT = join(ROOT, 'tools/cut.mjs');
export const STAMP = join(ROOT, 'service-worker/stamp.mjs');
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** The other engines and their drivers; tools/env.sh says where they are. */
export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
export const WEBKITDRIVER = process.env.WEBKITDRIVER ?? '/usr/bin/WebKitWebDriver';
export const WEBKIT = join(ROOT, 'tests/support/webkit.py');
export const XVFB = process.env.XVFB ?? '/usr/bin/Xvfb';
