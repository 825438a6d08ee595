// Builds what syncs while the app is closed (app/background) and puts it beside the app: the WASM, and the script that binds it, which
// service-worker/stamp.mjs writes into the worker. Trunk runs it after each build.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shrink } from './shrink.mjs';

const run = promisify(execFile);
const { TRUNK_STAGING_DIR: staging, TRUNK_PROFILE: profile, CARGO_TARGET_DIR: target = 'target' } = process.env;
const NAME = 'civmesh-background';
const TRIPLE = 'wasm32-unknown-unknown';

// Together with the app, so that both need the crates below them with the same features: those are compiled already.
const packages = ['civmesh-ui', NAME].flatMap((name) => ['-p', name]);
await run('cargo', ['build', '--quiet', '--locked', '--offline', '--target', TRIPLE, ...(profile === 'release' ? ['--release'] : []), ...packages]);

const folder = join(target, 'background');
await rm(folder, { recursive: true, force: true });
const built = join(target, TRIPLE, profile, `${NAME.replace('-', '_')}.wasm`);
await run('wasm-bindgen', ['--target', 'no-modules', '--no-typescript', '--out-dir', folder, '--out-name', NAME, built]);
const files = { wasm: join(folder, `${NAME}_bg.wasm`), js: join(folder, `${NAME}.js`) };
if (profile === 'release') await shrink(files.wasm);

/** Without custom sections: what the linker left for tools/split.mjs is more than half of the bytes, and no browser reads it. */
function withoutNotes(wasm) {
  const kept = [wasm.subarray(0, 8)];
  for (let at = 8, end; at < wasm.length; at = end) {
    // One byte says what section it is, the next ones (LEB128) how long the rest of it is.
    let [length, from, shift] = [0, at + 1, 0];
    for (let more = true; more; shift += 7) {
      const byte = wasm[from++];
      length += (byte & 127) * 2 ** shift;
      more = byte > 127;
    }
    end = from + length;
    if (wasm[at] !== 0) kept.push(wasm.subarray(at, end));
  }
  return Buffer.concat(kept);
}

const contents = [withoutNotes(await readFile(files.wasm)), await readFile(files.js)];
const hash = contents.reduce((sum, bytes) => sum.update(bytes), createHash('sha256')).digest('hex').slice(0, 16);
for (const name of await readdir(staging)) if (name.startsWith(`${NAME}-`)) await rm(join(staging, name));
for (const [at, ending] of Object.keys(files).entries()) await writeFile(join(staging, `${NAME}-${hash}.${ending}`), contents[at]);
console.log(`background: ${NAME}-${hash}`);
