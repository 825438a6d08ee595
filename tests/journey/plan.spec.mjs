// Planning: a pilot zone on one sheet in both languages, coverage as a map of lines, and a correction with old and new on one.
import { faultsOn } from '../support/axe.mjs';
import { expect, test } from '../support/journey.mjs';
import { firstVisit, takeSeat } from '../support/deed.mjs';

const sketch = (page) => page.locator('svg.sketch');
const rows = (page) => page.locator('.zone-sheet tbody tr');

/** Whether something is drawn: streets of any length, and marks. */
async function isDrawn(page) {
  await expect(sketch(page).first()).toBeVisible({ timeout: 30_000 });
  const drawn = await sketch(page).first().evaluate((svg) => [...svg.querySelectorAll('.street')].reduce((all, line) => all + (line.getAttribute('d') ? line.getTotalLength() : 0), 0));
  expect(drawn, 'metres of street').toBeGreaterThan(1_000);
}

test('a pilot zone is chosen by name or drawn, and printed on one sheet in both languages, offline', async ({ open }) => {
  const phone = await open({ locale: 'en' });
  const { page } = phone;
  await firstVisit(phone);
  await phone.offline();
  await phone.restart();
  await phone.go('/region');
  await phone.page.getByRole('link', { name: 'Pilot zone plan' }).click();
  await isDrawn(phone.page);
  await expect(sketch(phone.page)).toHaveAttribute('aria-label', /numbered nodes/);

  await phone.page.getByLabel('Around').fill('Island Heart Village');
  await phone.page.getByRole('button', { name: 'Island Heart Village' }).click();
  await expect(phone.page).toHaveURL(/\/zone\?at=23\.00000,124\.50000$/);
  const mart = rows(phone.page).filter({ hasText: 'Sea Breeze Mart, Island Heart' });
  await expect(mart).toHaveCount(1);
  await expect(mart).toContainText('海風便利商店 島心門市');
  const near = await rows(phone.page).count();
  await expect(phone.page.locator('.sketch .mark')).toHaveCount(near);
  await phone.page.locator('label').filter({ hasText: /^2\.0 km$/ }).click();
  await expect.poll(() => rows(phone.page).count()).toBeGreaterThan(near);
  await phone.page.locator('label').filter({ hasText: /^500 m$/ }).first().click();
  await expect.poll(() => rows(phone.page).count()).toBeLessThan(near);
  await expect(phone.page.locator('.zone-sheet')).toContainText('0.79 km²');
  expect(await faultsOn(phone.page)).toEqual([]);

  // An outline of one's own: a quarter of what is in sight, with its corners in the address.
  await phone.page.getByRole('button', { name: 'Draw an outline' }).click();
  const box = await sketch(phone.page).boundingBox();
  const tap = (x, y) => sketch(phone.page).click({ position: { x: box.width * x, y: box.height * y } });
  await tap(0.5, 0.1);
  await tap(0.9, 0.1);
  await expect(phone.page.getByText('2 corners so far')).toBeVisible();
  await expect(phone.page.getByRole('button', { name: 'Done' })).toHaveAttribute('aria-disabled', 'true');
  await tap(0.9, 0.5);
  await tap(0.2, 0.9);
  await phone.page.getByRole('button', { name: 'Take back a corner' }).click();
  await tap(0.5, 0.5);
  await phone.page.getByRole('button', { name: 'Done' }).click();
  await expect(phone.page).toHaveURL(/ring=22|ring=23/);
  const size = /([\d.]+) km²/.exec(await phone.page.locator('.zone-sheet').textContent());
  expect(Number(size?.[1]), 'a part of what was in sight').toBeLessThan(0.4);

  // On paper there is the sheet and nothing that can be pressed.
  await phone.page.emulateMedia({ media: 'print' });
  await expect(phone.page.locator('.zone-choices')).toBeHidden();
  await expect(phone.page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(phone.page.locator('.zone-sheet')).toContainText('示範區規劃圖');
  await expect(sketch(phone.page)).toBeVisible();
});

test('coverage is drawn as a map, several nodes can be out at once, and hazards stand side by side', async ({ open, hub }) => {
  const phone = await open({ locale: 'en' });
  const { page } = phone;
  await firstVisit(phone);
  await phone.go('/coverage?nodes=all');
  await expect(page.getByRole('heading', { name: 'As a map' })).toBeVisible({ timeout: 60_000 });
  await isDrawn(page);
  const cells = await sketch(page).evaluate((svg) => [...svg.querySelectorAll('.cell')].map((line) => (line.getAttribute('d').match(/M/g) ?? []).length));
  expect(cells.reduce((all, some) => all + some, 0), 'cells with people').toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Compare them' }).click();
  const compared = page.locator('section[aria-labelledby=cover-compare] tbody tr');
  await expect(compared.first()).toContainText('None', { timeout: 60_000 });
  expect(await compared.count(), 'each hazard and none').toBeGreaterThan(2);
  await expect(compared.filter({ hasText: 'flood' }).first()).toContainText(/nodes/);
  expect(await faultsOn(page)).toEqual([]);

  // What the list numbers stands on the map.
  await phone.go('/coverage?by=straight&within=1');
  await expect(page.locator('.sign.gap').first()).toBeVisible({ timeout: 60_000 });
  const gaps = await page.locator('.sign.gap').allTextContents();
  expect(await page.locator('.sketch .mark.gap').allTextContents()).toEqual([...gaps].reverse());

  // Two out at once: more people lose cover than with either.
  await takeSeat(phone, hub.seatsOf('coordinator')[0]);
  await phone.go('/coverage?by=straight&within=1');
  const out = page.locator('section[aria-labelledby=cover-out]');
  const rows = out.locator('ol button.row');
  const lost = async () => Number(/about ([\d,]+)/.exec(await out.locator('dl.facts dd').textContent())?.[1].replace(',', ''));
  await rows.first().click({ timeout: 60_000 });
  const one = await lost();
  await rows.nth(1).click();
  await expect(out.getByRole('heading', { name: /^If out: .+, .+/ })).toBeVisible();
  expect(await lost()).toBeGreaterThan(one);
  await out.getByRole('button', { name: 'All back in' }).click();
  await expect(out.getByRole('heading', { name: /^If out/ })).toHaveCount(0);
});

test('one hazard area alone is hit: chosen by a place near it, or declared, with the choice in the address', async ({ open, hub }) => {
  test.setTimeout(180_000);
  const phone = await open({ locale: 'en' });
  const { page } = phone;
  await firstVisit(phone);
  const one = page.locator('section[aria-labelledby=cover-area]');
  const lost = (section) => section.locator('dl.facts dd');
  // What would hurt most is not for everybody.
  await phone.go('/coverage?hazard=flood');
  await expect(page.getByRole('heading', { name: 'As a map' })).toBeVisible({ timeout: 60_000 });
  await expect(one).toHaveCount(0);

  await takeSeat(phone, hub.seatsOf('coordinator')[0]);
  await phone.offline();
  await phone.go('/coverage?hazard=flood');
  await expect(one).toContainText('Areas: 9, the largest first.', { timeout: 60_000 });
  expect(await faultsOn(page)).toEqual([]);
  await one.getByLabel('Near').fill('Tea Garden');
  await one.getByRole('button', { name: 'Sea Breeze Mart, Tea Garden' }).click();
  await expect(one).toContainText('nearest to Sea Breeze Mart, Tea Garden, of 9');
  const nearest = one.locator('ul.rows > li').filter({ hasText: 'in it' });
  await expect(nearest).toContainText(/[Ll]andslide/);
  await nearest.getByRole('button').click();
  await expect(page).toHaveURL(/\/coverage\?hazard=flood&area=[0-9A-Z]{8}$/);
  await expect(one.getByRole('heading', { name: /^If hit: / })).toBeVisible();
  await expect(one).toContainText(/Nodes taken out: .*Sea Breeze Mart, Tea Garden/, { timeout: 60_000 });
  await expect(one).toContainText('Only nodes known to be fit for this count');
  await expect(one.locator('svg.sketch .danger-3')).toHaveCount(1);
  await expect(one.locator('svg.sketch .mark.gap').first()).toBeVisible();
  expect(await faultsOn(page)).toEqual([]);
  const said = await one.innerText();

  // The address asks for the same again, without a network.
  const { pathname, search } = new URL(page.url());
  await phone.restart();
  await phone.go(pathname + search);
  await expect(phone.page.locator('section[aria-labelledby=cover-area]')).toContainText('Nodes taken out', { timeout: 60_000 });
  await expect(phone.page.locator('section[aria-labelledby=cover-area] svg.sketch')).toBeVisible();
  expect(await phone.page.locator('section[aria-labelledby=cover-area]').innerText()).toBe(said);
  await phone.page.getByRole('button', { name: 'Choose another' }).click();
  await expect(phone.page).toHaveURL(/\/coverage\?hazard=flood$/);

  // What was declared can be chosen too. By straight distances it costs what the node in it costs.
  const again = phone.page;
  const [area, out] = ['area', 'out'].map((name) => again.locator(`section[aria-labelledby=cover-${name}]`));
  await phone.go('/declare?at=22.999849,124.500047');
  await again.locator('label.check').filter({ hasText: /^10 m$/ }).click();
  await again.locator('label.check').filter({ hasText: 'Closed: nobody passes' }).click();
  await again.getByLabel('What people call it').fill('Gas leak');
  await again.getByRole('button', { name: 'Declare', exact: true }).click();
  await expect(again.locator('.toast')).toContainText('Declared.');
  await phone.go('/coverage?by=straight&within=1');
  await area.locator('button.row').filter({ hasText: 'Gas leak' }).click({ timeout: 60_000 });
  await expect(area).toContainText('Nodes taken out: Sea Breeze Mart, Island Heart', { timeout: 60_000 });
  await out.getByLabel('Another node').fill('Sea Breeze Mart, Island Heart');
  await out.locator('ul.rows button.row').first().click();
  await expect(out.getByRole('heading', { name: 'If out: Sea Breeze Mart, Island Heart' })).toBeVisible();
  expect(await lost(area).innerText()).toBe(await lost(out).innerText());
});
