// Splits the app that Trunk built into two WASM modules, what the first screen needs and the rest (see app/ui/src/rest.rs), and puts
// them in the place of Trunk's one. Trunk runs it after each build. All files of one build have the same hash in their names.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shrink } from './shrink.mjs';

const run = promisify(execFile);
const { TRUNK_STAGING_DIR: staging, TRUNK_PROFILE: profile, CARGO_TARGET_DIR: target = 'target' } = process.env;
const APP = 'civmesh-ui';

/** Splits `built` inside `folder` and returns the paths of the files that a browser loads. */
async function split(built, folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run('wasm-split-cli', ['--target', 'web', '--out-name', APP, built, folder]);
  const bound = join(folder, 'bound');
  const main = join(folder, `${APP}.wasm`);
  await run('wasm-bindgen', ['--target', 'web', '--no-typescript', '--keep-lld-exports', '--out-dir', bound, main]);
  await rm(main);
  const inside = async (dir) => (await readdir(dir)).filter((name) => /\.(js|wasm)$/.test(name)).map((name) => join(dir, name));
  return [...(await inside(folder)), ...(await inside(bound))].sort();
}

/** The name under which a file is served: `__wasm_split.js` becomes `civmesh-ui-split-<hash>.js`. */
function servedName(file, hash) {
  const [, base, extension] = file.match(/([^/\\]+)\.(js|wasm)$/);
  const part = base.replace(APP, '').replace(/^_+/, '').replace('wasm_', '').replaceAll('_', '-');
  return [APP, part, hash].filter(Boolean).join('-') + `.${extension}`;
}

const files = await split(join(target, 'wasm32-unknown-unknown', profile, `${APP}.wasm`), join(target, 'split'));
if (profile === 'release') await Promise.all(files.filter((file) => file.endsWith('.wasm')).map(shrink));

const contents = await Promise.all(files.map((file) => readFile(file)));
const hash = contents.reduce((sum, bytes) => sum.update(bytes), createHash('sha256')).digest('hex').slice(0, 16);
const names = files.map((file) => [file.split(/[/\\]/).pop(), servedName(file, hash)]);
const served = (name) => names.find(([old]) => old === name)?.[1] ?? name;
/** Only where a file is fetched: modules go on importing from each other by the names they were compiled with. */
const rename = (script) => script.replace(/(from |new URL\()(["'])(\.\/)?([^"'/]+)\2/g, (_, verb, quote, here = '', name) => `${verb}${quote}${here}${served(name)}${quote}`);

for (const name of await readdir(staging)) if (name.startsWith(`${APP}-`)) await rm(join(staging, name));
for (const [at, [old, name]] of names.entries()) {
  await writeFile(join(staging, name), old.endsWith('.js') ? rename(contents[at].toString()) : contents[at]);
  if (profile === 'release' && name.endsWith('.js')) await shrink(join(staging, name));
}

const page = join(staging, 'index.html');
const html = (await readFile(page, 'utf8'))
  .replaceAll(new RegExp(`${APP}-[0-9a-f]+(_bg\\.wasm|\\.js)`, 'g'), (_, kind) => served(APP + kind))
  // The main module imports the loader of the other: asked for at once, it costs no round trip of its own.
  .replace('<link rel="modulepreload"', `<link rel="modulepreload" href="/${served('__wasm_split.js')}"><link rel="modulepreload"`);
await writeFile(page, html);
console.log(`split: ${names.map(([, name]) => name).join(', ')}`);
