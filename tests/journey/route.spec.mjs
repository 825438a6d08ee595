// The way on foot, offline: the nearest place is the nearest on foot, and the way there goes around what is flooded.
import { expect, test as base } from '../support/journey.mjs';
import { firstVisit } from '../support/deed.mjs';
import { STANDS, moveToTown, withTown } from '../support/town.mjs';

const test = base.extend(withTown);

/** A phone in the town, without a network, that knows where it stands. */
async function inTown(open, network, town, options) {
  const phone = await open({ at: { ...STANDS, accuracy: 10 }, ...options });
  await firstVisit(phone);
  await moveToTown(phone, town);
  await network.down();
  await phone.offline();
  await phone.go('/');
  await phone.page.getByRole('button', { name: /my position/i }).click();
  await expect(phone.page.getByText(/Riverside Village|Measured from your position/).first()).toBeVisible();
  return phone;
}

const route = (page) => page.getByRole('region', { name: 'The way on foot' });
const turns = async (page) => {
  await route(page).locator('summary').click();
  return route(page).locator('ol li .grow').allTextContents();
};

test('what is near straight and far on foot is not the nearest', async ({ open, network, town }) => {
  const { page } = await inTown(open, network, town);
  const answer = page.locator('article.answer');
  // 390 m along one's own bank, against 200 m as the crow flies and more than a kilometre over the bridge.
  await expect(answer.locator('h2')).toHaveText('Near School');
  await expect(answer.locator('.figure')).toContainText('5');
  await expect(page.locator('.rows .row').filter({ hasText: 'Across School' })).toContainText(/1[345] min/);
  await expect(page.getByText('Times follow the streets')).toBeVisible();
});

test('the way to a place is told turn by turn, and goes around a flooded bridge', async ({ open, network, town }) => {
  const phone = await inTown(open, network, town);
  const { page } = phone;
  await phone.go('/going/a001');
  await expect(route(page)).toContainText(/About 1[345] min on foot · 1\.0 km/);
  expect(await turns(page)).toEqual([
    'Set out to the north along West Bank Street', 'Turn right into North Bridge', 'Turn right into East Bank Street', 'You are there',
  ]);
  await phone.go('/going/a001?hazard=flood');
  await expect(route(page)).toContainText(/About 1[56] min on foot/);
  expect((await turns(page))[1]).toBe('Turn left into South Bridge');
});

test('where every way is taken, it says so, and the list does not send anybody there', async ({ open, network, town }) => {
  const phone = await inTown(open, network, town);
  const { page } = phone;
  await phone.go('/going/a001?hazard=earthquake');
  await expect(route(page).getByRole('alert')).toContainText('No way around what is dangerous or closed is known');
  await phone.go('/?hazard=earthquake');
  await expect(page.locator('.rows .row').filter({ hasText: 'Across School' })).toContainText('No way on foot');
  await expect(page.locator('article.answer h2')).toHaveText('Near School');
});
