// The main journey in the other engines: half of the phones are iPhones.
import { contentOf } from '../support/record.mjs';
import {
  checkIn, doStep, expectFates, fileReport, findNearest, firstVisit, settled, startRun, strip, takeSeatWithKey,
} from '../support/deed.mjs';
import { expect } from '../support/expect.mjs';
import { test } from '../support/journey.mjs';

const NAME = '林小姐';
const WORDS = 'Twelve people in front of the store, 一位輪椅使用者.';

test('from the first visit to the receipts: what is written without a network outlives the browser and arrives exactly once', async ({ open, network, hub }) => {
  const [seat] = hub.seatsOf('manager', 's001');
  const phone = await open();
  const { page } = phone;
  await firstVisit(phone);
  await findNearest(phone, 'Dawn Harbour Village');
  await takeSeatWithKey(phone, hub, seat);

  // The hub and the server of the app are gone: from here on the worker serves the app.
  await network.down();
  await checkIn(phone, 's001', { duty: 'In charge', name: NAME });
  const run = await startRun(phone, 's001', 'earthquake-store');
  const done = await doStep(page, { note: 'Two windows are broken.' });
  await fileReport(phone, 's001', { words: WORDS, present: '12', photo: true });
  await phone.restart();
  await expectFates(phone, Array(4).fill('Waiting'));
  await expect(strip(phone.page)).toContainText('8 not sent');
  await phone.go(run);
  await expect(phone.page.locator('ol.steps .title').filter({ hasText: done })).toBeVisible();
  expect(await hub.verified(seat)).toEqual([]);

  // Nobody presses anything.
  await network.up();
  await settled(phone);
  const events = await hub.verified(seat);
  expect(events.map(({ kind, mark }) => mark ?? kind)).toEqual(['check_in', 'run_started', 'done', 'report']);
  expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  const opened = events.flatMap((event) => event.parts.map((part) => contentOf(part, event, seat)));
  expect(opened.slice(0, 3).map((content) => content.toString())).toEqual([NAME, 'Two windows are broken.', WORDS]);
  expect(opened[3].subarray(0, 3).toString('hex'), 'a JPEG').toBe('ffd8ff');
  await expectFates(phone, Array(4).fill('At the hub'));
});
