// A made-up region with as many nodes as wanted, built by the real builder: no outside data, and the same in every run.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AUTHORITY, DIST, PROGRAM, ROOT, STAMP } from '../../support/place.mjs';
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
    lat: (22.9 + random() * 0.2).toFixed(6),
    lon: (124.4 + random() * 0.2).toFixed(6),
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
[[layer]]
name = { zh = "節點", en = "Nodes" }
file = "nodes.csv"
format = "csv"
licence = "CC0-1.0"
attribution = "CivMesh"
source = "nodes.csv"
date = "2026"
map = { ${map.join(', ')} }
`;
}

function writePack(folder, rows, pack) {
  const line = (values) => `${values.join(',')}\n`;
  const table = [Object.keys(COLUMNS), ...rows.map((row) => Object.values(row))].map(line).join('');
  writeFileSync(join(folder, 'nodes.csv'), table);
  writeFileSync(join(folder, 'region.toml'), regionToml());
  execFileSync(BUILDER, ['build', join(folder, 'region.toml'), '-o', pack], { cwd: ROOT, stdio: 'pipe' });
}

/** A copy of the built app that ships these nodes, as a folder that `remove` takes away. */
export function appWith(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'civmesh-bench-'));
  const app = join(folder, 'app');
  cpSync(DIST, app, { recursive: true });
  writePack(folder, rows, join(app, 'region.civmesh'));
  execFileSync('node', [STAMP, app]);
  return { app, remove: () => rmSync(folder, { recursive: true }) };
}
