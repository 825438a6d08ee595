// Cuts the region that ships with the app in two (docs/formats/pack.md): what the first screen reads, and what is opened later, which is
// fetched after it. Trunk runs it after each build; the pack in public/ stays whole.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
/** Magic and format, and where the manifest's length stands. */
const [LENGTH_AT, MANIFEST_AT, SIGNATURE] = [8, 12, 64];
const FIRST = ['nodes', 'places'];

const path = join(folder, 'region.civmesh');
const rest = join(folder, 'region-rest.civmesh');
await rm(rest, { force: true });
const file = await readFile(path).catch(() => null);
if (file) {
  const end = MANIFEST_AT + file.readUInt32LE(LENGTH_AT);
  const { sections } = JSON.parse(file.subarray(MANIFEST_AT, end));
  const last = sections.findLastIndex(({ name }) => FIRST.includes(name));
  const at = sections.slice(0, last + 1).reduce((sum, { length }) => sum + length, end + SIGNATURE);
  if (at < file.length) {
    await writeFile(path, file.subarray(0, at));
    await writeFile(rest, file.subarray(at));
  }
  console.log(`region: ${at} bytes first, ${file.length - at} later`);
}
