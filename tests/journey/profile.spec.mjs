// Several people share one phone, each behind a PIN of their own. What names people is encrypted on it, and being unlocked and being logged in
// are two things.
import { expect, test } from '../support/journey.mjs';
import { checkIn, fileReport, firstVisit, settled, strip } from '../support/deed.mjs';
import { deriveKey } from '../support/blake3.mjs';
import { search } from '../support/files.mjs';
import {
  addPasskey, addPerson, askForPasskey, byPasskey, changePin, lock, locked, press, setDuress, setPin, stayInside, takeSeatByHand, unlock,
  unlockByPasskey, withAuthenticator,
} from '../support/profile.mjs';

// Long, so that no other digits in a browser's files are them by chance.
const [PIN, OTHER_PIN, DURESS] = ['274913805264', '931747260851', '602918374465'];
const [NAME, OTHER_NAME, WORDS] = ['Quxley Zimmervogt', '歐陽翡翠', 'Wyvernlike smoke behind the Oxbowyard'];
const WRONG = '111222';

/** A phone whose first person has a PIN from the beginning, and a seat. */
async function withPin(open, seat, options) {
  const phone = await open(options);
  await firstVisit(phone);
  stayInside(phone);
  await setPin(phone, PIN);
  await takeSeatByHand(phone, seat);
  return phone;
}

/** What is kept of each profile's gate: its names. */
const gates = (page) =>
  page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const opened = await done(indexedDB.open('civmesh'));
    const kept = await done(opened.transaction('meta').objectStore('meta').get('value:profiles'));
    opened.close();
    return kept ? JSON.parse(kept).list.map(({ gate }) => Object.keys(gate ?? {}).sort()) : [];
  });

/** What is in the object stores of the app's database: counts, and the names of small values. */
const database = (page) =>
  page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const opened = await done(indexedDB.open('civmesh'));
    const stores = [...opened.objectStoreNames];
    const tx = opened.transaction(stores);
    const counts = await Promise.all(stores.map(async (name) => [name, await done(tx.objectStore(name).count())]));
    const meta = await done(tx.objectStore('meta').getAllKeys());
    opened.close();
    return { ...Object.fromEntries(counts), meta };
  });

test('two people share a phone: each sees what their keys open, and locked its files say nothing of anybody', async ({ open, hub }) => {
  test.slow();
  const [manager] = hub.seatsOf('manager', 's001');
  const [other] = hub.seatsOf('manager', 'e001');
  const phone = await withPin(open, manager);
  const { page } = phone;
  await checkIn(phone, 's001', { name: NAME });
  await expect(page.locator('main')).toContainText(NAME);
  await fileReport(phone, 's001', { words: WORDS });
  await settled(phone);

  await addPerson(phone, OTHER_PIN);
  await expect(page.locator('.holder')).toContainText('Umbrella');
  await takeSeatByHand(phone, other);
  await checkIn(phone, 'e001', { name: OTHER_NAME });
  await expect(page.locator('main')).toContainText(OTHER_NAME);
  await settled(phone);
  // What the first one wrote is here, and closed.
  await phone.go('/check-in?node=s001');
  await expect(page.locator('main')).not.toContainText(NAME);
  await lock(phone);
  await unlock(phone, PIN, 'Kite');
  await phone.go('/check-in?node=s001');
  await expect(page.locator('main')).toContainText(NAME);
  await phone.go('/check-in?node=e001');
  await expect(page.locator('main')).not.toContainText(OTHER_NAME);
  // Each wrote under their own key, through their own account.
  const [theirs, others] = [await hub.verified(manager), await hub.verified(other)];
  const broughtBy = ({ kind, _id }) => [kind, _id.split(':')[1]];
  expect(theirs.map(broughtBy)).toEqual([['check_in', manager.account], ['report', manager.account]]);
  expect(others.map(broughtBy)).toEqual([['check_in', other.account]]);

  await phone.go('/check-in?node=s001');
  await lock(phone);
  await expect(page.locator('main')).not.toContainText(NAME);
  await phone.context.close();
  const seed = ({ account, password }) => Buffer.from(deriveKey('civmesh 2026 seat device key v1', Buffer.from(`${account}\n${password}`)));
  const { found, count } = search(phone.profile, {
    name: NAME, given: NAME.split(' ')[0], family: NAME.split(' ')[1], other: OTHER_NAME, words: WORDS, smoke: WORDS.slice(0, 10), yard: WORDS.slice(-9),
    pin: PIN, half: PIN.slice(0, 9), otherPin: OTHER_PIN, rest: OTHER_PIN.slice(3),
    password: manager.password, piece: manager.password.slice(0, 14), otherPassword: other.password, otherPiece: other.password.slice(-14),
    seed: seed(manager), otherSeed: seed(other),
    // What everybody may know is found, so the search looks where it should, and in the right way.
    account: manager.account, event: theirs[0].id,
  });
  expect(count).toBeGreaterThan(50);
  expect(Object.keys(found).sort()).toEqual(['account', 'event']);
});

