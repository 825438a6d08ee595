// Whatever goes wrong between phone and hub: what was written waits, goes out by itself, and is at the hub once.
import { expect, faults, test as base } from '../support/journey.mjs';
import { fileReport, firstVisit, settled, SETTLED, strip, takeSeat } from '../support/deed.mjs';
import { Hub } from '../support/hub.mjs';
import { Phone } from '../support/phone.mjs';
import { DIST } from '../support/place.mjs';
import { Proxy } from '../support/proxy.mjs';

const complaint = (error, reason) => JSON.stringify({ error, reason });
const FAULTS = {
  'the request is lost': faults.loseRequest(),
  'the answer is lost after the hub has stored the batch': faults.loseAnswer(),
  'the network drops while the phone sends': faults.cutRequest(),
  'the network drops while the hub answers': faults.cutAnswer(),
  'the hub answers 500': faults.answer(500, complaint('unknown_error', 'badmatch')),
  'the hub answers 503': faults.answer(503, '<h1>Service Unavailable</h1>', { 'content-type': 'text/html', 'retry-after': '1' }),
  'the hub answers 401': faults.answer(401, complaint('unauthorized', 'You are not authorized to access this db.')),
  'the hub answers 413': faults.answer(413, complaint('too_large', 'the request entity is too large')),
  'the hub answers 429': faults.answer(429, '', { 'content-type': 'text/plain' }),
  'somebody else answers, with a page': faults.answer(200, '<html>Welcome to the free network</html>', { 'content-type': 'text/html' }),
  'the hub answers nonsense': faults.answer(201, '[{"ok":tr'),
  'the hub answers nothing': faults.answer(201, ''),
};

// One hub and one phone for all of them: what one fault left behind must not trouble the next.
const test = base.extend({
  shift: [
    async ({}, use) => {
      const hub = await Hub.start(DIST);
      const network = await Proxy.before(hub.origin);
      const phone = await Phone.open(network.origin);
      const [seat] = hub.seatsOf('manager', 's001');
      await firstVisit(phone);
      await takeSeat(phone, seat);
      await use({ hub, network, phone, seat });
      await phone.end();
      await network.down();
      await hub.stop();
    },
    { scope: 'worker' },
  ],
});

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`${name}: the record arrives once, by itself`, async ({ shift: { hub, network, phone, seat } }) => {
    const before = (await hub.verified(seat)).length;
    const rule = network.fault(/^POST .*\/_bulk_docs/, fault);
    try {
      await fileReport(phone, 's001', { words: name });
      await expect.poll(() => rule.hits, 'the fault was met').toBeGreaterThan(0);
      await expect(strip(phone.page)).toContainText('not sent');
      await expect(strip(phone.page)).not.toContainText(SETTLED);
    } finally {
      rule.end();
    }
    await settled(phone);
    const events = await hub.verified(seat);
    expect(events.length).toBe(before + 1);
    expect(events.at(-1).parts.map(({ kind }) => kind)).toEqual(['text']);
  });
}

base('two tabs of one phone write at once: one sequence, all of it at the hub once', async ({ open, network, hub }) => {
  const [seat] = hub.seatsOf('manager', 's001');
  const phone = await open();
  await firstVisit(phone);
  await takeSeat(phone, seat);
  const tabs = [phone.page, await phone.context.newPage()];
  const inTab = (page) => ({ page, go: (path) => page.goto(phone.origin + path) });
  const rule = network.fault(/^POST .*\/_bulk_docs/, faults.loseAnswer(), 1);
  for (let round = 0; round < 3; round++) {
    await Promise.all(tabs.map((page, tab) => fileReport(inTab(page), 's001', { words: `tab ${tab}, ${round}` })));
  }
  for (const page of tabs) await settled({ page });
  expect(rule.hits).toBe(1);
  const events = await hub.verified(seat);
  expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
});
