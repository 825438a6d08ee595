// What a good small app would do without us: nodes as records in IndexedDB, an index over them, the nearest twenty as a list.
import { h, render } from 'preact';
import { openDB } from 'idb';
import KDBush from 'kdbush';
import { around, distance } from 'geokdbush';

const CENTRE = { lat: 23.0, lon: 124.5 };
const SHOWN = 20;

const open = () => openDB('peer', 1, { upgrade: (database) => database.createObjectStore('nodes', { keyPath: 'id' }) });

/** Keeps these nodes, each a record. */
export async function keep(nodes) {
  const transaction = (await open()).transaction('nodes', 'readwrite');
  for (const node of nodes) transaction.store.put(node);
  await transaction.done;
}

function nearest(nodes) {
  const index = new KDBush(nodes.length);
  for (const node of nodes) index.add(node.lon, node.lat);
  index.finish();
  return around(index, CENTRE.lon, CENTRE.lat, SHOWN).map((at) => nodes[at]);
}

function Row({ node }) {
  const metres = Math.round(distance(CENTRE.lon, CENTRE.lat, node.lon, node.lat) * 1000);
  return h('li', null, h('a', { href: `#${node.id}` }, node.name_en), ' ', node.kind, ', ', metres, ' m, ', node.address_en);
}

const nodes = await (await open()).getAll('nodes');
if (nodes.length > 0) {
  render(h('ol', null, nearest(nodes).map((node) => h(Row, { key: node.id, node }))), document.body);
  requestAnimationFrame(() => performance.mark('civmesh:nearest-painted'));
}
