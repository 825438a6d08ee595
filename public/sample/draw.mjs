// Draws the ground of Exercise Isle from its nodes: streets that pass by them in the order of their house numbers, lanes, houses, coast,
// parks, where it floods and slides, and where people live. `node public/sample/draw.mjs` writes ways.geojson, map.geojson, areas.geojson and
// people.csv beside this file, the same bytes each time. Everything in them is invented, like the nodes.
import { readFileSync, writeFileSync } from 'node:fs';

const here = (name) => new URL(name, import.meta.url);
const CENTRE = { lat: 23, lon: 124.5 };
/** Metres of a degree there. */
const METRES = { lat: 110_800, lon: 102_500 };
const [WEST, SOUTH, EAST, NORTH] = [124.46, 22.97, 124.54, 23.03];
/** Metres from one house number to the next, about. */
const NUMBER = 4.7;

/** Rows of a CSV whose cells may stand in quotes. */
function rows(name) {
  const [head, ...lines] = readFileSync(here(name), 'utf8').trim().split(/\r?\n/).map((line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, '').replaceAll('""', '"')));
  return lines.map((cells) => Object.fromEntries(head.map((key, at) => [key, cells[at] ?? ''])));
}

let seed = 20_261_123;
const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const onto = ({ lat, lon }) => [(lon - CENTRE.lon) * METRES.lon, (lat - CENTRE.lat) * METRES.lat];
const off = ([x, y]) => [CENTRE.lon + x / METRES.lon, CENTRE.lat + y / METRES.lat].map((degrees) => Number(degrees.toFixed(6)));
const far = ([x, y], [u, v]) => Math.hypot(x - u, y - v);
const nodes = rows('nodes.csv').map((row) => ({ ...row, at: onto({ lat: Number(row.lat), lon: Number(row.lon) }) }));

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
const between = ([x, y], [u, v], share) => [x + (u - x) * share, y + (v - y) * share];
const middle = (one, other) => between(one, other, 0.5);
const pairs = (line) => line.slice(1).map((to, at) => [line[at], to]);
const length = (line) => pairs(line).reduce((sum, [from, to]) => sum + far(from, to), 0);
/** From `from` towards `to`, one metre long. */
function way(from, to) {
  const metres = far(from, to) || 1;
  return [(to[0] - from[0]) / metres, (to[1] - from[1]) / metres];
}
const beyond = (from, to, metres) => { const [x, y] = way(from, to); return [to[0] + x * metres, to[1] + y * metres]; };
const smooth = (line) => line.map((at, index) => (index === 0 || index === line.length - 1 ? at : middle(at, middle(line[index - 1], line[index + 1]))));
/** A point every so many metres, and which way the line goes there. */
function* along(line, step, start = step / 2) {
  let left = start;
  for (const [from, to] of pairs(line)) {
    const metres = far(from, to);
    for (; left < metres; left += step) yield { at: between(from, to, left / metres), way: way(from, to) };
    left -= metres;
  }
}
const aside = ([x, y], [u, v], metres) => [x - v * metres, y + u * metres];
/** The line, moved to its left. */
const moved = (line, metres) => line.map((at, index) => aside(at, way(line[Math.max(index - 1, 0)], line[Math.min(index + 1, line.length - 1)]), metres));
function toSegment(at, [from, to]) {
  const square = far(from, to) ** 2 || 1;
  const share = ((at[0] - from[0]) * (to[0] - from[0]) + (at[1] - from[1]) * (to[1] - from[1])) / square;
  return far(at, between(from, to, Math.min(Math.max(share, 0), 1)));
}
const toLine = (at, line) => Math.min(...pairs(line).map((pair) => toSegment(at, pair)));
function has(ring, [x, y]) {
  let inside = false;
  for (const [[u, v], [s, t]] of pairs([...ring, ring[0]])) {
    if (v > y !== t > y && x < ((s - u) * (y - v)) / (t - v) + u) inside = !inside;
  }
  return inside;
}

// ── Streets: by the nodes' addresses ────────────────────────────────────────────────────────────────────────────────────────────────
const CLASSES = { 示範大道: 'primary', 演習路: 'secondary', 海堤路: 'secondary', 雲坡路: 'tertiary', 燈塔路: 'tertiary', 晨港街: 'tertiary', 貝殼巷: 'living_street' };
const english = Object.fromEntries(rows('places.csv').filter(({ kind }) => kind === 'street').map((row) => [row.name_zh, row.name_en]));

