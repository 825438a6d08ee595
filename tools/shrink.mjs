// Makes a WASM file smaller, in its place.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What rustc takes for granted in a browser; wasm-opt has to be told. */
const FEATURES = ['bulk-memory', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'];

export const shrink = (file) => promisify(execFile)('wasm-opt', ['-Oz', ...FEATURES.map((name) => `--enable-${name}`), file, '-o', file]);
