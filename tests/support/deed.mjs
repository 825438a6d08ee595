// What people do on the screens, by what they see there, in English.
import { expect } from './expect.mjs';
import { png } from './picture.mjs';

export const strip = (page) => page.locator('header.strip');
export const SETTLED = 'Everything is at the hub';

/** Does something that ends with a word at the bottom of the screen. */
async function andHear(page, words, deed) {
  const toast = page.locator('.toast');
  if (await toast.isVisible()) await toast.getByRole('button').click({ timeout: 2_000 }).catch(() => {});
  await expect(toast).toBeHidden();
  await deed();
  await expect(toast).toContainText(words);
}

const choose = (scope, words) => scope.locator('label').filter({ hasText: new RegExp(`^\\s*${words}\\s*$`) }).click();
const group = (page, legend) => page.locator('fieldset').filter({ has: page.locator('legend', { hasText: legend }) });

export async function firstVisit(phone) {
  await phone.go('/');
  await expect(phone.page.getByText('Works without a network.')).toBeVisible({ timeout: 30_000 });
}

/** Asks for the nearest places to a village or station. */
export async function findNearest(phone, place) {
  const { page } = phone;
  await phone.go('/place');
  await page.locator('.place-search .rows button').filter({ hasText: place }).click();
  await expect(page.getByText(`Measured from ${place}`)).toBeVisible();
  await expect(page.locator('article.answer')).toBeVisible();
}

export async function takeSeat(phone, seat) {
  const { page } = phone;
  await phone.go(`/seat#${seat.account}.${seat.password}`);
  await expect(page.getByLabel('Account')).toHaveValue(seat.account);
  await page.getByRole('button', { name: 'Take up this seat' }).click();
  await expect(page.getByRole('heading', { name: "This phone's seat" })).toBeVisible();
  await expect(page).toHaveURL(`${phone.origin}/seat`);
}

/** Takes up a manager's seat, and waits until the node's key is at the hub, which the app makes by itself: what is written and counted after that is a person's. */
export async function takeSeatWithKey(phone, hub, seat) {
  await takeSeat(phone, seat);
  await expect.poll(async () => (await hub.readingKeys()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await settled(phone);
}

export async function checkIn(phone, node, { duty = 'Reception', skills = [], name = '' } = {}) {
  const { page } = phone;
  await phone.go(`/check-in?node=${node}`);
  await choose(page, duty);
  for (const skill of skills) await choose(group(page, 'Able to do what'), skill);
  if (name) await page.getByLabel('Name').fill(name);
  await andHear(page, 'Saved on this phone', () => page.getByRole('button', { name: 'Check in', exact: true }).click());
}

/** Starts a procedure and returns the address of its run. */
export async function startRun(phone, node, sop) {
  const { page } = phone;
  await phone.go(`/checklist?node=${node}&sop=${sop}`);
  await page.locator('input[name=trigger]').first().check();
  await page.getByRole('button', { name: 'Start this procedure' }).click();
  await expect(page).toHaveURL(/\/run\/[0-9A-Z]{52}$/);
  return new URL(await page.url()).pathname;
}

const card = (page) => page.locator('article.card.now');

/** Answers the step on the card, if it asks, and ticks it. Returns its title. */
export async function doStep(page, { note = '' } = {}) {
  const step = page.locator('#step-title');
  const title = await step.innerText();
  if (await page.locator('#step-count').isVisible()) await page.locator('#step-count').fill('3');
  const answers = card(page).locator('label:has(input[name=answer])');
  if ((await answers.count()) > 0) await answers.first().click();
  if (note) {
    await card(page).getByRole('button', { name: 'Add a note' }).click();
    await page.getByLabel('Note').fill(note);
  }
  await card(page).getByRole('button', { name: 'Done', exact: true }).click();
  await expect(step).not.toHaveText(title);
  return title;
}

/** Says why the step on the card can't be done. Returns its title. */
export async function skipStep(page, reason) {
  const step = page.locator('#step-title');
  const title = await step.innerText();
  await card(page).getByRole('button', { name: "Can't be done" }).click();
  await choose(page.getByRole('dialog'), reason);
  await page.getByRole('button', { name: 'Mark as not possible' }).click();
  await expect(step).not.toHaveText(title);
  return title;
}

export async function fileReport(phone, node, { words = '', present = '', photo = false } = {}) {
  const { page } = phone;
  await phone.go(`/report?node=${node}`);
  await choose(page, 'Today');
  if (present) await page.getByLabel('Present').fill(present);
  if (words) await page.getByLabel('In your own words').fill(words);
  if (photo) {
    const file = { name: 'photo.png', mimeType: 'image/png', buffer: png(2000, 1500) };
    await page.locator('input[type=file][accept="image/*"]').setInputFiles(file);
    await expect(page.getByAltText('The photo to be attached')).toBeVisible();
  }
  await andHear(page, 'Saved on this phone', () => page.getByRole('button', { name: 'File the report' }).click());
}

export async function setState(phone, node, state) {
  const { page } = phone;
  await phone.go(`/status?node=${node}`);
  await choose(group(page, 'State now'), state);
  await choose(group(page, 'Water'), 'Yes');
  await andHear(page, 'Saved on this phone', () => page.getByRole('button', { name: 'Update', exact: true }).click());
}

/** Opens "My records" and waits until they have these fates, newest first: words, or an expression. */
export async function expectFates(phone, fates) {
  await phone.go('/records');
  await expect(phone.page.locator('a.record .head .pill')).toHaveText(fates);
}

/** Waits until the hub has given a receipt for everything. */
export async function settled(phone, patience = 30_000) {
  await expect(strip(phone.page)).toContainText(SETTLED, { timeout: patience });
}

/** Takes up a manager's seat and works with it until everything has arrived: one report, and the node's key, which the app makes by itself. */
export async function atWork(phone, hub, seat) {
  await firstVisit(phone);
  await takeSeat(phone, seat);
  await fileReport(phone, seat.nodes[0], { present: '1' });
  await expect.poll(async () => (await hub.readingKeys()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await settled(phone);
}
