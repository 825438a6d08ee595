// Prints what the first screen costs to download, in brotli, beside its budget; with --enforce, being over it is a failure.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { listAssets } from '../service-worker/stamp.mjs';

const BUDGET_KB = 350;
const dist = fileURLToPath(new URL('../dist', import.meta.url));

// Pictures for the launcher and the installation are no part of the first screen.
const isFirstScreen = (path) => !/^\/icons\/.*\.png$|maskable/.test(path);

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

let total = 0;
for (const path of Object.keys(await listAssets(dist)).filter(isFirstScreen)) {
  const bytes = await readFile(join(dist, path === '/' ? 'index.html' : decodeURI(path)));
  const size = brotli(bytes).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${(bytes.length / 1000).toFixed(1).padStart(8)} kB raw  ${path}`);
}
const kb = total / 1000;
const verdict = kb > BUDGET_KB ? `OVER the budget of ${BUDGET_KB} kB` : `within the budget of ${BUDGET_KB} kB`;
console.log(`${kb.toFixed(1).padStart(8)} kB  first screen, brotli: ${verdict}`);
if (kb > BUDGET_KB && process.argv.includes('--enforce')) process.exitCode = 1;