test('the same search finds the password on a phone without a PIN', async ({ open, hub }) => {
  const [manager] = hub.seatsOf('manager', 's001');
  const phone = await open();
  await firstVisit(phone);
  stayInside(phone);
  await takeSeatByHand(phone, manager);
  await expect(strip(phone.page)).toContainText('Connected');
  await phone.context.close();
  const { found } = search(phone.profile, { password: manager.password });
  expect(found.password.some((path) => path.includes('IndexedDB'))).toBe(true);
});

test('wrong PINs slow down, and neither a reload nor the clock helps', async ({ open, hub }) => {
  const phone = await open();
  const { page } = phone;
  await page.clock.install();
  await firstVisit(phone);
  stayInside(phone);
  await setPin(phone, PIN);
  await lock(phone);
  for (let tries = 0; tries < 4; tries += 1) {
    await press(page, WRONG, 'Unlock');
    await expect(page.locator('.error')).toContainText('That PIN is wrong');
    if (tries < 3) await expect(page.getByText('Try again in')).toBeHidden();
  }
  await expect(page.getByText(/Try again in 1\d seconds/)).toBeVisible();
  // The right one is not taken either.
  await expect(page.locator('.pin-pad .key').first()).toHaveAttribute('aria-disabled', 'true');
  await page.clock.setSystemTime(Date.now() + 3 * 365 * 86_400_000);
  await page.reload();
  await expect(page.getByText(/Try again in (1\d|[5-9]) seconds/)).toBeVisible();
  await page.clock.fastForward(16_000);
  await expect(page.getByText('Try again in')).toBeHidden();
  await press(page, WRONG, 'Unlock');
  await expect(page.getByText(/Try again in (30|2\d) seconds/)).toBeVisible();
  await page.clock.fastForward(31_000);
  await expect(page.getByText('Try again in')).toBeHidden();
  await unlock(phone, PIN);
  await expect(page.locator('.toast')).toContainText('wrong PINs were tried');
});

test('a phone that nobody touches locks, and what was half written is there afterwards', async ({ open, hub }) => {
  const phone = await open();
  const { page } = phone;
  await page.clock.install();
  await firstVisit(phone);
  stayInside(phone);
  await setPin(phone, PIN);
  await phone.go('/report?node=s001');
  await page.getByLabel('In your own words').fill(WORDS);
  await page.clock.fastForward(4 * 60_000);
  await page.locator('h1').click();
  await page.clock.fastForward(4 * 60_000);
  await expect(page.getByLabel('In your own words')).toBeVisible();
  await page.clock.fastForward(70_000);
  await expect(locked(page)).toBeVisible();
  await expect(page.getByLabel('In your own words')).toBeHidden();
  await unlock(phone, PIN);
  await expect(page.getByLabel('In your own words')).toHaveValue(WORDS);
  await lock(phone);
  // Whoever is looking for a place is not asked for anything.
  await phone.go('/');
  await expect(page.locator('article.answer')).toBeVisible();
});

test('the outbox goes out while the phone is locked, until the session ends; then it waits for the PIN and says so', async ({ open, hub }) => {
  const [manager] = hub.seatsOf('manager', 's001');
  const phone = await withPin(open, manager);
  const { page } = phone;
  await expect(strip(page)).toContainText('Connected');
  await phone.offline();
  await fileReport(phone, 's001', { words: WORDS });
  await lock(phone);
  await phone.offline(false);
  await settled(phone);
  await expect(locked(page)).toBeVisible();
  expect((await hub.verified(manager)).map(({ kind, parts }) => [kind, parts.length])).toEqual([['report', 1]]);

  await unlock(phone, PIN);
  await phone.offline();
  await fileReport(phone, 's001', { present: '3' });
  await lock(phone);
  await phone.context.clearCookies();
  await phone.offline(false);
  await expect(strip(page)).toContainText('unlock to send');
  await expect(page.getByText('The session at the hub has ended')).toBeVisible();
  await unlock(phone, PIN);
  await settled(phone);
  expect(await hub.verified(manager)).toHaveLength(2);
});

