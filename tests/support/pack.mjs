// Packs as a region's authority could make them, from docs/formats/pack.md.
import { execFileSync } from 'node:child_process';
import { createPrivateKey, randomBytes, sign } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blake3 } from './blake3.mjs';
import { AUTHORITY, PACK, PACKER } from './place.mjs';
import { fromBase32 } from './record.mjs';

const PREFIX = 12;
const SIGNATURE = 64;
const SECTION = 1e6;

/** The exercise's key stands in its region.toml for everybody to read. */
function exerciseKey() {
  const [, seed] = readFileSync(AUTHORITY, 'utf8').match(/^seed = "(\w+)"/m);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), fromBase32(seed)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** Writes a pack with nothing wrong in it but its size: the sample region with sections of a later version, `bytes` in all. */
export function writeLargePack(file, bytes) {
  const sample = readFileSync(PACK);
  const length = sample.readUInt32LE(8);
  const manifest = JSON.parse(sample.subarray(PREFIX, PREFIX + length).toString('utf8'));
  // Browsers compress what they keep: only chance takes the room that it has.
  const section = randomBytes(SECTION);
  const hash = blake3(section).toString('hex');
  const count = Math.ceil(bytes / SECTION);
  manifest.version += 1;
  for (let at = 0; at < count; at++) manifest.sections.push({ name: `later-${at}`, length: SECTION, blake3: hash });
  const header = Buffer.from(JSON.stringify(manifest));
  const prefix = Buffer.from(sample.subarray(0, PREFIX));
  prefix.writeUInt32LE(header.length, 8);
  const signature = sign(null, Buffer.concat([Buffer.from('civmesh pack v1\n'), header]), exerciseKey());
  const handle = openSync(file, 'w');
  for (const part of [prefix, header, signature, sample.subarray(PREFIX + length + SIGNATURE)]) writeSync(handle, part);
  for (let at = 0; at < count; at++) writeSync(handle, section);
  closeSync(handle);
}

const program = (...words) => execFileSync(PACKER, words, { stdio: 'pipe', encoding: 'utf8' });

/**
 * Builds the sample region anew with its nodes from a file of the app, by the layers that the program prints, and takes them out again.
 * Returns what is in the new pack, as the same kind of file.
 */
export function nodesBuiltFrom(text, end) {
  const folder = mkdtempSync(join(tmpdir(), 'civmesh-nodes-'));
  const file = (name) => join(folder, name);
  const layers = program('export', PACK, '--nodes', file(`nodes.${end}`));
  writeFileSync(file(`nodes.${end}`), text);
  const [head] = readFileSync(AUTHORITY, 'utf8').split('\n[[layer]]');
  writeFileSync(file('region.toml'), head.replace(/^sops = .*$/m, '') + '\n' + layers);
  program('build', file('region.toml'), '-o', file('region.civmesh'));
  program('export', file('region.civmesh'), '--nodes', file(`again.${end}`));
  const again = readFileSync(file(`again.${end}`), 'utf8');
  rmSync(folder, { recursive: true });
  return again;
}
