// A pack out of an extract of OpenStreetMap with a million elements, a made-up town: nodes, streets by name, walking graph, people and base map, by
// the program that tests use, beside a program that only counts the extract's elements by the same library.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AUTHORITY, PACKER, ROOT } from '../support/place.mjs';
import { RUNS, printFigures, printRatio } from './support/figures.mjs';
import { spend } from './support/spend.mjs';

/** Blocks of the town each way: with as many the extract has a million elements. */
const BLOCKS = 118;
/** Each takes the better part of a minute, and they differ little. */
const TIMES = Math.min(RUNS, 3);
const LAYERS = ['prefix = "n"', 'holds = "ways"', 'places = "street"\nspread = 1000', 'holds = "buildings"\npeople = 500000', 'holds = "map"'];

function regionToml() {
  const [, seed] = readFileSync(AUTHORITY, 'utf8').match(/^seed = "(\w+)"/m);
  const layer = (settings) => `[[layer]]
name = { zh = "鎮", en = "Town" }
file = "town.osm.pbf"
format = "osm_pbf"
licence = "CC0-1.0"
attribution = "CivMesh"
source = "made up"
date = "2026"
${settings}
`;
  return `name = { zh = "鎮", en = "Town" }
mode = "exercise"
drill = "EXERC1SE"
version = 1
centre = { lat = 25.0, lon = 121.5 }
authority = { seed = "${seed}" }
${LAYERS.map(layer).join('')}`;
}

/** The program that writes and counts, built as the packer is. */
function extractProgram() {
  execFileSync('cargo', ['build', '--quiet', '--locked', '--profile', 'native', '-p', 'civmesh-pack', '--example', 'extract'], { cwd: ROOT, stdio: 'inherit' });
  return join(dirname(PACKER), 'examples/extract');
}

const folder = mkdtempSync(join(tmpdir(), 'civmesh-bench-'));
try {
  const [program, file, region, pack] = [extractProgram(), ...['town.osm.pbf', 'region.toml', 'town.civmesh'].map((name) => join(folder, name))];
  const { elements, squareKilometres } = JSON.parse(execFileSync(program, ['write', file, String(BLOCKS)], { encoding: 'utf8' }));
  writeFileSync(region, regionToml());
  const ways = { ours: () => spend(PACKER, 'build', region, '-o', pack), floor: () => spend(program, 'count', file) };
  const [time, memory] = [{ ours: [], floor: [] }, { ours: [], floor: [] }];
  for (let run = 0; run < TIMES; run++) {
    for (const [name, way] of Object.entries(ways)) {
      const spent = await way();
      time[name].push((spent.seconds * 1e6) / elements);
      memory[name].push((spent.memory * 1e6) / elements);
    }
  }
  const megabytes = (path) => statSync(path).size / 1e6;
  printFigures(`building a pack, ${elements} elements in ${megabytes(file).toFixed(1)} MB, for each million of them`, 's', time);
  printRatio(time, 'ours', 'floor');
  printFigures('its most memory, for each million elements', 'MB', memory);
  printRatio(memory, 'ours', 'floor');
  console.log(`  the pack has ${((megabytes(pack) * 1000) / squareKilometres).toFixed(1)} kB for each of ${squareKilometres} square kilometres`);
} finally {
  rmSync(folder, { recursive: true });
}
