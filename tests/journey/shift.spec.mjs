// A shift without a network: everything is kept through the death of the browser, and reaches the hub once.
import { expect, test } from '../support/journey.mjs';
import { contentOf } from '../support/record.mjs';
import {
  checkIn, doStep, expectFates, fileReport, firstVisit, setState, settled, skipStep, startRun, strip, takeSeatWithKey,
} from '../support/deed.mjs';

const STEPS = 7;
const NAME = '林小姐';
const WORDS = 'Twelve people in front of the store, 一位輪椅使用者.';

test('a shift offline survives a killed browser and reaches the hub exactly once', async ({ open, network, hub }) => {
  const [seat] = hub.seatsOf('manager', 's001');
  const phone = await open();
  const { page } = phone;
  await firstVisit(phone);
  await takeSeatWithKey(phone, hub, seat);
  await network.down();
  await phone.offline();

  await checkIn(phone, 's001', { duty: 'In charge', skills: ['Disaster prevention'], name: NAME });
  const run = await startRun(phone, 's001', 'earthquake-store');
  const done = [await doStep(page, { note: 'Two windows are broken.' })];
  while (done.length < STEPS) done.push(await doStep(page));
  const skipped = await skipStep(page, 'Nobody is free');
  await fileReport(phone, 's001', { words: WORDS, present: '12', photo: true });
  await setState(phone, 's001', 'Nearly full');

  await phone.kill();
  await phone.start();
  await everythingIsThere(phone, { run, done, skipped });
  await expectFates(phone, Array(STEPS + 5).fill('Waiting'));
  await expect(phone.page.getByText('No network. It goes out by itself once there is one.')).toHaveCount(STEPS + 5);
  expect(await hub.verified(seat)).toEqual([]);

  // Nobody presses anything.
  await network.up();
  await phone.offline(false);
  await settled(phone);

  const events = await hub.verified(seat);
  expect(events.map(({ kind, mark }) => mark ?? kind)).toEqual([
    'check_in', 'run_started', ...Array(STEPS).fill('done'), 'skipped', 'report', 'node_status',
  ]);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at + 1));
  const parts = events.flatMap(({ parts }) => parts);
  expect(parts.map(({ kind }) => kind)).toEqual(['person', 'text', 'text', 'photo']);
  const opened = events.flatMap((event) => event.parts.map((part) => contentOf(part, event, seat)));
  expect(opened.slice(0, 3).map((content) => content.toString())).toEqual([NAME, 'Two windows are broken.', WORDS]);
  const photo = opened[3];
  expect(photo.subarray(0, 3).toString('hex'), 'a JPEG').toBe('ffd8ff');
  expect(photo.length).toBeLessThan(300 * 1024);
  const head = await hub.ask('GET', `/civmesh-${hub.region}-public/head:s001:${seat.account}`);
  expect(head.core).toBe(events.at(-1).core);

  await expectFates(phone, Array(STEPS + 5).fill('At the hub'));
  await phone.page.locator('a.record').filter({ hasText: 'Report' }).click();
  await expect(phone.page.getByText(/The hub received it at/)).toHaveCount(3);
  await expect(phone.page.getByText('Verified', { exact: true })).toBeVisible();
});

async function everythingIsThere(phone, { run, done, skipped }) {
  const { page } = phone;
  await phone.go(run);
  await expect(strip(page)).toContainText('16 not sent');
  for (const title of [...done, skipped]) await expect(page.locator('ol.steps .title').filter({ hasText: title })).toBeVisible();
  await expect(page.getByText('Two windows are broken.')).toBeVisible();
  await phone.go('/check-in?node=s001');
  await expect(page.locator('.row').filter({ hasText: NAME })).toContainText('In charge');
  await phone.go('/status?node=s001');
  await expect(page.locator('.state.nearly').first()).toHaveText('Nearly full');
  await phone.go('/report?node=s001');
  await page.locator('main a[href^="/records/"]').first().click();
  await expect(page.getByText(WORDS)).toBeVisible();
  const photo = page.locator('main img');
  await expect.poll(() => photo.evaluate((image) => image.naturalWidth)).toBe(1280);
}
