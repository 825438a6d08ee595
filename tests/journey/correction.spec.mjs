// A place's entry is wrong: a volunteer says so, everybody sees what was until a coordinator agrees, and then what is, also without a network.
import { readFileSync } from 'node:fs';
import { faultsOn } from '../support/axe.mjs';
import { expect, test } from '../support/journey.mjs';
import { findNearest, firstVisit, settled, takeSeat } from '../support/deed.mjs';
import { camera, photograph } from '../support/invitation.mjs';
import { nodesBuiltFrom } from '../support/pack.mjs';

const NAME = 'Sea Breeze Mart, Harbourfront';
const NEARBY = 'Dawn Harbour Ferry Hall';
const SHUT = 'This place is closed for good.';
const toast = (page) => page.locator('.toast');

async function phones(open, hub) {
  const [volunteer, coordinator, citizen] = [await open(), await open(), await open()];
  for (const phone of [volunteer, coordinator, citizen]) await firstVisit(phone);
  await takeSeat(volunteer, hub.seatsOf('volunteer', 's001')[0]);
  await takeSeat(coordinator, hub.seatsOf('coordinator')[0]);
  return { volunteer, coordinator, citizen };
}

/** Opens the form from the node's page, chooses what is wrong, and does the rest. */
async function report({ page }, what, rest = async () => {}) {
  await page.getByRole('link', { name: 'Something here is wrong' }).click();
  await expect(page.getByRole('heading', { name: 'Report a wrong entry' })).toBeVisible();
  await page.locator('label.check').filter({ hasText: what }).click();
  await rest(page);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(toast(page)).toContainText('Saved on this phone');
}