function streets() {
  const byName = new Map(Object.keys(english).map((name) => [name, []]));
  for (const { address_zh, at } of nodes) {
    const [, name, number] = address_zh.match(/里(.+?)(\d+)號/) ?? [];
    byName.get(name)?.push({ number: Number(number), at });
  }
  return [...byName].map(([name, houses]) => {
    houses.sort((one, other) => one.number - other.number);
    // Houses stand on both sides: between two of them is the middle of the street. Those at one height of it count as one.
    const at = houses.map((house) => house.at);
    const isLong = length(at) / at.length > 400;
    let line = isLong ? at : pairs(at).map(([one, other]) => middle(one, other)).filter((point, index, all) => index === 0 || far(point, all[index - 1]) > 60);
    for (let round = isLong ? 3 : 0; round < 3; round += 1) line = smooth(line);
    const back = Math.min(houses[0].number * NUMBER, 420);
    line = [beyond(line[Math.min(2, line.length - 1)], line[0], Math.max(back, 60)), ...line, beyond(line[Math.max(line.length - 3, 0)], line.at(-1), 170)];
    return { name, line, class: CLASSES[name] ?? 'residential' };
  });
}
const named = streets();
const seawall = named.find(({ name }) => name === '海堤路');
const harbour = named.find(({ name }) => name === '晨港街');
// The seawall begins where the harbour's street does, and Exercise Road ends on it.
seawall.line[0] = harbour.line[0];
const exercise = named.find(({ name }) => name === '演習路');
exercise.line[exercise.line.length - 1] = [-5, -1700];

// ── Coast: around all of it ─────────────────────────────────────────────────────────────────────────────────────────────────────────
const shore = [...harbour.line].reverse().concat(seawall.line.slice(1));
const land = [...nodes.map(({ at }) => at), ...named.flatMap(({ line }) => line)];
const SPOKES = 90;
const reach = Array.from({ length: SPOKES }, (_, spoke) => {
  const angle = (spoke / SPOKES) * 2 * Math.PI;
  const out = land.map(([x, y]) => ({ r: Math.hypot(x, y), turn: Math.cos(Math.atan2(y, x) - angle) })).filter(({ turn }) => turn > 0.94);
  return Math.max(700, ...out.map(({ r, turn }) => r * turn)) + 190;
});
const coast = reach.map((_, spoke) => {
  const around = [-2, -1, 0, 1, 2].map((step) => reach[(spoke + step + SPOKES) % SPOKES]);
  const r = Math.max(reach[spoke] - 120, around.reduce((sum, one) => sum + one) / around.length) + (chance() - 0.5) * 70;
  const angle = (spoke / SPOKES) * 2 * Math.PI;
  return [r * Math.cos(angle), r * Math.sin(angle)];
});
const isAshore = (at) => has(coast, at) && toLine(at, [...coast, coast[0]]) > 45;

// ── Lanes: to both sides of the streets, and from lane to lane behind the houses ───────────────────────────────────────────────────────
const lines = named.map(({ name, line, class: highway }) => ({ line, tags: { highway, name, 'name:en': english[name] } }));
const isFree = (at, own, room) => lines.every((other) => other === own || toLine(at, other.line) > room);
for (const street of lines.slice(0, named.length)) {
  for (const side of [1, -1]) {
    let last = null;
    for (const { at, way: direction } of along(street.line, 125, 70)) {
      const end = aside(at, direction, side * (80 + chance() * 60));
      if (!isAshore(end) || !isFree(end, street, 45)) {
        last = null;
        continue;
      }
      const isHill = at[1] > 850;
      const highway = isHill && chance() < 0.35 ? 'steps' : chance() < 0.75 ? 'residential' : 'footway';
      lines.push({ line: [at, end], tags: { highway } });
      if (last && far(last, end) < 190 && chance() < 0.65) lines.push({ line: [last, end], tags: { highway: chance() < 0.7 ? 'residential' : 'footway' } });
      last = end;
    }
  }
}

