// The first pull of 10,000 documents into IndexedDB, by the app's own marks; then the same over a link of 100 ms and 10 Mbit/s. The floor is pages of
// 2,500 from `_changes`, each one transaction, the next one fetched meanwhile. The peer is PouchDB, with batches as large and as it comes.
// Floor and peer ask the databases themselves, which do not compress; the app asks through the gate, as phones do. All pull from one
// hub, each time with a new phone.
import { firstVisit, takeSeat } from '../support/deed.mjs';
import { Hub } from '../support/hub.mjs';
import { Phone } from '../support/phone.mjs';
import { DIST } from '../support/place.mjs';
import { delivery, reports } from './support/event.mjs';
import { printFigures, printRatio, race } from './support/figures.mjs';
import { between } from './support/marks.mjs';
import { openRoad } from './support/road.mjs';

const DOCUMENTS = 10_000;
const PAGE = 2_500;
const NODE = 's001';
const SLOW = { offline: false, latency: 100, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };

const FLOOR = 'pages of 2,500';
const TUNED = 'PouchDB, batches of 2,500';

const hub = await Hub.start(DIST);
const road = await openRoad(hub);
const ops = `civmesh-${hub.region}-ops`;
const [reader, writer] = hub.seatsOf('manager', NODE);

/** Brings the documents to the hub as the seat of another phone at the node. */
async function fill() {
  const authorization = `Basic ${Buffer.from(`${writer.account}:${writer.password}`).toString('base64')}`;
  const docs = reports(DOCUMENTS, hub.region, NODE).map((event) => delivery(event, writer.account));
  for (let at = 0; at < docs.length; at += 1_000) {
    const body = JSON.stringify({ new_edits: false, docs: docs.slice(at, at + 1_000) });
    const answer = await fetch(`${hub.base}/${ops}/_bulk_docs`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body });
    const complaints = await answer.json();
    if (!answer.ok || complaints.some(({ error }) => error)) throw new Error(`filling the hub: ${JSON.stringify(complaints).slice(0, 200)}`);
  }
}

/** Gives `deed` a phone that has nothing yet, with this page open and then this link. */
async function newPhone(path, link, deed) {
  const phone = await Phone.open(road.origin);
  try {
    await (path === '/' ? firstVisit(phone) : phone.go(path));
    if (link) {
      const session = await phone.context.newCDPSession(phone.page);
      await session.send('Network.emulateNetworkConditions', link);
    }
    return await deed(phone);
  } finally {
    await phone.end();
  }
}

const byPages = (link) => () =>
  newPhone('/bench/', link, ({ page }) => {
    const pull = async ([seat, database, limit, expected]) => {
      const { logIn, pullPages } = await import('/bench/hub.mjs');
      await logIn('/couch', seat);
      return pullPages(database, limit, expected);
    };
    return page.evaluate(pull, [reader, `/couch/${ops}`, PAGE, DOCUMENTS]);
  });

const byPouch = (link, options) => () =>
  newPhone('/bench/', link, async ({ page }) => {
    await page.addScriptTag({ url: '/peer/pouchdb/dist/pouchdb.min.js' });
    const pull = async ([seat, database, options, expected]) => {
      const { logIn, pullByPouch } = await import('/bench/hub.mjs');
      await logIn('/couch', seat);
      return pullByPouch(database, options, expected);
    };
    return page.evaluate(pull, [reader, `/couch/${ops}`, options, DOCUMENTS]);
  });

/** The seat is taken up, and the app pulls by itself. */
const byApp = (link) => () =>
  newPhone('/', link, async (phone) => {
    await takeSeat(phone, reader);
    return between(phone.page, 'civmesh:pull-start', 'civmesh:pull-done', DOCUMENTS);
  });

const ways = (link) => ({
  [FLOOR]: byPages(link),
  [TUNED]: byPouch(link, { batch_size: PAGE }),
  'PouchDB as it comes': byPouch(link, {}),
  ours: byApp(link),
});

await fill();
const near = await race(ways());
printFigures(`first pull of ${DOCUMENTS} documents`, 'ms', near);
printRatio(near, 'ours', FLOOR, 1.5);
printRatio(near, 'ours', TUNED);
const far = await race(ways(SLOW));
printFigures('the same over 100 ms and 10 Mbit/s', 'ms', far);
printRatio(far, 'ours', FLOOR, 1);
printRatio(far, 'ours', TUNED);
road.close();
await hub.stop();
