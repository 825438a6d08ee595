// Makes a WASM file or a script smaller, in its place.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What rustc takes for granted in a browser; wasm-opt has to be told. */
const FEATURES = ['bulk-memory', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'];

const run = promisify(execFile);

export const shrink = (file) =>
  file.endsWith('.js')
    ? run('terser', [file, '--module', '--compress', '--mangle', '--output', file])
    : run('wasm-opt', ['-Oz', ...FEATURES.map((name) => `--enable-${name}`), file, '-o', file]);
