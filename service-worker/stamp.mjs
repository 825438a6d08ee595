// Writes dist/sw.js: the pieces of the worker with the list of the built files and their hashes.
// Trunk runs it after each build; `node service-worker/stamp.mjs [folder]` does it by hand.
// The same files always give the same sw.js, byte for byte, so that an unchanged build offers no update.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '..');
/** The region that ships with the app: a fresh installation must be able to start offline. */
const SHIPPED_REGION = 'region.civmesh';
/** Its second half, which is opened later; a region may have none. */
const SHIPPED_REST = 'region-rest.civmesh';
/** What syncs while the app is closed: the WASM of app/background is in the shell, what binds it stands in the worker itself. */
const BACKGROUND = /^civmesh-background-[0-9a-f]+\.(wasm|js)$/;

/** Whether a built file belongs to the shell. Other regions' packs, data and the worker itself do not. */
export function isShell(file) {
  if (file === 'sw.js' || file === 'robots.txt') return false;
  if (BACKGROUND.test(file)) return file.endsWith('.wasm');
  if (file.startsWith('data/') || file.split('/').some((part) => part.startsWith('.'))) return false;
  if (file.endsWith('.civmesh')) return file === SHIPPED_REGION || file === SHIPPED_REST;
  return !/\.(map|br|gz)$/.test(file);
}

/** Path to SHA-256 for every file of the shell in `dist`, in the order of their names. */
export async function listAssets(dist) {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter(isShell)
    .sort();
  const assets = {};
  for (const file of files) {
    const path = file === 'index.html' ? '/' : `/${file}`;
    assets[encodeURI(path)] = createHash('sha256').update(await readFile(join(dist, file))).digest('hex');
  }
  return assets;
}

/** The app's version with eight characters that change whenever any file does. */
export function versionOf(appVersion, assets) {
  const hash = createHash('sha256').update(JSON.stringify(Object.entries(assets))).digest('hex');
  return `${appVersion}-${hash.slice(0, 8)}`;
}

/** `[workspace.package] version` of Cargo.toml. */
export function appVersion(cargoToml) {
  const section = cargoToml.split(/^\[workspace\.package\]\s*$/m)[1]?.split(/^\[/m)[0] ?? '';
  const version = section.match(/^version\s*=\s*"([^"]+)"/m)?.[1];
  if (!version) throw new Error('Cargo.toml: no version under [workspace.package]');
  return version;
}

/** What syncs while the app is closed: where its WASM is, and the script that binds it. A build may come without. */
async function findBackground(dist) {
  const files = (await readdir(dist)).filter((file) => BACKGROUND.test(file)).sort();
  if (files.length === 0) return null;
  const [script, wasm] = files;
  if (files.length !== 2 || script.replace(/js$/, 'wasm') !== wasm) throw new Error(`${dist}: what belongs together is not there: ${files.join(', ')}`);
  return { path: `/${wasm}`, script: await readFile(join(dist, script), 'utf8') };
}

/**
 * One classic script from the modules. The browser's module workers are too young to count on, and a worker may load no script later: so what
 * binds the WASM of `background` stands in it too.
 */
export async function workerScript(version, assets, background = null) {
  const piece = async (name) =>
    (await readFile(join(HERE, name), 'utf8')).replace(/^import .*;\n/gm, '').replace(/^export /gm, '');
  return [
    `const VERSION = ${JSON.stringify(version)};`,
    `const ASSETS = ${JSON.stringify(assets, null, 1)};`,
    background?.script ?? '',
    `const BACKGROUND = ${background ? `{ bind: wasm_bindgen, path: ${JSON.stringify(background.path)} }` : 'null'};`,
    await piece('cache.js'),
    await piece('background.js'),
    await piece('events.js'),
    'start(self);',
    '',
  ].join('\n');
}

/** Stamps the build in `dist` and returns what was stamped. */
export async function stamp(dist, cargoToml, { release = true } = {}) {
  const assets = await listAssets(dist);
  if (!assets['/']) throw new Error(`${dist}: no index.html to stamp`);
  if (!assets[`/${SHIPPED_REGION}`]) {
    const problem = `${dist}: no ${SHIPPED_REGION}, so a fresh installation could not start offline (make pack builds it)`;
    if (release) throw new Error(problem);
    console.warn(problem);
  }
  const version = versionOf(appVersion(cargoToml), assets);
  await writeFile(join(dist, 'sw.js'), await workerScript(version, assets, await findBackground(dist)));
  return { version, count: Object.keys(assets).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Trunk builds into a staging folder and moves it to dist only when the hooks are through.
  const dist = process.argv[2] ?? process.env.TRUNK_STAGING_DIR ?? join(ROOT, 'dist');
  const release = process.env.TRUNK_PROFILE !== 'debug';
  const cargoToml = await readFile(join(ROOT, 'Cargo.toml'), 'utf8');
  try {
    const { version, count } = await stamp(dist, cargoToml, { release });
    console.log(`sw.js: version ${version}, ${count} files`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
