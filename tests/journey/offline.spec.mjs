// Visit once; from then on every screen is there without a network and without a server, after a restart too.
import { expect, test } from '../support/journey.mjs';
import { firstVisit, strip } from '../support/deed.mjs';

const HARBOURFRONT = { latitude: 22.9988, longitude: 124.4851, accuracy: 20 };
const SCREENS = {
  '/': 'Where to go now',
  '/?hazard=flood&needs=water': 'Where to go now',
  '/place': 'Where are you?',
  '/node/s001': 'Sea Breeze Mart, Harbourfront',
  '/going/s001': 'Sea Breeze Mart, Harbourfront',
  '/check-in?node=s001': 'Check in',
  '/checklist?node=s001': 'Checklist',
  '/checklist?node=s001&sop=earthquake-store': 'Earthquake · convenience store',
  '/report?node=s001': 'Report',
  '/status?node=s001': 'Node state',
  '/records': 'My records',
  '/more': 'More',
  '/seat': 'Seat',
  '/region': 'Region',
  '/coverage': 'Coverage',
  '/about': 'About CivMesh',
  '/no-such-screen': 'There is no such screen',
};

test('after one visit every screen opens without network and server', async ({ open, network, hub }) => {
  const phone = await open({ at: HARBOURFRONT });
  await firstVisit(phone);
  await hub.stop();
  await network.down();
  await phone.offline();
  await phone.restart();
  const { page } = phone;

  await phone.go('/');
  await expect(strip(page)).toContainText('Offline since');
  await expect(strip(page)).toContainText('Exercise');
  await page.getByRole('button', { name: /my position/i }).click();
  const answer = page.locator('article.answer');
  await expect(answer).toBeVisible();
  // The distance to what leads the list is a number of metres from where the phone is, not from the region's centre.
  await expect(page.getByText(/near|Measured from your position/).first()).toBeVisible();
  await expect(page.locator('main')).toContainText('Sea Breeze Mart, Harbourfront');
  expect(await page.locator('main li').count()).toBeGreaterThan(10);

  for (const [path, heading] of Object.entries(SCREENS)) {
    await phone.go(path);
    await expect(page.locator('h1'), path).toContainText(heading);
  }
  await phone.go('/going/s001');
  await expect(page.getByRole('img', { name: 'QR code for arrival' })).toBeVisible();
  // The choice outlives the page.
  await phone.go('/');
  await expect(page.getByText('You are going to')).toBeVisible();
});

for (const [locale, ready, name, result, measured] of [
  ['en', 'Works without a network.', 'dawn', 'Dawn Harbour Village', 'Measured from Dawn Harbour Village'],
  ['zh-TW', '沒有網路也能用。', '晨港', '晨港里', '從「晨港里」量起'],
]) {
  test(`a place is found by its name, letter by letter, without a network, in ${locale}`, async ({ open, network }) => {
    const phone = await open({ locale });
    const { page } = phone;
    await phone.go('/');
    await expect(page.getByText(ready)).toBeVisible({ timeout: 30_000 });
    await network.down();
    await phone.offline();
    await phone.go('/place');
    const field = page.locator('#place-name');
    const rows = page.locator('.place-search .rows button');
    // Letter by letter and back again, as people type: the list is drawn anew with each.
    await field.pressSequentially(`${name}x`);
    await expect(rows).toHaveCount(0);
    await field.press('Backspace');
    await expect(rows.first()).toContainText(result);
    const all = await rows.locator('.name').allTextContents();
    expect(all.filter((text) => !text.toLowerCase().includes(name)), 'nothing that does not fit').toEqual([]);
    await rows.first().click();
    await expect(page.getByText(measured).first()).toBeVisible();
    await expect(page.locator('article.answer')).toBeVisible();
  });
}