/** Takes the registry away, as one kind of file. */
async function takenAway(page, button, end) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^civmesh-nodes-exercise-.*\\.${end}$`));
  return readFileSync(await download.path(), 'utf8');
}

const label = (page, text) => page.locator('label.check').filter({ hasText: text });
const card = (page) => page.locator('article.card').filter({ hasText: NAME });
const going = (page) => page.locator('a[href^="/going/s001"]');

test('a place that is closed for good is so for everybody once a coordinator agrees', async ({ open, hub }) => {
  test.setTimeout(180_000);
  const { volunteer, coordinator, citizen } = await phones(open, hub);
  await findNearest(citizen, NEARBY);
  await expect(citizen.page.locator('a[href^="/node/s001"], a[href^="/going/s001"]').first()).toBeVisible();

  await volunteer.offline();
  await volunteer.go('/node/s001');
  await report(volunteer, 'Closed for good', (page) => page.getByLabel('In your own words').fill('The shutter is welded.'));
  await expect(volunteer.page.locator('main a[href^="/records/"]')).toContainText('Closed for good');
  expect(await faultsOn(volunteer.page)).toEqual([]);
  await volunteer.offline(false);
  await settled(volunteer);

  // Nobody has agreed yet.
  await citizen.go('/node/s001');
  await expect(going(citizen.page)).toBeVisible();
  await expect(citizen.page.getByText(SHUT)).toHaveCount(0);
  const published = async () => (await hub.ask('GET', `/civmesh-${hub.region}-public/_all_docs`)).rows.filter(({ id }) => id.startsWith('registry:'));
  expect(await published()).toEqual([]);

  await coordinator.go('/more');
  await coordinator.page.locator('a[href="/correction"]').click();
  await expect(card(coordinator.page)).toContainText('in use', { timeout: 30_000 });
  await expect(card(coordinator.page)).toContainText('The shutter is welded.', { timeout: 30_000 });
  expect(await faultsOn(coordinator.page)).toEqual([]);
  await card(coordinator.page).getByRole('button', { name: 'Accept' }).click();
  await expect(toast(coordinator.page)).toContainText('Accepted.');
  await expect(coordinator.page.getByText('Nothing to decide')).toBeVisible();
  await settled(coordinator);
  await expect.poll(async () => (await published()).length, { timeout: 30_000 }).toBe(1);

  // One sync each, and then without a network.
  for (const phone of [volunteer, citizen]) {
    await phone.go('/node/s001');
    await expect(phone.page.getByText(SHUT)).toBeVisible({ timeout: 30_000 });
    await phone.offline();
    await phone.restart();
    await phone.go('/node/s001');
    await expect(phone.page.getByText(SHUT)).toBeVisible();
    await expect(going(phone.page)).toHaveCount(0);
  }
  await findNearest(citizen, NEARBY);
  await expect(citizen.page.locator('a[href^="/node/s001"], a[href^="/going/s001"]')).toHaveCount(0);

  // It was a mistake.
  await coordinator.page.getByRole('button', { name: 'Take back' }).click();
  await expect(toast(coordinator.page)).toContainText('Taken back.');
  await settled(coordinator);
  await expect.poll(async () => (await published()).length, { timeout: 30_000 }).toBe(2);
  await citizen.offline(false);
  await citizen.go('/node/s001');
  await expect(going(citizen.page)).toBeVisible({ timeout: 30_000 });
});

test('a place that is somewhere else is shown there, and one that is declined is not', async ({ open, hub }) => {
  test.setTimeout(180_000);
  const { volunteer, coordinator, citizen } = await phones(open, hub);
  await volunteer.go('/node/s001');
  await report(volunteer, 'It is somewhere else', async (page) => {
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByText('Choose where it really is.')).toBeVisible();
    await page.getByLabel('Or type a village').fill('Sea Breeze Mart, Pier');
    await page.locator('fieldset button.row').first().click();
    await expect(page.getByText('Chosen: Sea Breeze Mart, Pier')).toBeVisible();
  });
  await volunteer.go('/node/s001');
  await expect(volunteer.page.getByText('1 to decide')).toBeVisible();
  await report(volunteer, 'The same place as another node', (page) => page.locator('label.check').filter({ hasText: 'Sea Breeze Mart, Pier' }).click());
  await settled(volunteer);

  await coordinator.go('/correction');
  const { page } = coordinator;
  await expect(card(page)).toHaveCount(2, { timeout: 30_000 });
  const moved = card(page).filter({ hasText: 'It is somewhere else' });
  await expect(moved).toContainText(/m to the (south-)?west/);
  // Old and new side by side on a map of lines: the new one to the west.
  const marks = moved.locator('svg.sketch .mark');
  await expect(marks).toHaveCount(2);
  const east = await marks.evaluateAll((marks) => Object.fromEntries(marks.map((mark) => [mark.textContent, Number(mark.querySelector('circle').getAttribute('cx'))])));
  expect(east[2]).toBeLessThan(east[1]);
  await card(page).filter({ hasText: 'The same place as' }).getByRole('button', { name: 'Decline' }).click();
  await expect(toast(page)).toContainText('Declined.');
  await moved.getByRole('button', { name: 'Accept' }).click();
  await expect(toast(page)).toContainText('Accepted.');
  await settled(coordinator);

  await citizen.go('/node/s001');
  await expect(citizen.page.getByText(/Position corrected: .* to the (south-)?west/)).toBeVisible({ timeout: 30_000 });
  await expect(citizen.page.getByText('22.99736, 124.47945')).toBeVisible();
  await expect(going(citizen.page)).toBeVisible();

  // The registry goes out with it, without a network, and the next pack has it.
  await coordinator.offline();
  expect(await faultsOn(page)).toEqual([]);
  const csv = await takenAway(page, 'Save as CSV', 'csv');
  expect(csv).toMatch(/\r\ns001,convenience_store,海風便利商店 港前門市,"Sea Breeze Mart, Harbourfront",.*,22\.9973610,124\.4794480,/);
  expect(csv).toContain('CC0-1.0,');
  expect(nodesBuiltFrom(csv, 'csv')).toBe(csv);
  const geojson = await takenAway(page, 'Save as GeoJSON', 'geojson');
  const there = JSON.parse(geojson).features.find(({ id }) => id === 's001');
  expect(there.geometry.coordinates).toEqual([124.479448, 22.997361]);
  expect(there.properties).toMatchObject({ kind: 'convenience_store', capacity: 35, safe_from: null });
  expect(there.properties).not.toHaveProperty('lat');
  expect(nodesBuiltFrom(geojson, 'geojson')).toBe(geojson);
});

test('somebody without an account makes a code of it, and staff send it in their own name', async ({ open, hub }) => {
  test.setTimeout(180_000);
  const [volunteer, citizen] = [await open(), await open()];
  for (const phone of [volunteer, citizen]) await firstVisit(phone);
  await takeSeat(volunteer, hub.seatsOf('volunteer', 's001')[0]);
  for (const phone of [volunteer, citizen]) await phone.offline();

  await citizen.go('/node/s001');
  await citizen.page.getByRole('link', { name: 'Something here is wrong' }).click();
  await expect(citizen.page.getByText('You have no account here')).toBeVisible();
  await citizen.page.getByRole('button', { name: 'Make a code of it' }).click();
  await expect(citizen.page.getByText('First choose what is wrong.')).toBeVisible();
  await label(citizen.page, 'It is somewhere else').click();
  await citizen.page.getByLabel('Or type a village').fill('22.99736, 124.47945');
  await citizen.page.locator('fieldset button.row').first().click();
  await citizen.page.getByLabel('In your own words').fill('It is on the other side of the street now.');
  await citizen.page.getByRole('button', { name: 'Make a code of it' }).click();
  await expect(citizen.page.getByRole('heading', { name: 'Show this code to the staff' })).toBeFocused();
  expect(await faultsOn(citizen.page)).toEqual([]);

  // A code of another kind is none; this one opens the form, whichever place it is about.
  await volunteer.go('/more');
  await volunteer.page.locator('a[href="/correction"]').click();
  await volunteer.page.getByText('Did it come as a message?').click();
  await volunteer.page.locator('#claim-text').fill('https://example.org/badge#b.AAAA');
  await volunteer.page.getByRole('button', { name: 'Read it' }).click();
  await expect(volunteer.page.getByText('No such code was read.').first()).toBeVisible();
  await photograph(citizen, camera(volunteer.page));
  await expect(volunteer.page.getByText('nobody has checked it')).toBeVisible();
  await expect(volunteer.page.getByText('Chosen: 22.99736, 124.47945')).toBeVisible();
  await expect(volunteer.page.getByLabel('In your own words')).toHaveValue('It is on the other side of the street now.');
  expect(await faultsOn(volunteer.page)).toEqual([]);
  await volunteer.page.getByRole('button', { name: 'Send' }).click();
  await expect(toast(volunteer.page)).toContainText('Saved on this phone');
  await volunteer.offline(false);
  await settled(volunteer);

  // What was changed since is not what the code says.
  await citizen.page.getByLabel('In your own words').fill('It moved.');
  await expect(citizen.page.locator('.qr')).toHaveCount(0);
});