/** Where two lines cross, both get a point. */
function meet() {
  for (const one of lines) {
    for (const other of lines) {
      if (one === other) continue;
      for (const [a, b] of pairs(one.line)) {
        for (const [c, d] of pairs(other.line)) {
          const across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
          if (across === 0) continue;
          const share = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across;
          const same = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / across;
          if (share < 0 || share > 1 || same < 0 || same > 1) continue;
          const at = between(a, b, share);
          insert(one.line, a, b, at);
          insert(other.line, c, d, at);
        }
      }
    }
  }
}
function insert(line, from, to, at) {
  const index = line.indexOf(from);
  if (index < 0 || line[index + 1] !== to) return;
  // A corner that is there already takes its place, so that it is one point in both.
  if (far(at, from) < 0.05) line[index] = at;
  else if (far(at, to) < 0.05) line[index + 1] = at;
  else line.splice(index + 1, 0, at);
}
/** Streets that end just short of another one go on to it. */
for (const { line } of lines.slice(0, named.length)) {
  for (const [end, before] of [[0, 1], [line.length - 1, line.length - 2]]) {
    const on = beyond(line[before], line[end], 260);
    const near = lines.slice(0, named.length).filter((other) => other.line !== line && toLine(line[end], other.line) < 240);
    if (near.some((other) => pairs(other.line).some(([c, d]) => crosses(line[end], on, c, d)))) line[end] = on;
  }
}
function crosses(a, b, c, d) {
  const turn = ([x, y], [u, v], [s, t]) => Math.sign((u - x) * (t - y) - (v - y) * (s - x));
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}
meet();
/** Whatever street still ends by itself is led to the nearest other one. */
const corners = (own) => lines.slice(0, named.length).filter(({ line }) => line !== own).flatMap(({ line }) => line);
for (const { line } of lines.slice(0, named.length)) {
  for (const [end, before] of [[line[0], line[1]], [line.at(-1), line.at(-2)]]) {
    const others = corners(line);
    if ([end, before].some((at) => others.some((other) => far(at, other) < 0.05))) continue;
    const goal = others.sort((one, other) => far(one, end) - far(other, end))[0];
    lines.push({ line: [end, middle(end, goal), goal], tags: { highway: 'tertiary' } });
  }
}
meet();

// ── Parks, water, houses ────────────────────────────────────────────────────────────────────────────────────────────────────────────
const blob = ([x, y], radius, corners = 12) =>
  Array.from({ length: corners }, (_, at) => {
    const [angle, r] = [(at / corners) * 2 * Math.PI, radius * (0.82 + chance() * 0.3)];
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
  });
const parks = nodes.filter(({ kind }) => kind === 'open_ground').map(({ at, name_zh, name_en }) => ({ ring: blob(at, 62), tags: { leisure: 'park', name: name_zh, 'name:en': name_en } }));
const woods = [[-500, 1250], [560, 1330], [-950, 1050]].map((at) => ({ ring: blob(at, 210, 16), tags: { natural: 'wood' } }));
const pans = Array.from({ length: 10 }, (_, at) => {
  const [x, y] = [-1150 + (at % 5) * 130, -1120 - Math.floor(at / 5) * 95];
  return { ring: [[x, y], [x + 115, y - 12], [x + 115, y - 88], [x, y - 76]], tags: { natural: 'water', water: 'pond' } };
}).filter(({ ring }) => ring.every((at) => lines.every(({ line }) => toLine(at, line) > 12)));
const greens = [...parks, ...woods];

const houses = [];
function build(at, direction, wide, deep, tags = {}) {
  const corner = (u, v) => aside([at[0] + direction[0] * u, at[1] + direction[1] * u], direction, v);
  const ring = [corner(-wide / 2, -deep / 2), corner(wide / 2, -deep / 2), corner(wide / 2, deep / 2), corner(-wide / 2, deep / 2)];
  const blocked = ring.some((point) => !isAshore(point) || lines.some(({ line }) => toLine(point, line) < 5) || [...greens, ...pans].some((other) => has(other.ring, point)));
  if (blocked || houses.some((other) => far(other.at, at) < (wide + other.wide) / 2)) return;
  houses.push({ ring, at, wide, tags: { building: 'yes', ...tags } });
}
for (const { at, kind, address_zh } of nodes) {
  const street = named.find(({ name }) => address_zh.includes(name));
  const isLarge = ['school', 'big_box_retailer', 'logistics_depot', 'sports_hall', 'transit_hub', 'public_building'].includes(kind);
  if (street && kind !== 'open_ground' && kind !== 'underground_space') {
    const nearest = pairs(street.line).sort((one, other) => toSegment(at, one) - toSegment(at, other))[0];
    build(at, way(...nearest), isLarge ? 42 : 22, isLarge ? 28 : 16);
  }
}
for (const { line, tags } of lines) {
  for (const side of [1, -1]) {
    for (const { at, way: direction } of along(line, 27)) {
      if (chance() < (tags.name ? 0.6 : 0.3)) build(aside(at, direction, side * (15 + chance() * 5)), direction, 13 + chance() * 9, 10 + chance() * 6);
    }
  }
}

