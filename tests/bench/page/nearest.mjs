// In the page: three ways to the nearest nodes, over the same points, with the same filter.
import KDBush from 'kdbush';
import { around } from 'geokdbush';
import start, { Places } from '/built/nearest.js';

const RADIANS = Math.PI / 180;
const COUNT = 10;

/** Our directory, in WebAssembly. */
function directory({ coordinates, offers }) {
  const places = new Places(coordinates, offers);
  return ({ lat, lon }, bit) => places.nearest(lat, lon, bit === 1, COUNT);
}

function geokdbush({ coordinates, offers }) {
  const index = new KDBush(offers.length);
  for (let at = 0; at < offers.length; at++) index.add(coordinates[2 * at + 1] / 1e7, coordinates[2 * at] / 1e7);
  index.finish();
  return ({ lat, lon }, bit) => around(index, lon / 1e7, lat / 1e7, COUNT, Infinity, (id) => ((offers[id] >> bit) & 1) === 1);
}

/** Every point, by the chord between points on the unit sphere, which orders as the way along the ground does. */
function scan({ coordinates, offers }) {
  const [x, y, z] = [0, 1, 2].map(() => new Float64Array(offers.length));
  offers.forEach((_, at) => ([x[at], y[at], z[at]] = onSphere(coordinates[2 * at], coordinates[2 * at + 1])));
  const [ids, chords] = [new Uint32Array(COUNT), new Float64Array(COUNT)];
  return ({ lat, lon }, bit) => {
    const [fromX, fromY, fromZ] = onSphere(lat, lon);
    chords.fill(Infinity);
    for (let at = 0; at < offers.length; at++) {
      if (((offers[at] >> bit) & 1) === 0) continue;
      const chord = (x[at] - fromX) ** 2 + (y[at] - fromY) ** 2 + (z[at] - fromZ) ** 2;
      if (chord < chords[COUNT - 1]) insert(ids, chords, at, chord);
    }
    return Array.from(ids);
  };
}

function insert(ids, chords, id, chord) {
  let at = COUNT - 1;
  for (; at > 0 && chords[at - 1] > chord; at--) {
    ids[at] = ids[at - 1];
    chords[at] = chords[at - 1];
  }
  ids[at] = id;
  chords[at] = chord;
}

function onSphere(lat, lon) {
  const [latitude, longitude] = [(lat / 1e7) * RADIANS, (lon / 1e7) * RADIANS];
  return [Math.cos(latitude) * Math.cos(longitude), Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude)];
}

let ways, queries;

/** Builds the three indexes and counts the queries to which they do not give the same answer. */
export async function prepare(points) {
  await start();
  const typed = { coordinates: Int32Array.from(points.coordinates), offers: Uint8Array.from(points.offers) };
  ways = { ours: directory(typed), geokdbush: geokdbush(typed), scan: scan(typed) };
  queries = points.queries;
  const answers = (query, bit) => Object.values(ways).map((way) => Array.from(way(query, bit)).join());
  const differs = (query) => [0, 1].some((bit) => new Set(answers(query, bit)).size > 1);
  return queries.filter(differs).length;
}

/** Microseconds for one question, over all of them. */
export function time(name, bit) {
  const begin = performance.now();
  for (const query of queries) ways[name](query, bit);
  return ((performance.now() - begin) * 1000) / queries.length;
}
