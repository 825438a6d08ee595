// Puts what draws the map (app/ui/map, and the packages that its lock file names) beside the app, as files of their own that are fetched
// when a map is opened, and that the worker keeps. Trunk runs it after each build. MAP_MODULES is where the packages are installed.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { TRUNK_STAGING_DIR: staging, MAP_MODULES: modules } = process.env;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const own = join(ROOT, 'app/ui/map');
const out = join(staging, 'map');

/** The packages' files, under the names by which they are served: a server knows `.js`, and no browser finds a package by its name. */
const FOREIGN = {
  'maplibre-gl.js': 'maplibre-gl/dist/maplibre-gl.mjs',
  'maplibre-gl-worker.js': 'maplibre-gl/dist/maplibre-gl-worker.mjs',
  'pmtiles.js': 'pmtiles/dist/esm/index.js',
  'fflate.js': 'fflate/esm/browser.js',
};
const LICENCES = ['maplibre-gl/LICENSE.txt', 'fflate/LICENSE'];
/** The package comes without its licence's words, which are the same as MapLibre's. */
const PMTILES = '── pmtiles\n\nCopyright 2021 Protomaps LLC\nBSD-3-Clause: the three conditions and the disclaimer that stand under maplibre-gl above.\n';

await rm(out, { recursive: true, force: true });
await mkdir(out);
for (const [name, from] of Object.entries(FOREIGN)) {
  const script = await readFile(join(modules, from), 'utf8');
  const served = script.replace(/^\/\/# sourceMappingURL=.*$/gm, '').replaceAll(/from ?"fflate"/g, 'from"./fflate.js"');
  const bare = served.match(/(?:^|;)import[^;'"()]*?["'](?!\.\/)[^"']+["']/);
  if (bare) throw new Error(`${from}: it imports something that is not served: ${bare[0]}`);
  await writeFile(join(out, name), served);
}
for (const name of (await readdir(own)).filter((name) => name.endsWith('.js'))) await copyFile(join(own, name), join(out, name));
await copyFile(join(ROOT, 'style/map.css'), join(out, 'map.css'));

// What they are given away under has to go with them.
const licences = await Promise.all(LICENCES.map(async (path) => `── ${path.split('/')[0]}\n\n${await readFile(join(modules, path), 'utf8')}`));
await writeFile(join(out, 'licences.txt'), [...licences, PMTILES].join('\n\n'));
console.log(`map: ${(await readdir(out)).join(', ')}`);