// ── Hazards ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
/** Millimetres of water. */
const DEPTHS = [[150, 300], [300, 1000], [1000, 2000]].map(([depth_from, depth_to], at) => ({ class: at + 1, depth_from, depth_to }));
/** Between two lines along the shore, inland to the left of it. */
const band = (outer, inner) => [...moved(shore, outer), ...moved(shore, inner).reverse()];
const inland = has(coast, moved(shore, 60)[4]) && far(moved(shore, 300)[4], [0, 0]) < far(shore[4], [0, 0]) ? 1 : -1;
const floods = [[95, 45, 1], [45, -12, 2], [-12, -150, 3]].map(([from, to, depth]) => ({ ring: band(from * inland, to * inland), tags: { hazard: 'flood', ...DEPTHS[depth - 1] } }));
const pond = nodes.find(({ id }) => id === 'p010');
floods.push({ ring: blob(pond.at, 55), tags: { hazard: 'flood', ...DEPTHS[0] } });
const listed = (node, column, hazard) => node[column].split(' ').includes(hazard);
const slides = nodes.filter((node) => listed(node, 'risk', 'landslide')).map(({ at }) => {
  const safe = nodes.filter((node) => listed(node, 'safe_from', 'landslide')).map((node) => far(node.at, at));
  return { ring: blob(at, Math.min(95, Math.min(...safe) * 0.75)), tags: { hazard: 'landslide', class: 2 } };
});
// The ground says what the nodes say.
for (const node of nodes) {
  const isWet = floods.some(({ ring }) => has(ring, node.at));
  if (isWet && listed(node, 'safe_from', 'flood')) throw new Error(`${node.id} is said to be safe from floods, and is drawn under water`);
  if (!isWet && listed(node, 'risk', 'flood') && node.level === 'above_ground') console.warn(`${node.id} floods, and is drawn dry`);
}

// ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
/** Metres of a cell's side, and how many live in a house. */
const [CELL, HOUSEHOLD] = [100, 3.4];
const cells = new Map();
for (const { at, tags } of houses) {
  const [x, y] = at.map((metres) => Math.floor(metres / CELL));
  const larger = tags.building === 'yes' ? 1 : 2;
  cells.set(`${x},${y}`, (cells.get(`${x},${y}`) ?? 0) + HOUSEHOLD * larger);
}
const people = [...cells].sort().map(([cell, people]) => {
  const [lon, lat] = off(cell.split(',').map((at) => (Number(at) + 0.5) * CELL));
  return `${lat},${lon},${people.toFixed(1)}`;
});

// ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
const feature = (type, coordinates, properties) => JSON.stringify({ type: 'Feature', properties, geometry: { type, coordinates } });
const outline = ({ ring, tags }) => feature('Polygon', [[...ring, ring[0]].map(off)], tags);
const write = (name, features) => writeFileSync(here(name), `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`);
const box = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]];
const sea = feature('Polygon', [box, [...coast, coast[0]].map(off)], { natural: 'water', name: '示範海', 'name:en': 'Example Sea' });
write('ways.geojson', lines.map(({ line, tags }) => feature('LineString', line.map(off), tags)));
write('map.geojson', [sea, ...[...greens, ...pans, ...houses].map(outline)]);
write('areas.geojson', [...floods, ...slides].map(outline));
writeFileSync(here('people.csv'), `lat,lon,people\n${people.join('\n')}\n`);
console.log(`${lines.length} ways, ${Math.round(lines.reduce((sum, { line }) => sum + length(line), 0) / 1000)} km; ${houses.length} houses; ${floods.length + slides.length} areas`);