test('the PIN under duress leaves a phone as a citizen has it', async ({ open, hub }) => {
  const [manager] = hub.seatsOf('manager', 's001');
  const phone = await withPin(open, manager);
  const { page } = phone;
  await checkIn(phone, 's001', { name: NAME });
  await settled(phone);
  await phone.offline();
  await fileReport(phone, 's001', { words: WORDS });
  await setDuress(phone, PIN, DURESS);
  await lock(phone);
  await press(page, DURESS, 'Unlock');
  await page.waitForURL(`${phone.origin}/`);
  await expect(page.locator('article.answer')).toBeVisible();
  await expect(page.locator('main li').nth(10)).toBeVisible();

  await phone.go('/records');
  await expect(page.locator('a.record')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Locked' })).toHaveCount(0);
  await phone.go('/seat');
  await expect(page.getByLabel('Account')).toBeVisible();
  const left = await database(page);
  for (const name of ['authors', 'ends', 'keys', 'outbox', 'parts', 'receipts']) expect([name, left[name]]).toEqual([name, 0]);
  expect(left.packs).toBeGreaterThan(0);
  expect(left.meta.filter((key) => /profile|seat|device|secret|node-s001|-ops/.test(key))).toEqual([]);
  const kept = await page.evaluate(() => Object.keys(localStorage).sort());
  expect(kept.filter((key) => !/language|theme|region|hint/.test(key))).toEqual([]);
  // With a network it is a citizen's phone too.
  await phone.offline(false);
  await phone.page.reload();
  await expect(strip(page)).toContainText('Connected');
  expect((await database(page)).parts).toBe(0);
});

test('a passkey opens a profile without a network; where the device recognises nobody the PIN does, and locked the files say nothing', async ({ open, hub }) => {
  test.slow();
  const [manager] = hub.seatsOf('manager', 's001');
  const phone = await withPin(open, manager, { host: 'localhost' });
  const { page } = phone;
  const device = await withAuthenticator(phone);
  await checkIn(phone, 's001', { name: NAME });
  await settled(phone);
  const [{ id: event }] = await hub.verified(manager);
  await addPasskey(phone, PIN);
  const [credential, ...more] = await device.credentials();
  expect(more).toEqual([]);
  expect(credential).toMatchObject({ rpId: 'localhost', userName: 'Kite', userDisplayName: 'Kite' });

  await phone.offline();
  await lock(phone);
  await phone.go('/check-in?node=s001');
  await expect(page.locator('main')).not.toContainText(NAME);
  await unlockByPasskey(phone);
  await expect(page.locator('main')).toContainText(NAME);
  // Its seat is there too: a record is written and sent.
  await fileReport(phone, 's001', { present: '3' });
  await phone.offline(false);
  await settled(phone);
  expect(await hub.verified(manager)).toHaveLength(2);
  await phone.offline();

  // Another PIN leaves the passkey as it is; and it is not slowed down by wrong PINs, of which whoever comes in is told.
  await changePin(phone, PIN, OTHER_PIN);
  await lock(phone);
  for (let tries = 0; tries < 4; tries += 1) {
    await press(page, WRONG, 'Unlock');
    await expect(page.locator('.error')).toContainText('That PIN is wrong');
  }
  await expect(page.getByText(/Try again in 1\d seconds/)).toBeVisible();
  await unlockByPasskey(phone);
  await expect(page.locator('.toast')).toContainText('wrong PINs were tried');
  await phone.go('/check-in?node=s001');
  await expect(page.locator('main')).toContainText(NAME);
  await lock(phone);
  await device.recognisesNobody();
  await byPasskey(page).click();
  await expect(page.locator('.error')).toContainText('Not unlocked');
  await expect(locked(page)).toBeVisible();
  await expect(page.locator('main')).not.toContainText(NAME);
  await unlock(phone, OTHER_PIN);
  await expect(page.locator('main')).toContainText(NAME);
  await lock(phone);

  await phone.context.close();
  const { found, count } = search(phone.profile, {
    name: NAME, given: NAME.split(' ')[0], family: NAME.split(' ')[1], pin: PIN, otherPin: OTHER_PIN,
    password: manager.password, piece: manager.password.slice(0, 14),
    // What everybody may know is found. The credential's name is there, its key is the device's.
    account: manager.account, event, credential: Buffer.from(credential.credentialId, 'base64'), key: Buffer.from(credential.privateKey, 'base64'),
  });
  expect(count).toBeGreaterThan(50);
  expect(Object.keys(found).sort()).toEqual(['account', 'credential', 'event']);
});

test('a passkey is of one profile only, and goes with it: removed, or erased under duress', async ({ open, hub }) => {
  test.slow();
  const phone = await open({ host: 'localhost' });
  const { page } = phone;
  await firstVisit(phone);
  stayInside(phone);
  await withAuthenticator(phone);
  await setPin(phone, PIN);
  await addPasskey(phone, PIN);
  await addPerson(phone, OTHER_PIN);
  await lock(phone);
  // The second one has none, the first one still has.
  await expect(page.locator('.pin-pad')).toBeVisible();
  await expect(byPasskey(page)).toHaveCount(0);
  await page.locator('.signs label').filter({ hasText: 'Kite' }).click();
  await unlockByPasskey(phone);
  await expect(page.locator('.holder')).toContainText('Kite');

  await phone.go('/profiles');
  await page.getByRole('button', { name: 'Remove the passkey' }).click();
  await expect(page.locator('.toast')).toContainText('Only the PIN unlocks now');
  expect((await gates(page)).flat()).not.toContain('passkey');
  await lock(phone);
  await expect(page.locator('.pin-pad')).toBeVisible();
  await expect(byPasskey(page)).toHaveCount(0);
  await unlock(phone, PIN);

  await addPasskey(phone, PIN);
  expect((await gates(page)).flat()).toContain('passkey');
  await setDuress(phone, PIN, DURESS);
  await lock(phone);
  await press(page, DURESS, 'Unlock');
  await page.waitForURL(`${phone.origin}/`);
  await expect(page.locator('article.answer')).toBeVisible();
  expect(await gates(page)).toEqual([]);
  await phone.go('/profiles');
  await expect(page.getByRole('button', { name: 'Set a PIN' })).toBeVisible();
  await expect(locked(page)).toBeHidden();
});

test('a device that gives its secret only when asked is asked once, and where one gives none the app says so and keeps nothing', async ({ open, hub }) => {
  const phone = await open({ host: 'localhost' });
  const { page } = phone;
  // Some browsers give nothing while they make a passkey.
  await phone.context.addInitScript(() => {
    const { create, get } = CredentialsContainer.prototype;
    window.asked = 0;
    CredentialsContainer.prototype.create = async function (options) {
      const made = await create.call(this, options);
      made.getClientExtensionResults = () => ({ prf: { enabled: true } });
      return made;
    };
    CredentialsContainer.prototype.get = function (options) {
      window.asked += 1;
      return get.call(this, options);
    };
  });
  await firstVisit(phone);
  stayInside(phone);
  await setPin(phone, PIN);
  const without = await withAuthenticator(phone, { prf: false });
  await askForPasskey(phone, PIN);
  await expect(page.locator('.error')).toContainText("This device or browser can't do it");
  expect(await page.evaluate(() => window.asked)).toBe(1);
  expect((await gates(page)).flat()).not.toContain('passkey');
  await without.end();
  const stranger = await withAuthenticator(phone);
  await stranger.recognisesNobody();
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await expect(page.locator('.error')).toContainText('Not set up');
  expect((await gates(page)).flat()).not.toContain('passkey');
  await stranger.end();
  await withAuthenticator(phone);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await expect(page.locator('.toast')).toContainText('fingerprint, face or device lock unlock it too');
  expect(await page.evaluate(() => window.asked)).toBe(2);
  await lock(phone);
  await unlockByPasskey(phone);
});

test('a phone from before there were profiles keeps its seat and its key', async ({ open, hub }) => {
  const [manager] = hub.seatsOf('manager', 's001');
  const phone = await open();
  const { page } = phone;
  await firstVisit(phone);
  // As the version before wrote it.
  const seat = { account: manager.account, password: manager.password, region: hub.region, hub_roles: ['manager', 'node:s001'], key: 'seat' };
  await page.evaluate(async (seat) => {
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const opened = await done(indexedDB.open('civmesh'));
    await done(opened.transaction('meta', 'readwrite').objectStore('meta').put(JSON.stringify(seat), 'value:seat'));
    opened.close();
  }, seat);
  await phone.restart();
  await phone.go('/seat');
  await expect(phone.page.getByText(manager.account)).toBeVisible();
  // Once it knows who is to read a name.
  await expect(strip(phone.page)).toContainText(/Connected|Everything is at the hub/, { timeout: 30_000 });
  await checkIn(phone, 's001', { name: NAME });
  await settled(phone);
  const [written] = await hub.verified(manager);
  expect(written.kind).toBe('check_in');
  const { meta } = await database(phone.page);
  expect(meta).not.toContain('value:seat');
  expect(meta.filter((key) => /^value:profile:.*:seat$/.test(key))).toHaveLength(1);
  // It goes on without a PIN, and can have one.
  await phone.go('/records');
  await expect(phone.page.locator('a.record')).toHaveCount(1);
  stayInside(phone);
  await setPin(phone, PIN);
  await phone.page.reload();
  await expect(locked(phone.page)).toBeVisible();
  await unlock(phone, PIN);
  await checkIn(phone, 's001', { name: OTHER_NAME });
  await settled(phone);
  expect((await hub.verified(manager)).map(({ sequence }) => sequence)).toEqual([1, 2]);
});
