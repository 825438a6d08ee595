// A made-up region with as many nodes as wanted, built by the real builder: no outside data, and the same in every run.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AUTHORITY, CUT, DIST, PROGRAM, ROOT, STAMP } from '../../support/place.mjs';
import { chance } from './chance.mjs';

const BUILDER = join(dirname(PROGRAM), 'civmesh-pack');
const KINDS = ['convenience_store', 'school', 'community_centre', 'public_building', 'supermarket', 'transit_hub'];
const OFFERS = ['water', 'power', 'first_aid', 'toilets', 'step_free', 'food', 'beds', 'information'];
const HAZARDS = ['earthquake', 'flood', 'blackout', 'pandemic', 'landslide'];
const COLUMNS = {
  id: 'id', kind: 'kind', name_zh: 'name_zh', name_en: 'name_en', lat: 'lat', lon: 'lon', address_zh: 'address_zh', address_en: 'address_en',
  standing: 'standing', refuge: 'refuge', level: 'level', capacity: 'capacity', offers: 'offers', fit: 'fit', hours_zh: 'hours_zh',
};

/** Nodes within some twenty kilometres around the sample region's centre, as rows of a table. */
export function nodes(count) {
  const random = chance(10);
  const one = (list) => list[Math.floor(random() * list.length)];
  const some = (list) => list.filter(() => random() < 0.5).join(' ');
  return Array.from({ length: count }, (_, at) => ({
    id: `n${at.toString(36).padStart(4, '0')}`,
    kind: one(KINDS),
    name_zh: `第${at}號節點`,
    name_en: `Node number ${at}`,
    lat: (SOUTH + random() * SIDE).toFixed(6),
    lon: (WEST + random() * SIDE).toFixed(6),
    address_zh: `示範島示範大道${at}號`,
    address_en: `${at} Example Avenue`,
    standing: one(['proposed', 'agreed', 'certified']),
    refuge: random() < 0.2 ? 'disaster_shelter' : '',
    level: 'above_ground',
    capacity: 10 + Math.floor(random() * 500),
    offers: some(OFFERS),
    fit: some(HAZARDS),
    hours_zh: '24 小時',
  }));
}

/** The corner of the square that nodes lie in, and how long its sides are, in degrees. */
const [SOUTH, WEST, SIDE] = [22.9, 124.4, 0.2];

/** A net of streets over the same square, with so many in each direction, as GeoJSON: about twice as many edges as their product. */
function streets(count) {
  const at = (index) => (index * SIDE) / (count - 1);
  const point = (row, column) => `[${(WEST + at(column)).toFixed(6)},${(SOUTH + at(row)).toFixed(6)}]`;
  const all = Array.from({ length: count }, (_, index) => index);
  const line = (name, points) =>
    `{"type":"Feature","properties":{"highway":"residential","name":"${name}"},"geometry":{"type":"LineString","coordinates":[${points}]}}`;
  const lines = all.flatMap((one) => [
    line(`${one}街`, all.map((other) => point(one, other))),
    line(`${one}路`, all.map((other) => point(other, one))),
  ]);
  return `{"type":"FeatureCollection","features":[${lines.join(',\n')}]}`;
}

/** Circles that floods reach. */
function floods(count) {
  const random = chance(11);
  const corner = (lat, lon, turn) => [lon + 0.0015 * Math.cos(turn), lat + 0.0015 * Math.sin(turn)];
  const one = () => {
    const [lat, lon] = [SOUTH + random() * SIDE, WEST + random() * SIDE];
    const ring = Array.from({ length: 60 }, (_, at) => corner(lat, lon, (at * Math.PI) / 30));
    const geometry = { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
    return { type: 'Feature', properties: { hazard: 'flood', class: 1 + Math.floor(random() * 3) }, geometry };
  };
  return JSON.stringify({ type: 'FeatureCollection', features: Array.from({ length: count }, one) });
}

/** Cells of a population grid, so many in each direction. */
function people(count) {
  const at = (index) => (index * SIDE) / count;
  const all = Array.from({ length: count }, (_, index) => index);
  const rows = all.flatMap((row) => all.map((column) => `${(SOUTH + at(row)).toFixed(6)},${(WEST + at(column)).toFixed(6)},${(row * column) % 90}\n`));
  return `lat,lon,people\n${rows.join('')}`;
}

/** A layer of the made-up region; `more` are further lines of its settings. */
const layer = (file, format, ...more) => `[[layer]]
name = { zh = "${file}", en = "${file}" }
file = "${file}"
format = "${format}"
licence = "CC0-1.0"
attribution = "CivMesh"
source = "${file}"
date = "2026"
${more.join('\n')}
`;

/** What lies around the nodes of a large region: a million edges of streets, floods, people. */
const GROUND = [
  ['streets.geojson', () => streets(708), layer('streets.geojson', 'geojson', 'holds = "ways"')],
  ['floods.geojson', () => floods(3_000), layer('floods.geojson', 'geojson', 'holds = "areas"', 'map = { hazard = "hazard", class = "class" }')],
  ['people.csv', () => people(200), layer('people.csv', 'csv', 'holds = "people"', 'map = { lat = "lat", lon = "lon", people = "people" }')],
];

function regionToml() {
  const [, seed] = readFileSync(AUTHORITY, 'utf8').match(/^seed = "(\w+)"/m);
  const map = Object.entries(COLUMNS).map(([field, column]) => `${field} = "${column}"`);
  return `name = { zh = "示範島（大）", en = "Exercise Isle, large" }
mode = "exercise"
drill = "EXERC1SE"
version = 1
centre = { lat = 23.0, lon = 124.5 }
sops = ${JSON.stringify(join(ROOT, 'public/sample/sops'))}
authority = { seed = "${seed}" }
${layer('nodes.csv', 'csv', `map = { ${map.join(', ')} }`)}`;
}

function writePack(folder, rows, ground, pack) {
  const line = (values) => `${values.join(',')}\n`;
  const table = [Object.keys(COLUMNS), ...rows.map((row) => Object.values(row))].map(line).join('');
  writeFileSync(join(folder, 'nodes.csv'), table);
  for (const [file, made] of ground) writeFileSync(join(folder, file), made());
  writeFileSync(join(folder, 'region.toml'), regionToml() + ground.map(([, , words]) => words).join(''));
  execFileSync(BUILDER, ['build', join(folder, 'region.toml'), '-o', pack], { cwd: ROOT, stdio: 'pipe' });
}

/** A copy of the built app that ships these nodes, with the ground of a large region or without, as a folder that `remove` takes away. */
export function appWith(rows, { isLarge = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'civmesh-bench-'));
  const app = join(folder, 'app');
  cpSync(DIST, app, { recursive: true });
  writePack(folder, rows, isLarge ? GROUND : [], join(app, 'region.civmesh'));
  execFileSync('node', [CUT, app]);
  execFileSync('node', [STAMP, app]);
  return { app, remove: () => rmSync(folder, { recursive: true }) };
}
