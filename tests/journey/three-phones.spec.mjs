// Three phones and two tabs at one node, over a line that loses answers: each record is at the hub once, and all show the same.
import { expect, faults, test } from '../support/journey.mjs';
import { fileReport, firstVisit, settled, takeSeat } from '../support/deed.mjs';

const ROUNDS = 2;

test('three phones, one of them with two tabs, write at once', async ({ open, network, hub }) => {
  test.setTimeout(180_000);
  const seats = [...hub.seatsOf('manager', 's001').slice(0, 2), ...hub.seatsOf('volunteer', 's001').slice(0, 1)];
  const phones = [];
  for (const seat of seats) {
    const phone = await open();
    await firstVisit(phone);
    await takeSeat(phone, seat);
    phones.push(phone);
  }
  const second = { page: await phones[0].context.newPage(), origin: phones[0].origin };
  second.go = (path) => second.page.goto(second.origin + path);
  const writers = [...phones, second];
  const rule = network.fault(/^POST .*\/_bulk_docs/, faults.loseAnswer(), 3);
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(writers.map((writer, at) => fileReport(writer, 's001', { words: `writer ${at}, round ${round}` })));
  }
  expect(rule.hits).toBeGreaterThan(0);
  for (const phone of phones) await settled(phone);

  const events = await hub.verified(seats);
  expect(events.length).toBe(writers.length * ROUNDS);
  for (const [at, seat] of seats.entries()) {
    const own = events.filter(({ author }) => author === seat.device).map(({ sequence }) => sequence);
    expect(own).toEqual(Array.from({ length: at === 0 ? 2 * ROUNDS : ROUNDS }, (_, before) => before + 1));
  }
  const shown = [];
  for (const { page, go } of phones.map((phone) => ({ page: phone.page, go: (path) => phone.go(path) }))) {
    await go('/report?node=s001');
    const links = page.locator('main a[href^="/records/"]');
    await expect(links).toHaveCount(writers.length * ROUNDS, { timeout: 30_000 });
    shown.push(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')).sort()));
  }
  expect(shown[1]).toEqual(shown[0]);
  expect(shown[2]).toEqual(shown[0]);
});
