// What was written in a dead spot goes out when the phone finds a network in the pocket, with the app closed.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, faults, test as base } from '../support/journey.mjs';
import { checkIn, expectFates, fileReport, firstVisit, setState, settled, strip, takeSeat } from '../support/deed.mjs';
import { DIST, STAMP } from '../support/place.mjs';
import { Pocket } from '../support/pocket.mjs';

const test = base.extend({
  /** A phone with a seat, and what its page asked of the browser: tags, in order. */
  shift: async ({ open, hub }, use) => {
    const [seat] = hub.seatsOf('volunteer', 's001');
    const phone = await open();
    const asked = [];
    await phone.context.exposeFunction('noteTag', (tag) => asked.push(tag));
    await phone.context.addInitScript(() => {
      // An empty page has neither. The browser itself is not asked: here the journey says when it has a network.
      for (const manager of [self.SyncManager, self.PeriodicSyncManager].filter(Boolean)) {
        manager.prototype.register = (tag) => window.noteTag(tag);
      }
    });
    const browser = await phone.context.newCDPSession(phone.page);
    const permission = { name: 'periodic-background-sync' };
    await browser.send('Browser.setPermission', { origin: phone.origin, permission, setting: 'granted' });
    await firstVisit(phone);
    await takeSeat(phone, seat);
    // It has read who is to read what is written here, and so seals it.
    await expect(strip(phone.page)).toContainText('Connected');
    await use({ phone, seat, asked });
  },
});

/** Writes with no network, and puts the phone away. */
async function writeInDeadSpot({ phone, network }) {
  await network.down();
  await phone.offline();
  await checkIn(phone, 's001', { name: 'Somebody nobody expected' });
}

async function comeBack({ phone, network }) {
  await network.up();
  await phone.offline(false);
}

/** Everything is at the hub once, and the phone knows it without asking anybody. */
async function expectKnownOffline({ phone, network, hub, seat }, events) {
  expect((await hub.verified(seat)).length).toBe(events);
  await network.down();
  await phone.offline();
  await phone.restart();
  await expectFates(phone, Array(events).fill('At the hub'));
}

test('a check-in written in a dead spot is sent from the pocket, and its receipt is there when the app is opened', async ({ shift, network, hub }) => {
  const { phone, seat, asked } = shift;
  await writeInDeadSpot({ phone, network });
  await expect.poll(() => asked, 'the page asked the browser for both').toEqual(expect.arrayContaining(['civmesh-news', 'civmesh-outbox']));
  const pocket = await Pocket.of(phone);
  // A network, and no way to the hub.
  await phone.offline(false);
  expect(await pocket.findNetwork()).toMatch(/^again/);
  await network.up();
  expect(await pocket.findNetwork()).toBe('done');
  const [event] = await hub.verified(seat);
  expect(event.parts.map(({ kind }) => kind)).toEqual(['person']);
  await expectKnownOffline({ phone, network, hub, seat }, 1);
  // Nothing of the hub is in the worker's caches.
  const kept = await phone.page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map(async (name) => [name, await (await caches.open(name)).keys()]));
    return caches_.flatMap(([name, requests]) => requests.map((request) => `${name} ${new URL(request.url).pathname}`));
  });
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.filter((file) => !/^civmesh-shell-\S+ \/(?!hub)/.test(file))).toEqual([]);
});

const complaint = (error, reason) => JSON.stringify({ error, reason });
const FAULTS = {
  'the hub answers 503': faults.answer(503, complaint('unavailable', 'not now')),
  'the answer is lost after the hub has stored the batch': faults.loseAnswer(),
  'the sign-in page of a public network answers': faults.answer(200, '<html>Welcome</html>', { 'content-type': 'text/html' }),
};
for (const [name, fault] of Object.entries(FAULTS)) {
  test(`${name}: the browser is told to try again, and then it arrives once`, async ({ shift, network, hub }) => {
    const { phone, seat } = shift;
    await writeInDeadSpot({ phone, network });
    const pocket = await Pocket.of(phone);
    const rule = network.fault(/^POST .*\/_bulk_docs/, fault);
    await comeBack({ phone, network });
    expect(await pocket.findNetwork()).toMatch(/^again/);
    expect(rule.hits).toBeGreaterThan(0);
    rule.end();
    expect(await pocket.findNetwork()).toBe('done');
    await expectKnownOffline({ phone, network, hub, seat }, 1);
  });
}

test('on the last chance it goes on trying by itself', async ({ shift, network, hub }) => {
  const { phone, seat } = shift;
  await writeInDeadSpot({ phone, network });
  const pocket = await Pocket.of(phone);
  const rule = network.fault(/^POST .*\/_bulk_docs/, faults.answer(503, complaint('unavailable', 'not now')), 2);
  await comeBack({ phone, network });
  expect(await pocket.findNetwork({ lastChance: true })).toBe('done');
  expect(rule.hits).toBe(2);
  expect((await hub.verified(seat)).length).toBe(1);
});

test('the app is opened while the worker sends: one of them at a time, and nothing twice', async ({ shift, network, hub }) => {
  const { phone, seat } = shift;
  await writeInDeadSpot({ phone, network });
  const pocket = await Pocket.of(phone);
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  const rule = network.fault(/^POST .*\/_bulk_docs/, async (...request) => {
    await released;
    return faults.loseAnswer()(...request);
  }, 1);
  await comeBack({ phone, network });
  const begun = await pocket.beginFinding();
  await expect.poll(() => rule.hits, 'the worker is sending').toBe(1);
  const before = network.seen.length;
  await phone.go('/records');
  await expect(phone.page.locator('a.record .head .pill')).toHaveText(['Sending']);
  await fileReport(phone, 's001', { words: 'written while the worker sends' });
  expect(network.seen.slice(before).filter((request) => /^POST|_session/.test(request)), 'the page waits').toEqual([]);
  release();
  expect(await pocket.end(begun)).toMatch(/^again/);
  await settled(phone);
  await expectKnownOffline({ phone, network, hub, seat }, 2);
});

