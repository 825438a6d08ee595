// Opening the installed app without a network until the nearest of 10,000 nodes are painted, on a processor slowed down four times. The floor is
// the first paint of an empty installed page; the peer does the same with Preact, idb and geokdbush. Each is opened in a new tab, its
// service worker stopped before, as when an app is opened some time after it was used.
import { Phone } from '../support/phone.mjs';
import { printFigures, printRatio, race } from './support/figures.mjs';
import { appWith, nodes } from './support/region.mjs';
import { serveFiles } from './support/serve.mjs';

const NODES = 10_000;
const SLOWER = 4;
const PATIENCE = 60_000;
const PEER_FILES = [
  'preact/dist/preact.mjs', 'idb/build/index.js', 'kdbush/index.js', 'geokdbush/index.js', 'tinyqueue/index.js',
].map((file) => `/peer/${file}`);

/** When a mark or a paint happened, in milliseconds after the page was asked for. */
const moment = (name) =>
  new Promise((resolve) => {
    const look = () => {
      const [entry] = performance.getEntriesByName(name);
      if (entry) resolve(entry.startTime);
      else setTimeout(look, 50);
    };
    look();
  });

async function stopWorkers(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** Opens an installed page on a phone, and says when `name` happened. */
async function opening(phone, path, name) {
  const page = await phone.context.newPage();
  await stopWorkers(page);
  const session = await phone.context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(phone.origin + path);
  const at = await page.evaluate(moment, name);
  await page.close();
  return at;
}

/** Installs a page of ours with the worker that keeps `files`. */
async function install(phone, files) {
  await phone.page.evaluate(async (files) => {
    await navigator.serviceWorker.register(`/bench/worker.js?files=${files.join('+')}`, { scope: files[0] });
    await navigator.serviceWorker.ready;
  }, files);
}

async function installEmpty(phone) {
  await phone.go('/bench/empty/');
  await install(phone, ['/bench/empty/']);
}

async function installPeer(phone, rows) {
  await phone.go('/bench/preact/');
  const records = rows.map((row) => ({ ...row, lat: Number(row.lat), lon: Number(row.lon) }));
  await phone.page.evaluate(async (records) => (await import('/bench/preact/list.mjs')).keep(records), records);
  await install(phone, ['/bench/preact/', '/bench/preact/list.mjs', ...PEER_FILES]);
}

async function installApp(phone) {
  await phone.go('/');
  await phone.page.getByText('Works without a network.').waitFor({ timeout: PATIENCE });
}

/** A phone on which something is installed, and which has no network any more. */
async function phoneWith(origin, install) {
  const phone = await Phone.open(origin);
  await install(phone);
  await phone.offline();
  await phone.page.goto('about:blank');
  return phone;
}

const rows = nodes(NODES);
const shipped = appWith(rows);
const server = await serveFiles({ '/': shipped.app });
const [empty, peer, app] = [
  await phoneWith(server.origin, installEmpty),
  await phoneWith(server.origin, (phone) => installPeer(phone, rows)),
  await phoneWith(server.origin, installApp),
];
const figures = await race({
  'first paint of an empty page': () => opening(empty, '/bench/empty/', 'first-contentful-paint'),
  'Preact, idb, geokdbush': () => opening(peer, '/bench/preact/', 'civmesh:nearest-painted'),
  ours: () => opening(app, '/', 'civmesh:nearest-painted'),
});
printFigures(`opening without a network until the nearest of ${NODES} nodes are painted, processor ${SLOWER} times slower`, 'ms', figures);
printRatio(figures, 'ours', 'first paint of an empty page', 2);
printRatio(figures, 'ours', 'Preact, idb, geokdbush', 1);
for (const phone of [empty, peer, app]) await phone.end();
server.close();
shipped.remove();
