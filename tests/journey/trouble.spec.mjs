// A phone in trouble: it says what happened, what is safe and what to do, and nothing is lost that could be kept.
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/journey.mjs';
import { beside, counts, heldByOldTab, loseStore, remove } from '../support/database.mjs';
import { atWork, checkIn, expectFates, fileReport, firstVisit, settled, strip, takeSeat } from '../support/deed.mjs';
import { png } from '../support/picture.mjs';

const notice = (page, words) => page.locator('.notice').filter({ hasText: words });
const present = (phone, count) => fileReport(phone, 's001', { present: String(count) });

/** A manager's phone on which everything has arrived. */
async function working(open, hub) {
  const [seat] = hub.seatsOf('manager', 's001');
  const phone = await open();
  await atWork(phone, hub, seat);
  return { phone, page: phone.page, seat };
}

const sequences = async (hub, seat) => (await hub.verified(seat)).map(({ sequence }) => sequence);

/** Saves what is unsent to a file, and reads that. */
async function savedFile(phone) {
  await phone.go('/records');
  const [download] = await Promise.all([phone.page.waitForEvent('download'), phone.page.getByRole('button', { name: 'Save to a file' }).click()]);
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
}

/** Waits until Chromium, which remembers for half a minute how much room there was, finds out that there is none. */
async function untilRefused(phone) {
  // A page of the app's origin on which the app does not run.
  await phone.go('/icons/icon.svg');
  const tries = () => phone.page.evaluate(() => new Promise((told) => {
    const opening = indexedDB.open('probe', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
    opening.onerror = () => told(opening.error.name);
    opening.onsuccess = () => {
      const database = opening.result;
      const writing = database.transaction('bytes', 'readwrite');
      writing.objectStore('bytes').put(new Uint8Array(2 ** 20), 1);
      const end = (word) => () => {
        database.close();
        told(word ?? writing.error.name);
      };
      writing.oncomplete = end('written');
      writing.onabort = end();
    };
  }));
  await expect.poll(tries, { timeout: 60_000 }).toBe('QuotaExceededError');
}

test('a full phone says so, writes nothing by halves, is read and exported, and goes on once there is room', async ({ open, hub }) => {
  test.setTimeout(150_000);
  const { phone, seat } = await working(open, hub);
  await phone.offline();
  await present(phone, 2);
  const before = await counts(phone);

  await phone.restart();
  const { page } = phone;
  const devtools = await phone.context.newCDPSession(page);
  const quota = (quotaSize) => devtools.send('Storage.overrideQuotaForOrigin', { origin: phone.origin, ...(quotaSize && { quotaSize }) });
  await quota(1);
  await untilRefused(phone);
  await phone.go('/report?node=s001');
  await page.getByLabel('Present').fill('3');
  await page.locator('input[type=file][accept="image/*"]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: png(2000, 1500) });
  await expect(page.getByAltText('The photo to be attached')).toBeVisible();
  await page.getByRole('button', { name: 'File the report' }).click();
  await expect(page.locator('.toast')).toContainText('The phone is full; this was not saved');
  await expect(notice(page, 'The phone is full')).toContainText('What was saved is safe');
  await expect(strip(page)).toContainText("Phone full: can't write");
  // What was entered is still there.
  await expect(page.getByLabel('Present')).toHaveValue('3');
  await notice(page, 'The phone is full').getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.toast')).toContainText('There is still no room');

  const file = await savedFile(phone);
  expect(file.events.length, 'the record from before').toBe(1);
  await expect(page.locator('a.record .head .pill')).toHaveText(['Waiting', 'At the hub']);
  await phone.go('/');
  await expect(page.locator('article.answer')).toBeVisible();

  await quota(0);
  expect(await counts(phone)).toEqual(before);
  await present(phone, 4);
  await expect(notice(page, 'The phone is full')).toBeHidden();
  await phone.offline(false);
  await settled(phone);
  expect(await sequences(hub, seat)).toEqual([1, 2, 3]);
});

test('without a database places are found, and what is written is said to be gone with the tab, and can be saved', async ({ open }) => {
  const phone = await open();
  const { page } = phone;
  await phone.context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined }));
  await phone.go('/');
  await expect(page.locator('article.answer')).toBeVisible();
  await expect(notice(page, 'This browser does not let the app keep data')).toContainText('is gone when this tab closes');
  await expect(strip(page)).toContainText('Nothing is kept here');
  // Within one page: the next one would begin with nothing.
  await page.evaluate(() => {
    history.pushState(null, '', '/check-in?node=s001');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await page.getByRole('button', { name: 'Check in', exact: true }).click();
  await expect(page.locator('.toast')).toContainText('Saved');
  await notice(page, 'This browser does not let the app keep data').getByRole('link', { name: 'Save unsent records to a file' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save to a file' }).click()]);
  expect(JSON.parse(readFileSync(await download.path(), 'utf8')).events.length).toBe(1);
});

test('a database that a browser can not open yet is tried again, and nothing is said of it', async ({ open }) => {
  const phone = await open();
  await firstVisit(phone);
  await phone.context.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    let refusals = 2;
    IDBFactory.prototype.open = function (...wanted) {
      if (refusals-- <= 0) return open.apply(this, wanted);
      const request = Object.assign(new EventTarget(), { error: new DOMException('Internal error opening backing store', 'UnknownError') });
      setTimeout(() => request.onerror(new Event('error')));
      return request;
    };
  });
  await phone.go('/check-in?node=s001');
  await phone.page.getByRole('button', { name: 'Check in', exact: true }).click();
  await expect(phone.page.locator('.toast')).toContainText('Saved');
  await expect(notice(phone.page, /browser|kept|gone/)).toHaveCount(0);
  await phone.restart();
  await phone.go('/records');
  await expect(phone.page.locator('a.record'), 'it is in the database').toHaveCount(1);
});

test('a database that the browser removed is missed: what is at the hub comes back, what was unsent is named', async ({ open, hub }) => {
  const { phone, page, seat } = await working(open, hub);
  await phone.offline();
  await present(phone, 2);
  await expect(strip(page)).toContainText('1 not sent');
  await page.goto('about:blank');
  await remove(phone);
  await phone.offline(false);

  await phone.go('/');
  const missed = notice(page, 'The browser removed the data on this phone');
  await expect(missed).toContainText('1 had not arrived when last seen');
  // Still said by the next page, until it was read.
  await phone.go('/more');
  await missed.getByRole('link', { name: 'Take up a seat' }).click();
  await takeSeat(phone, seat);
  await phone.go('/report?node=s001');
  await expect(page.locator('main a[href^="/records/"]')).toHaveCount(1, { timeout: 30_000 });
  await missed.getByRole('button', { name: 'Got it' }).click();
  await phone.go('/');
  await expect(page.locator('article.answer')).toBeVisible();
  await expect(missed).toBeHidden();
  // The numbers go on where the hub's end: 2 was never there, and nobody may tell it from the new one but by its name.
  await present(phone, 3);
  await settled(phone);
  expect(await sequences(hub, seat)).toEqual([1, 2]);
});

test('a database that vanishes under an open app is written anew from the screens', async ({ open, hub }) => {
  const { phone, page, seat } = await working(open, hub);
  await phone.offline();
  await present(phone, 2);
  await phone.go('/report?node=s001');
  await expect(strip(page)).toContainText('1 not sent');
  await remove(phone);
  await page.getByLabel('Present').fill('3');
  await page.getByRole('button', { name: 'File the report' }).click();
  await expect(page.locator('.toast')).toContainText('Saved on this phone');
  await expect(notice(page, 'The browser removed the data on this phone')).toContainText('1 were rescued from the screen');
  await expect(strip(page)).toContainText('2 not sent');
  await phone.offline(false);
  await settled(phone);
  expect(await sequences(hub, seat)).toEqual([1, 2, 3]);
});

test('a damaged database is made whole: what waits is sent, and the figures are told', async ({ open, hub }) => {
  const { phone, page, seat } = await working(open, hub);
  await phone.offline();
  await fileReport(phone, 's001', { words: 'before the damage' });
  await page.goto('about:blank');
  await loseStore(phone, 'receipts');
  await phone.offline(false);
  await phone.go('/');
  await expect(notice(page, 'what can be read was rescued')).toContainText('2 things wait to be sent');
  await settled(phone);
  const events = await hub.verified(seat);
  expect(events.map(({ parts }) => parts.length)).toEqual([0, 1]);
  await notice(page, 'what can be read was rescued').getByRole('button', { name: 'Got it' }).click();
  await expectFates(phone, ['At the hub', 'Only here']);
  await expect(notice(page, 'rescued')).toBeHidden();
});

test('a photo and a pack whose files are gone stop nothing else', async ({ open, hub }) => {
  const { phone, seat } = await working(open, hub);
  await phone.offline();
  await fileReport(phone, 's001', { words: 'with a photo', photo: true });
  await phone.kill();
  const folder = join(phone.profile, 'Default/IndexedDB');
  const blobs = readdirSync(folder).filter((name) => name.endsWith('.indexeddb.blob'));
  expect(blobs.length, 'the browser keeps large values in files of their own').toBe(1);
  rmSync(join(folder, blobs[0]), { recursive: true });
  await phone.start();
  await phone.go('/');
  await expect(phone.page.locator('article.answer')).toBeVisible();
  await phone.offline(false);
  await expect(strip(phone.page)).toContainText('1 to deal with', { timeout: 30_000 });
  const [, event] = await hub.verified(seat);
  expect(event.parts.map(({ kind }) => kind)).toEqual(['text']);
  await phone.go('/records');
  await expect(phone.page.getByText('This record is damaged on the phone').first()).toBeVisible();
});

test('opening waits for an old tab in words, while places are found, and goes on by itself', async ({ open }) => {
  const phone = await open();
  const { page } = phone;
  const old = await heldByOldTab(phone, 2);
  await phone.go('/');
  await expect(notice(page, 'Another tab still has an older version open')).toContainText('Close the app');
  await expect(strip(page)).toContainText('Waiting for another tab to close');
  await expect(page.locator('article.answer')).toBeVisible();
  await old.close();
  await expect(notice(page, 'Another tab still has an older version open')).toBeHidden();
  await checkIn(phone, 's001');
  await expectFates(phone, ['Waiting']);
});

test('a tab that a newer version overtook says so, reads on, and writes nothing', async ({ open }) => {
  const phone = await open();
  const { page } = phone;
  await firstVisit(phone);
  await checkIn(phone, 's001');
  const newer = await beside(phone);
  await newer.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open('civmesh', 99);
    request.onsuccess = () => resolve(request.result.close());
    request.onerror = () => reject(request.error);
  }));
  await expect(notice(page, 'This tab is out of date')).toContainText('you can read, not write');
  await expect(strip(page)).toContainText('Read only');
  await page.getByRole('button', { name: 'Check in', exact: true }).click();
  await expect(page.locator('.toast')).toContainText('This was not saved');
  await notice(page, 'This tab is out of date').getByRole('button', { name: 'Reload' }).click();
  await expect(notice(page, 'The data belong to a newer version')).toBeVisible();
  await phone.go('/records');
  await expect(page.locator('a.record')).toHaveCount(1);
});

test('the browser is asked to keep the data when there is something to keep, not before, and once', async ({ open }) => {
  const phone = await open();
  let asked = 0;
  await phone.context.exposeBinding('askedToKeep', () => (asked += 1));
  await phone.context.addInitScript(() => {
    StorageManager.prototype.persist = async () => {
      globalThis.askedToKeep();
      return false;
    };
    StorageManager.prototype.persisted = async () => false;
  });
  await firstVisit(phone);
  await phone.go('/check-in?node=s001');
  await phone.page.getByRole('button', { name: 'Check in', exact: true }).waitFor();
  expect(asked).toBe(0);
  await checkIn(phone, 's001');
  await expect.poll(() => asked).toBe(1);
  await checkIn(phone, 's001');
  await phone.go('/more');
  await expect(phone.page.getByRole('button', { name: 'Ask it to keep the data' })).toBeVisible();
  await expect(phone.page.getByText(/used of/)).toBeVisible();
  expect(asked).toBe(1);
});
