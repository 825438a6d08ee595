// On a poor line the first screen is there before the rest of the app, and the rest follows by itself.
import { expect, faults, test } from '../support/journey.mjs';
import { strip } from '../support/deed.mjs';

const REST = /-split-rest-/;

test('the nearest nodes are there while the rest of the app is still missing', async ({ open, network }) => {
  const rest = network.fault(REST, faults.loseRequest());
  const phone = await open();
  const { page } = phone;
  await phone.go('/');
  await expect(page.locator('article.answer')).toBeVisible();
  expect(await page.locator('main li').count()).toBeGreaterThan(10);
  await expect(strip(page)).toContainText('no answer from the hub');
  expect(rest.hits).toBeGreaterThan(0);

  // Another screen says what is the matter, and what to do.
  await page.getByRole('link', { name: 'More' }).click();
  await expect(page.getByRole('heading', { name: 'This screen is not here yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'This screen is not here yet' })).toBeVisible();
  rest.end();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'More', level: 1 })).toBeVisible();

  // Nobody reloads the page: records, the hub and the worker follow by themselves.
  await expect(strip(page)).toContainText('Connected');
  await page.getByRole('link', { name: 'Find' }).click();
  await expect(page.getByText('Works without a network.')).toBeVisible({ timeout: 45_000 });
});

test('what the page has fetched does not come over the line a second time', async ({ open, network }) => {
  const phone = await open();
  await phone.go('/');
  await expect(phone.page.getByText('Works without a network.')).toBeVisible({ timeout: 30_000 });
  const hashed = network.seen.filter((request) => /-[0-9a-f]{15,}\.(js|wasm|css)$/.test(request));
  expect(hashed.length).toBeGreaterThan(10);
  expect(hashed.filter((request, at) => hashed.indexOf(request) !== at)).toEqual([]);
});