test('an app that is open and in sight is left to do it itself', async ({ shift, network, hub }) => {
  const { phone, seat } = shift;
  await writeInDeadSpot({ phone, network });
  const pocket = await Pocket.of(phone);
  await phone.go('/records');
  // Whoever syncs now asks who is signed in first, and has to wait for the answer.
  const asked = network.fault(/_session/, () => {});
  await comeBack({ phone, network });
  await expect.poll(() => asked.hits, 'the page syncs').toBe(1);
  expect(await pocket.findNetwork()).toBe('done');
  expect(asked.hits, 'and nobody else does').toBe(1);
  asked.end();
  await network.down();
  await network.up();
  await settled(phone);
  await expectKnownOffline({ phone, network, hub, seat }, 1);
});

test('where the session has ended, the seat logs in again; without its password it sends while the session lasts', async ({ shift, network, hub }) => {
  const { phone, seat } = shift;
  const atHub = async () => (await hub.verified(seat)).length;
  await writeInDeadSpot({ phone, network });
  await phone.context.clearCookies();
  expect(await sendFromPocket({ phone, network })).toBe('done');
  expect(await atHub()).toBe(1);

  await phone.go('/records');
  await writeInDeadSpot({ phone, network });
  await keepPassword(phone, undefined);
  expect(await sendFromPocket({ phone, network })).toBe('done');
  expect(await atHub()).toBe(2);

  // Neither session nor password: the record waits, nobody tries to log in, and the browser is not asked to wake the worker in vain.
  await phone.go('/records');
  await keepPassword(phone, seat.password);
  await writeInDeadSpot({ phone, network });
  await keepPassword(phone, undefined);
  await phone.context.clearCookies();
  const before = network.seen.length;
  expect(await sendFromPocket({ phone, network })).toBe('done');
  expect(network.seen.slice(before).filter((request) => /^POST/.test(request))).toEqual([]);
  expect(await atHub()).toBe(2);
  await phone.go('/records');
  await keepPassword(phone, seat.password);
  await phone.go('/records');
  await settled(phone);
  expect(await atHub()).toBe(3);
});

async function sendFromPocket({ phone, network }) {
  const pocket = await Pocket.of(phone);
  await comeBack({ phone, network });
  return pocket.findNetwork();
}

test('the browser itself calls the worker once the app is closed', async ({ open, hub }) => {
  const [seat] = hub.seatsOf('volunteer', 's001');
  const phone = await open();
  await firstVisit(phone);
  await takeSeat(phone, seat);
  await expect(strip(phone.page)).toContainText('Connected');
  await phone.offline();
  await checkIn(phone, 's001');
  const blank = await phone.context.newPage();
  await phone.page.close();
  phone.page = blank;
  await phone.offline(false);
  await expect.poll(async () => (await hub.verified(seat)).length, { timeout: 30_000 }).toBe(1);
});

const updating = test.extend({
  /** A copy of the built app, so that a next version can be made of it. */
  app: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'civmesh-app-'));
    cpSync(DIST, folder, { recursive: true });
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

updating('a new version takes over while the app is closed: its worker sends what the old one left', async ({ shift, network, hub, app }) => {
  const { phone, seat } = shift;
  await writeInDeadSpot({ phone, network });
  const pocket = await Pocket.of(phone);
  const rule = network.fault(/^POST .*\/_bulk_docs/, faults.loseAnswer());
  await comeBack({ phone, network });
  expect(await pocket.findNetwork()).toMatch(/^again/);
  rule.end();
  const page = join(app, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<title>CivMesh</title>', '<title>CivMesh, the next</title>'));
  execFileSync('node', [STAMP, app]);
  await pocket.update();
  expect(await pocket.findNetwork()).toBe('done');
  await expectKnownOffline({ phone, network, hub, seat }, 1);
  await expect(phone.page).toHaveTitle('CivMesh, the next');
});

test('what others wrote is looked for now and then, with a seat and without', async ({ shift, open, network, hub }) => {
  const { phone } = shift;
  const citizen = await open();
  await firstVisit(citizen);
  const pockets = [await Pocket.of(phone), await Pocket.of(citizen)];
  const [seat] = hub.seatsOf('manager', 's001');
  const manager = await open();
  await firstVisit(manager);
  await takeSeat(manager, seat);
  await setState(manager, 's001', 'Full');
  await settled(manager);
  const isPublished = async () => (await hub.ask('GET', `/civmesh-${hub.region}-public/_all_docs`)).rows.some(({ id }) => id === `head:s001:${seat.account}`);
  await expect.poll(isPublished).toBe(true);
  for (const pocket of pockets) expect(await pocket.lookForNews()).toBe('done');
  await network.down();
  for (const one of [phone, citizen]) {
    await one.offline();
    await one.go('/node/s001');
    await expect(one.page.locator('main')).toContainText('Full');
  }
});

/** Changes what is kept of the seat: a phone that is locked has its password elsewhere. */
function keepPassword(phone, password) {
  return phone.page.evaluate(async (password) => {
    const result = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await result(indexedDB.open('civmesh'));
    const meta = database.transaction('meta', 'readwrite').objectStore('meta');
    const [secret] = (await result(meta.getAllKeys())).filter((key) => /^value:profile:.*:seat$/.test(key));
    await result(meta.put(JSON.stringify({ password }), secret));
    database.close();
  }, password);
}
