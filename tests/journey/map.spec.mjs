// The map: drawn without a network after one visit, in both languages and both themes; what is tapped says what it is.
import { faultsOn } from '../support/axe.mjs';
import { expect, test } from '../support/journey.mjs';
import { colours } from '../support/picture.mjs';
import { findNearest, firstVisit, setState, settled, takeSeat } from '../support/deed.mjs';

const NODE = { id: 's002', name: 'Sea Breeze Mart, Island Heart', lat: 22.999849, lon: 124.500047 };

/** Waits until the map has drawn everything. */
async function drawn(page) {
  await expect(page.locator('.map[data-state=drawn]')).toBeVisible({ timeout: 45_000 });
}

/** What is drawn of some layers, as the map itself says. */
const seen = (page, ...layers) =>
  page.evaluate((layers) => layers.flatMap((layer) => document.querySelector('.map').map.seen(layer).map(({ properties }) => properties)), layers);

/** Taps the map where a place is. */
async function tap(page, { lat, lon }) {
  const at = await page.evaluate(([lon, lat]) => document.querySelector('.map').map.project(lon, lat), [lon, lat]);
  await page.locator('.map').click({ position: { x: at.x, y: at.y } });
}

for (const [locale, scheme, title, key, streets] of [
  ['en', 'light', 'Map', 'en', /Example Avenue|Exercise Road|Shell Lane|Island Heart Street/],
  ['zh-TW', 'dark', '地圖', 'zh', /示範大道|演習路|貝殼巷|島心街/],
]) {
  test(`after one visit the map is drawn without a network: ${locale}, ${scheme}`, async ({ open, network, hub }) => {
    const phone = await open({ locale, colorScheme: scheme, draws: true });
    const { page } = phone;
    await phone.go('/');
    await expect(page.getByText(locale === 'en' ? 'Works without a network.' : '沒有網路也能用。')).toBeVisible({ timeout: 30_000 });
    await hub.stop();
    await network.down();
    await phone.offline();
    await phone.restart();
    await phone.go('/');
    await phone.page.getByRole('link', { name: title, exact: true }).click();
    await expect(phone.page.locator('h1')).toHaveText(title);
    await drawn(phone.page);

    // An empty map has one colour, and one without its ground a few: streets, houses, names and marks have hundreds.
    const found = colours(await phone.page.locator('.map').screenshot());
    expect(found[0][1], 'no colour covers nearly all of it').toBeLessThan(0.85);
    expect(found.length).toBeGreaterThan(300);
    expect(found.slice(0, 4).filter(([, share]) => share > 0.02).length, 'land, streets and houses').toBeGreaterThanOrEqual(2);

    // Names are drawn, in the language of the app.
    expect(await phone.page.evaluate(() => document.querySelector('.map').map.speaks())).toBe(key);
    const names = (await seen(phone.page, 'street-name')).map((street) => street[key]);
    expect(names.filter((name) => streets.test(name)), names.join(', ')).not.toEqual([]);
    expect((await seen(phone.page, 'minor', 'major', 'building')).length).toBeGreaterThan(5);
    expect((await seen(phone.page, 'node', 'cluster')).length).toBeGreaterThan(2);
    expect(await faultsOn(phone.page)).toEqual([]);
  });
}

test('a node that is tapped says what it is, and another spot measures from there', async ({ open }) => {
  const phone = await open({ draws: true });
  const { page } = phone;
  await firstVisit(phone);
  await findNearest(phone, 'Island Heart Village');
  await phone.go(`/map?node=${NODE.id}`);
  await drawn(page);
  const card = page.locator('.map-card');
  await expect(card).toContainText(NODE.name);
  await expect(card).toContainText('Open · verified');
  await card.getByRole('button', { name: 'Close' }).click();
  await expect(card).toBeHidden();

  await tap(page, NODE);
  await expect(card.getByRole('heading')).toHaveText(NODE.name);
  await card.getByRole('link', { name: 'Details' }).click();
  await expect(page).toHaveURL(`${phone.origin}/node/${NODE.id}`);
  await page.getByRole('link', { name: 'Map', exact: true }).click();
  await drawn(page);
  await expect(page.locator('.map-card')).toContainText(NODE.name);
  await page.locator('.map-card').getByRole('button', { name: 'Close' }).click();

  await tap(page, { lat: NODE.lat + 0.0006, lon: NODE.lon + 0.0006 });
  await expect(card.getByRole('heading')).toHaveText('A spot on the map');
  await card.getByRole('button', { name: 'Measure from here' }).click();
  await page.getByRole('link', { name: 'Show the list' }).first().click();
  await expect(page.getByText('Measured from A spot on the map')).toBeVisible();
});

test('the way on foot is drawn, and a node that is full names the next one, offline', async ({ open, network, hub }) => {
  const staff = await open();
  await firstVisit(staff);
  await takeSeat(staff, hub.seatsOf('manager', 's001')[0]);
  await setState(staff, 's001', 'Full');
  await settled(staff);

  const phone = await open({ draws: true });
  const { page } = phone;
  await firstVisit(phone);
  await findNearest(phone, 'Dawn Harbour Village');
  await phone.go('/node/s001');
  await expect(page.getByRole('alert')).toContainText('It is full: do not go there now');
  await network.down();
  await phone.offline();
  await phone.go('/map?node=s001');
  await drawn(page);
  await expect.poll(async () => (await seen(page, 'way')).length).toBeGreaterThan(0);
  const card = page.locator('.map-card');
  await expect(card).toContainText('It is full: do not go there now');
  await expect(card.getByRole('link', { name: 'I am going here' })).toBeHidden();
  const next = (await card.getByText(/The next one is/).textContent()).match(/The next one is (.+), about \d+ min on foot to the/)[1];
  expect(next).not.toContain('Harbourfront');
  await card.getByRole('link', { name: 'Go there instead' }).click();
  await expect(page.locator('h1')).toContainText(next);
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(page.getByRole('region', { name: 'The way on foot' })).toContainText('min on foot');
});

test('the map obeys the keyboard and can be skipped, and hazard areas have a legend', async ({ open }) => {
  const phone = await open({ draws: true });
  const { page } = phone;
  await firstVisit(phone);
  await findNearest(phone, 'Dawn Harbour Village');
  await phone.go('/map');
  await drawn(page);
  const where = () => page.evaluate(() => document.querySelector('.map').map.project(124.4795, 22.9977));
  const before = await where();
  await page.locator('.map canvas').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await where()).x).toBeLessThan(before.x - 20);
  expect((await seen(page, 'area-edge')).length).toBeGreaterThan(0);
  await expect(page.locator('.legend')).toContainText('Typhoon, flood, 0.3–1 m');
  await expect(page.locator('.legend')).toContainText('sample data, fictional');
  await expect(page.locator('.map canvas')).toHaveAttribute('aria-label', /The list has the same places/);
  await page.getByText('Skip the map').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#after-map')).toBeFocused();
});

test('where nothing can be drawn the map says so, and leads to the list', async ({ open }) => {
  const phone = await open();
  await phone.context.addInitScript(() => {
    const own = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      return kind.startsWith('webgl') ? null : own.call(this, kind, ...more);
    };
  });
  await firstVisit(phone);
  await phone.go('/map');
  await expect(phone.page.getByText("This phone's browser can't draw the map.")).toBeVisible();
  await phone.page.getByRole('link', { name: 'Go to Find' }).click();
  await expect(phone.page.locator('article.answer')).toBeVisible();
});
