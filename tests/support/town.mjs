// A town with a river: made for one journey, and built by civmesh-pack from files as anybody would write them. Two streets on its banks, a
// bridge at each end. What lies across the river is near straight, and far on foot.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from './expect.mjs';
import { AUTHORITY, PACKER } from './place.mjs';

const [WEST, EAST, NORTH, SOUTH] = [121.5, 121.502, 25.004, 24.996];
/** Where somebody stands: on the western bank, in the middle. */
export const STANDS = { latitude: 25.0, longitude: WEST };

const ways = [
  ['河西街', 'West Bank Street', {}, [[WEST, SOUTH], [WEST, 25], [WEST, NORTH]]],
  ['河東街', 'East Bank Street', {}, [[EAST, SOUTH], [EAST, 25], [EAST, NORTH]]],
  ['北橋', 'North Bridge', { bridge: 'yes' }, [[WEST, NORTH], [EAST, NORTH]]],
  ['南橋', 'South Bridge', { bridge: 'yes' }, [[WEST, SOUTH], [EAST, SOUTH]]],
];
const feature = (properties, type, coordinates) => ({ type: 'Feature', properties, geometry: { type, coordinates } });
const collection = (features) => JSON.stringify({ type: 'FeatureCollection', features });
const around = ([lon, lat]) => {
  const [east, north] = [0.0004, 0.0004];
  return [[[lon - east, lat - north], [lon + east, lat - north], [lon + east, lat + north], [lon - east, lat + north], [lon - east, lat - north]]];
};
const bridge = (lat) => [(WEST + EAST) / 2, lat];

const layer = (name, file, format, rest) => `
[[layer]]
name = { zh = "${name}", en = "${name}" }
file = "${file}"
format = "${format}"
licence = "CC0-1.0"
attribution = "made up"
source = "${file}"
date = "2026-11-25"
${rest}`;

/** Builds the town's pack in `folder`. The north bridge floods deeply; a tsunami takes both. */
export function buildTown(folder) {
  cpSync(join(dirname(AUTHORITY), 'sops'), join(folder, 'sops'), { recursive: true });
  const write = (name, text) => writeFileSync(join(folder, name), text);
  write('ways.geojson', collection(ways.map(([name, name_en, more, line]) =>
    feature({ highway: 'residential', name, 'name:en': name_en, ...more }, 'LineString', line))));
  write('areas.geojson', collection([
    feature({ hazard: 'flood', class: '2' }, 'Polygon', around(bridge(NORTH))),
    ...[NORTH, SOUTH].map((lat) => feature({ hazard: 'tsunami', class: '2' }, 'Polygon', around(bridge(lat)))),
  ]));
  write('nodes.csv', [
    'id,kind,name_zh,name_en,lat,lon,standing,fit',
    `a001,school,河東國小,Across School,25.0005,${EAST},certified,earthquake flood`,
    `b001,school,河西國小,Near School,24.9965,${WEST},certified,earthquake flood`,
  ].join('\n'));
  write('places.csv', `kind,name_zh,name_en,lat,lon\nvillage,河岸里,Riverside Village,25.0,${WEST}\n`);
  const seed = readFileSync(AUTHORITY, 'utf8').match(/^seed = "(\w+)"/m)[1];
  const map = (...names) => `map = { ${names.map((name) => `${name} = "${name}"`).join(', ')} }`;
  write('region.toml', `
name = { zh = "河鎮", en = "River Town" }
mode = "exercise"
drill = "R1VERT0W"
version = 2
centre = { lat = 25.0, lon = ${WEST} }
bounds = [121.4, 24.9, 121.6, 25.1]
sops = "sops"

[authority]
seed = "${seed}"
${layer('nodes', 'nodes.csv', 'csv', map('id', 'kind', 'name_zh', 'name_en', 'lat', 'lon', 'standing', 'fit'))}
${layer('places', 'places.csv', 'csv', `places = "village"\n${map('kind', 'name_zh', 'name_en', 'lat', 'lon')}`)}
${layer('ways', 'ways.geojson', 'geojson', 'holds = "ways"')}
${layer('areas', 'areas.geojson', 'geojson', `holds = "areas"\n${map('hazard', 'class')}`)}
`);
  const pack = join(folder, 'town.civmesh');
  execFileSync(PACKER, ['build', join(folder, 'region.toml'), '-o', pack], { stdio: 'pipe' });
  return pack;
}

/** For journeys there: its pack, gone after each. */
export const withTown = {
  town: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'civmesh-town-'));
    await use(buildTown(folder));
    rmSync(folder, { recursive: true });
  },
};

/** Takes the town's pack in. It is of the same authority as the sample region, so seats of that are good here too. */
export async function moveToTown(phone, town) {
  await phone.go('/region');
  await phone.page.locator('#pack-file').setInputFiles(town);
  await expect(phone.page.locator('.toast')).toContainText('this region is shown now');
}
