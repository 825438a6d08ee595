// What is closed or dangerous now: a coordinator declares it, everybody has it after one sync, ways lead around it offline, and it ends.
import { faultsOn } from '../support/axe.mjs';
import { expect, test as base } from '../support/journey.mjs';
import { firstVisit, settled, takeSeat } from '../support/deed.mjs';
import { STANDS, moveToTown, withTown } from '../support/town.mjs';

const test = base.extend(withTown);
const NORTH = '25.004,121.501';
const SOUTH = '24.996, 121.501';
const toast = (page) => page.locator('.toast');
const label = (page, words) => page.locator('label.check').filter({ hasText: words });
const card = (page, title) => page.locator('article.card').filter({ hasText: title });
const route = (page) => page.getByRole('region', { name: 'The way on foot' });
const streets = async (page) => {
  await expect(route(page).locator('summary')).toBeVisible({ timeout: 30_000 });
  await route(page).locator('summary').click();
  return route(page).locator('ol li .grow').allTextContents();
};

/** Waits until the list of what stands has these titles, in whatever order. */
async function listed(phone, ...titles) {
  await phone.go('/danger');
  await expect(phone.page.locator('article.card h3')).toHaveCount(titles.length, { timeout: 30_000 });
  for (const title of titles) await expect(card(phone.page, title)).toBeVisible();
}

async function declare(page) {
  await page.getByRole('button', { name: 'Declare', exact: true }).click();
  await expect(toast(page)).toContainText('Declared.');
  await expect(page.getByRole('heading', { name: 'Dangers and closures now' })).toBeVisible();
}

test('a closed bridge is walked around by everybody, offline, until it is open again', async ({ open, hub, town }) => {
  test.setTimeout(240_000);
  const coordinator = await open();
  const citizen = await open({ at: { ...STANDS, accuracy: 10 } });
  for (const phone of [coordinator, citizen]) await firstVisit(phone);
  await takeSeat(coordinator, hub.seatsOf('coordinator')[0]);
  for (const phone of [coordinator, citizen]) await moveToTown(phone, town);
  await citizen.go('/');
  await citizen.page.getByRole('button', { name: /my position/i }).click();
  await expect(citizen.page.getByText(/Riverside Village|Measured from your position/).first()).toBeVisible();
  await citizen.go('/going/a001');
  expect((await streets(citizen.page))[1]).toBe('Turn right into North Bridge');

  // Where there is no network, and by coordinates: a map is not needed.
  await coordinator.offline();
  await coordinator.go(`/declare?at=${NORTH}`);
  await expect(coordinator.page.getByText('Chosen: 25.00400, 121.50100')).toBeVisible();
  await coordinator.page.getByRole('button', { name: 'Declare', exact: true }).click();
  await expect(coordinator.page.getByText('Choose how it is there.')).toBeVisible();
  await label(coordinator.page, /^10 m$/).click();
  await label(coordinator.page, 'Closed: nobody passes').click();
  await coordinator.page.getByLabel('What people call it').fill('North Bridge');
  expect(await faultsOn(coordinator.page)).toEqual([]);
  await declare(coordinator.page);
  await expect(card(coordinator.page, 'North Bridge')).toContainText('Until it is withdrawn');
  expect(await faultsOn(coordinator.page)).toEqual([]);
  await coordinator.offline(false);
  await settled(coordinator);

  await listed(citizen, 'North Bridge');
  await expect(card(citizen.page, 'North Bridge')).toContainText(/verified.*coordinator/i);
  await expect(citizen.page.getByRole('button', { name: 'Withdraw' })).toHaveCount(0);
  await citizen.offline();
  await citizen.restart();
  await citizen.go('/going/a001');
  expect((await streets(citizen.page))[1]).toBe('Turn left into South Bridge');
  await expect(route(citizen.page)).toContainText('Goes around: North Bridge (Closed: nobody passes)');

  // The other one floods; how deep decides.
  await coordinator.go('/declare');
  await coordinator.page.getByLabel('Or type a village').fill(SOUTH);
  await coordinator.page.locator('fieldset button.row').first().click();
  await label(coordinator.page, 'A hazard is there now').click();
  await coordinator.page.getByLabel('Depth of water').fill('45');
  await coordinator.page.getByLabel('What people call it').fill('South Bridge');
  await declare(coordinator.page);
  await expect(card(coordinator.page, 'South Bridge')).toContainText('at least 0.45 m deep');
  await settled(coordinator);
  await citizen.offline(false);
  await listed(citizen, 'North Bridge', 'South Bridge');
  await citizen.offline();
  await citizen.go('/going/a001');
  await expect(route(citizen.page).getByRole('alert')).toContainText('No way around what is dangerous or closed is known', { timeout: 30_000 });
  await expect(route(citizen.page).getByRole('alert')).toContainText('It leads through: North Bridge');
  await citizen.go('/');
  await expect(citizen.page.locator('.rows .row').filter({ hasText: 'Across School' })).toContainText('No way on foot');

  for (const bridge of ['North Bridge', 'South Bridge']) {
    await coordinator.go('/danger');
    await card(coordinator.page, bridge).getByRole('button', { name: 'Withdraw' }).click();
    await coordinator.page.getByRole('dialog').getByRole('button', { name: 'Withdraw it' }).click();
    await expect(toast(coordinator.page)).toContainText('Withdrawn.');
    await expect(card(coordinator.page, bridge)).toHaveCount(0);
  }
  await settled(coordinator);
  await citizen.offline(false);
  await citizen.go('/danger');
  await expect(citizen.page.getByText('Nothing is declared dangerous or closed now')).toBeVisible({ timeout: 30_000 });
  await expect(citizen.page.getByText('Withdrawn', { exact: false }).first()).toBeVisible();
  await citizen.offline();
  await citizen.go('/going/a001');
  expect((await streets(citizen.page))[1]).toBe('Turn right into North Bridge');
});

