// A node's upkeep: its manager enters what was found, without a network; coordinators see what is lacking, read the note and ask for the photo.
// Everybody sees in which hazard areas a place lies.
import { readFileSync } from 'node:fs';
import { faultsOn } from '../support/axe.mjs';
import { expect, test } from '../support/journey.mjs';
import { expectFates, firstVisit, settled, takeSeat, takeSeatWithKey } from '../support/deed.mjs';
import { png } from '../support/picture.mjs';

const NAME = 'Sea Breeze Mart, Harbourfront';
const NOTE = 'Two lamps at the back stay dark.';
const row = (page, item) => page.locator(`#item-${item}`);
const summary = (page) => page.locator('main p.line strong').first();

/** Opens an item from the list, enters what was found, and is back at the list. */
async function check(page, item, finding, { note = '', photo = false, day = '' } = {}) {
  await row(page, item).click();
  await page.getByRole('button', { name: 'Save the result' }).click();
  await expect(page.getByText('First choose a result.')).toBeVisible();
  await page.locator('fieldset label').filter({ hasText: new RegExp(`^\\s*${finding}\\s*$`) }).click();
  if (note) await page.getByLabel('Note').fill(note);
  if (day) await page.getByLabel('Checked on').fill(day);
  if (photo) {
    await page.locator('input[type=file][accept="image/*"]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: png(2000, 1500) });
    await expect(page.getByAltText('The photo to be attached')).toBeVisible();
  }
  expect(await faultsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save the result' }).click();
  await expect(page.locator('.toast')).toContainText('Saved on this phone');
  // The word may be the one before's; a photo is scaled and sealed first, which takes as long as the machine needs.
  await expect(row(page, item)).toContainText(finding, { timeout: 45_000 });
  await expect(row(page, item)).toBeFocused();
}

test('what a manager enters without a network coordinators see, with its note and its photo, and the worst comes first', async ({ open, hub }) => {
  test.setTimeout(240_000);
  const [manager, volunteer, coordinator] = [await open(), await open(), await open()];
  for (const phone of [manager, volunteer, coordinator]) await firstVisit(phone);
  await takeSeatWithKey(manager, hub, hub.seatsOf('manager', 's001')[0]);
  await takeSeat(volunteer, hub.seatsOf('volunteer', 's001')[0]);
  await takeSeat(coordinator, hub.seatsOf('coordinator')[0]);

  await manager.offline();
  await manager.go('/node/s001');
  await manager.page.locator('a[href="/upkeep?node=s001"]').filter({ hasText: 'Nothing checked yet' }).click();
  await expect(manager.page.locator('main a[id^=item-]')).toHaveCount(8);
  const ago = new Date(Date.now() - 400 * 86_400_000).toISOString().slice(0, 10);
  await check(manager.page, 'lighting', 'Partly met', { note: NOTE, photo: true });
  await check(manager.page, 'structure', 'Met', { day: ago });
  await check(manager.page, 'first_aid', 'Met');
  await expect(summary(manager.page)).toHaveText('2 of 8 met');
  await check(manager.page, 'lighting', 'Met', { note: NOTE, photo: true });
  await expect(summary(manager.page)).toHaveText('3 of 8 met');
  await expect(row(manager.page, 'structure')).toContainText('check again');
  await expect(row(manager.page, 'lighting')).toContainText(/with a note · with a photo/);
  expect(await faultsOn(manager.page)).toEqual([]);
  await expectFates(manager, Array(4).fill('Waiting'));
  await manager.page.locator('a.record').filter({ hasText: 'Structural safety' }).click();
  await expect(manager.page.locator('dl.facts').first()).toContainText('Met');
  await manager.offline(false);
  await settled(manager);

  // A volunteer of the node sees it, and is not asked to enter anything.
  await volunteer.go('/node/s001');
  await volunteer.page.locator('a[href="/upkeep?node=s001"]').filter({ hasText: '3 of 8 met' }).click({ timeout: 30_000 });
  await row(volunteer.page, 'lighting').click();
  await expect(volunteer.page.getByText(NOTE).first()).toBeVisible({ timeout: 30_000 });
  await expect(volunteer.page.getByText('This takes the seat of a node manager or a coordinator.')).toBeVisible();
  await expect(volunteer.page.getByRole('button', { name: 'Save the result' })).toHaveCount(0);

  const { page } = coordinator;
  await coordinator.go('/more');
  await page.locator('a[href="/upkeep"]').click();
  const mine = page.locator('main .rows > li').filter({ hasText: NAME });
  // Nodes where nobody has looked come before it.
  while (await page.getByRole('button', { name: 'Show more' }).isVisible()) await page.getByRole('button', { name: 'Show more' }).click();
  await expect(mine).toContainText('3 of 8 met', { timeout: 30_000 });
  await expect(mine).toContainText('1 to check again');
  await expect(mine).toContainText('Not met, or not checked: Backup power, Basic supplies, Signage, Procedures (SOPs), Contact points');
  const names = await page.locator('main .rows > li .name').allInnerTexts();
  expect(names.length).toBeGreaterThan(10);
  expect(names.at(-1)).toBe(NAME);
  expect(await faultsOn(page)).toEqual([]);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Take it away (CSV)' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^civmesh-upkeep-exercise-.*\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(lines).toContain(`s001,"${NAME}",certified,structure,met,${ago},yes,yes`);
  expect(lines).toContain(`s001,"${NAME}",certified,signage,,,,no`);

  await mine.locator('a').click();
  await row(page, 'lighting').click();
  await expect(page.getByText(NOTE).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Verified', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Other entries' })).toBeVisible();
  await page.getByRole('button', { name: 'Get it from the hub' }).click();
  const photo = page.locator('main img.photo');
  await expect.poll(() => photo.evaluateAll((images) => images.map((image) => image.naturalWidth)), { timeout: 30_000 }).toEqual([1280]);
});

test('everybody sees which hazard areas a place lies in, and where its entry says otherwise', async ({ open }) => {
  const phone = await open();
  const { page } = phone;
  await firstVisit(phone);
  await phone.go('/node/s009');
  const mapped = page.locator('section[aria-labelledby=mapped-risk]');
  await expect(mapped).toContainText('Typhoon, flood, 0.3–1 m');
  await expect(mapped).toContainText('Hazard areas of Exercise Isle (fictional)');
  await expect(page.locator('a[href^="/upkeep"]')).toHaveCount(0);
  expect(await faultsOn(page)).toEqual([]);

  // Without a network too: it is computed here.
  await phone.offline();
  await phone.go('/node/s001');
  await expect(mapped).toContainText('In none of the 9 areas mapped by: Hazard areas of Exercise Isle (fictional)');
  await expect(mapped).toContainText('not the same as safe');
  await phone.go('/node/c010');
  await expect(mapped).toContainText('Landslide: the registry says it is fit for it, the map shows it inside an area. Take it as not fit.');
  await phone.go('/node/t005');
  await expect(mapped).toContainText('Typhoon, flood: the registry says it is exposed, the map shows it outside all areas. Take it as exposed.');

  await phone.go('/upkeep?node=s001');
  await expect(page.getByRole('link', { name: /Take up a seat|seat/ }).first()).toBeVisible();
  await expect(page.locator('a[id^=item-]')).toHaveCount(0);
});
