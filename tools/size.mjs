// Prints what the first screen costs to download, in brotli, beside its budget, and the whole app, which the worker fetches after it.
// With --enforce, being over the budget is a failure.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { listAssets } from '../service-worker/stamp.mjs';

const BUDGET_KB = 350;
const dist = fileURLToPath(new URL('../dist', import.meta.url));

// Pictures for the launcher and the installation, the rest of the app (app/ui/src/rest.rs), what the worker runs while it is closed
// (app/background), what draws the map, and the half of the region that it is drawn of are no part of the first screen.
const isFirstScreen = (path) => !/^\/icons\/.*\.png$|maskable|-split-rest-|civmesh-background-|^\/map\/|region-rest/.test(path);

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

let first = 0;
let whole = 0;
for (const path of Object.keys(await listAssets(dist))) {
  const bytes = await readFile(join(dist, path === '/' ? 'index.html' : decodeURI(path)));
  const size = brotli(bytes).length;
  whole += size;
  if (isFirstScreen(path)) first += size;
  console.log(`${kilobytes(size)}  ${kilobytes(bytes.length)} raw  ${isFirstScreen(path) ? 'first' : 'later'}  ${path}`);
}
const isOver = first > BUDGET_KB * 1000;
console.log(`${kilobytes(whole)}  the whole app, brotli`);
console.log(`${kilobytes(first)}  first screen, brotli: ${isOver ? 'OVER' : 'within'} the budget of ${BUDGET_KB} kB`);
if (isOver && process.argv.includes('--enforce')) process.exitCode = 1;
