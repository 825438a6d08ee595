// Pushing 1,000 queued events from IndexedDB to the hub, receipts included, from the moment the network is back: by the app's own marks. The floor is
// one `_bulk_docs` of as many documents, by one fetch over the same way; the peer is PouchDB, which goes straight to the databases.
// Each run has a hub and a phone of its own.
import { firstVisit, strip, takeSeat } from '../support/deed.mjs';
import { Hub } from '../support/hub.mjs';
import { Phone } from '../support/phone.mjs';
import { DIST } from '../support/place.mjs';
import { delivery, recordsFile, reports } from './support/event.mjs';
import { printFigures, printRatio, race } from './support/figures.mjs';
import { between } from './support/marks.mjs';
import { openRoad } from './support/road.mjs';

const EVENTS = 1_000;
const NODE = 's001';

/** Gives `deed` a hub, its seat, a phone, and events that the hub does not have. */
async function afresh(deed) {
  const hub = await Hub.start(DIST);
  const road = await openRoad(hub);
  const phone = await Phone.open(road.origin);
  const [seat] = hub.seatsOf('manager', NODE);
  try {
    return await deed({ hub, phone, seat, events: reports(EVENTS, hub.region, NODE) });
  } finally {
    await phone.end();
    road.close();
    await hub.stop();
  }
}

const ops = (hub) => `civmesh-${hub.region}-ops`;

const atOnce = () =>
  afresh(async ({ hub, phone, seat, events }) => {
    await phone.go('/bench/');
    const given = [seat, `/hub/${ops(hub)}/_bulk_docs`, events.map((event) => delivery(event, seat.account))];
    return phone.page.evaluate(async ([seat, database, docs]) => {
      const { logIn, pushAtOnce } = await import('/bench/hub.mjs');
      await logIn('/hub', seat);
      return pushAtOnce(database, docs);
    }, given);
  });

const byPouch = (options) => () =>
  afresh(async ({ hub, phone, seat, events }) => {
    await phone.go('/bench/');
    await phone.page.addScriptTag({ url: '/peer/pouchdb/dist/pouchdb.min.js' });
    const given = [seat, `/couch/${ops(hub)}`, events.map((event) => delivery(event, seat.account)), options];
    return phone.page.evaluate(async ([seat, database, docs, options]) => {
      const { logIn, pushByPouch } = await import('/bench/hub.mjs');
      await logIn('/couch', seat);
      return pushByPouch(database, docs, options);
    }, given);
  });

/** Without a network the phone takes another one's records to carry, then the network comes back. */
const byApp = () =>
  afresh(async ({ hub, phone, seat, events }) => {
    const { page } = phone;
    await firstVisit(phone);
    await takeSeat(phone, seat);
    await strip(page).getByText('Connected').waitFor();
    await phone.offline();
    await phone.go('/records');
    const file = { name: 'records.json', mimeType: 'application/json', buffer: recordsFile(events, hub.region) };
    await page.locator('input[type=file][accept*=json]').setInputFiles(file);
    await strip(page).getByText(`${EVENTS} not sent`).waitFor({ timeout: 60_000 });
    await phone.go('/');
    await page.waitForFunction(() => performance.getEntriesByName('civmesh:records-read').length > 0);
    await phone.offline(false);
    return between(page, 'civmesh:push-start', 'civmesh:push-done', EVENTS);
  });

const figures = await race({
  'one _bulk_docs': atOnce,
  'PouchDB, batches of 1,000': byPouch({ batch_size: EVENTS }),
  'PouchDB as it comes': byPouch({}),
  ours: byApp,
});
printFigures(`pushing ${EVENTS} queued events to the hub`, 'ms', figures);
printRatio(figures, 'ours', 'one _bulk_docs', 2);
printRatio(figures, 'ours', 'PouchDB, batches of 1,000');
