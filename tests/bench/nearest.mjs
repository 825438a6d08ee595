// The nearest 10 of 100,000 nodes that offer something: our directory as WebAssembly beside geokdbush and a scan of typed arrays, in one page of
// Chromium, over the same points, after all have given the same answers. Built as the app is: release profile, then wasm-opt.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ROOT } from '../support/place.mjs';
import { Phone } from '../support/phone.mjs';
import { chance } from './support/chance.mjs';
import { printFigures, printRatio, race } from './support/figures.mjs';
import { serveFiles } from './support/serve.mjs';

const NODES = 100_000;
const QUERIES = 200;
const RARITIES = [8, 800];

function build() {
  const target = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
  // The app is linked so that it can be split; this module is not.
  const options = { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, RUSTFLAGS: '' } };
  const run = (program, ...words) => execFileSync(program, words, options);
  const built = join(target, 'wasm32-unknown-unknown/release/examples/nearest.wasm');
  const folder = join(target, 'bench');
  run('cargo', 'build', '--quiet', '--locked', '--release', '--target', 'wasm32-unknown-unknown', '-p', 'civmesh-domain', '--example', 'nearest');
  run('wasm-bindgen', '--target', 'web', '--no-typescript', '--out-dir', folder, built);
  const module = join(folder, 'nearest_bg.wasm');
  run('wasm-opt', '-Oz', '--enable-bulk-memory', '--enable-nontrapping-float-to-int', '-o', module, module);
  return folder;
}

/** Points over a country, half of them around forty towns. Bit 0 is set in 1 of 8, bit 1 in 1 of 800. */
function points() {
  const random = chance(1);
  const anywhere = () => [218e6 + random() * 35e6, 1200e6 + random() * 20e6];
  const towns = Array.from({ length: 40 }, anywhere);
  const near = ([lat, lon]) => [lat + (random() + random() - 1) * 1e6, lon + (random() + random() - 1) * 1e6];
  const point = () => (random() < 0.5 ? anywhere() : near(towns[Math.floor(random() * towns.length)])).map(Math.round);
  const offers = Array.from({ length: NODES }, () => RARITIES.reduce((bits, rarity, bit) => bits | ((random() * rarity < 1) << bit), 0));
  return {
    coordinates: Array.from({ length: NODES }, point).flat(),
    offers,
    queries: Array.from({ length: QUERIES }, point).map(([lat, lon]) => ({ lat, lon })),
  };
}

const server = await serveFiles({ '/built/': build() });
const phone = await Phone.open(server.origin);
await phone.go('/bench/');
const differing = await phone.page.evaluate(async (points) => (await import('/bench/nearest.mjs')).prepare(points), points());
if (differing > 0) throw new Error(`${differing} of ${QUERIES} queries do not get the same answer from all`);
for (const [bit, rarity] of RARITIES.entries()) {
  const ask = (name) => () => phone.page.evaluate(async ([name, bit]) => (await import('/bench/nearest.mjs')).time(name, bit), [name, bit]);
  const ways = { ours: ask('ours'), geokdbush: ask('geokdbush'), scan: ask('scan') };
  // Until the engine has compiled all of it for speed.
  await race(ways, 3);
  const figures = await race(ways);
  printFigures(`nearest 10 of ${NODES} with a filter that 1 in ${rarity} passes`, 'µs', figures);
  printRatio(figures, 'ours', 'geokdbush', 1);
}
await phone.end();
server.close();