const square = (lon, lat, side = 0.002) =>
  [[[lon - side, lat - side], [lon + side, lat - side], [lon + side, lat + side], [lon - side, lat + side], [lon - side, lat - side]]];
const feature = (type, coordinates) => ({ type: 'Feature', properties: {}, geometry: { type, coordinates } });

test('a map of areas is imported, drawn and listed, and marks the places that lie in it', async ({ open, hub }) => {
  test.setTimeout(240_000);
  const coordinator = await open();
  const citizen = await open({ draws: true });
  for (const phone of [coordinator, citizen]) await firstVisit(phone);
  await takeSeat(coordinator, hub.seatsOf('coordinator')[0]);
  const { page } = coordinator;
  await coordinator.go('/danger');
  await page.getByRole('link', { name: 'Import a map of areas' }).click();
  const take = (name, text) => page.locator('#area-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await take('nodes.csv', 'id,kind\n1,flood');
  await expect(page.getByText('This is not a GeoJSON file.')).toBeVisible();
  const features = [feature('Polygon', square(124.500047, 22.999849)), feature('Polygon', square(22.999849, 124.500047)), feature('Point', [124.5, 23])];
  await take('water at ten.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
  await expect(page.getByText('Outlines: 1 · records: 1')).toBeVisible();
  await expect(page.getByText('No. 2: latitude stands before longitude')).toBeVisible();
  await expect(page.getByText('No. 3: no polygon')).toBeVisible();
  await label(page, 'A hazard is there now').click();
  await expect(page.getByLabel('What people call it')).toHaveValue('water at ten');
  expect(await faultsOn(page)).toEqual([]);
  await declare(page);
  await settled(coordinator);

  await listed(citizen, 'water at ten');
  await citizen.offline();
  await citizen.go('/node/s002');
  await expect(citizen.page.getByRole('alert').filter({ hasText: 'lies in an area' })).toContainText('water at ten (Typhoon, flood, heavy)');
  // Going there is still to be had, and no longer what is suggested.
  await expect(citizen.page.getByRole('link', { name: 'I am going here' })).not.toHaveClass(/primary/);
  expect(await faultsOn(citizen.page)).toEqual([]);
  await citizen.go('/danger');
  await card(citizen.page, 'water at ten').getByRole('link', { name: 'Show on the map' }).click();
  await expect(citizen.page.locator('.map[data-state=drawn]')).toBeVisible({ timeout: 45_000 });
  const seen = (layer) => citizen.page.evaluate((layer) => document.querySelector('.map').map.seen(layer).length, layer);
  await expect.poll(() => seen('declared-edge')).toBeGreaterThan(0);
  await expect(citizen.page.locator('.map-card')).toContainText('Inside: water at ten');
  await expect(citizen.page.locator('.legend')).toContainText('Declared dangerous or closed now');
  await expect(citizen.page.getByRole('link', { name: 'Danger here' })).toHaveCount(0);
  await citizen.go('/declare');
  await expect(citizen.page.getByText('Coordinators declare here.')).toBeVisible();
});
