// The browser is killed, fifty times, at random moments of writing and syncing: nothing lost, nothing doubled, no number left out.
// What a kill can show: that no half of a write stays, and that no answer is needed to know what happened. What it can't show is a battery
// that dies: the system still has what the browser handed to it. That every event waits for the disk is shown by durability.spec.mjs.
import { expect, test as base } from '../support/journey.mjs';
import { counts } from '../support/database.mjs';
import { SETTLED, firstVisit, strip, takeSeat } from '../support/deed.mjs';
import { contentOf } from '../support/record.mjs';

const KILLS = 50;
const SEED = Number(process.env.CIVMESH_SEED ?? 20261125);
/** The longest that is written before a kill, in milliseconds. */
const LONGEST = 900;

/** Small and repeatable (mulberry32). */
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Files one report after the other by the app's own form, as fast as it takes them, and tells of each before and after. */
async function writing({ words, send, from }) {
  const type = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
  for (let number = from; ; number++) {
    type.call(words, `record ${number}`);
    words.dispatchEvent(new Event('input', { bubbles: true }));
    globalThis.begins(number);
    send.click();
    while (words.value !== '') await new Promise(requestAnimationFrame);
    globalThis.saved(number);
  }
}

base('killed fifty times while it writes and syncs', async ({ open, network, hub }) => {
  base.setTimeout(900_000);
  console.log(`seed ${SEED}: CIVMESH_SEED=${SEED} repeats it`);
  const random = chance(SEED);
  const [seat] = hub.seatsOf('manager', 's001');
  const phone = await open();
  await firstVisit(phone);
  await takeSeat(phone, seat);

  const begun = new Set();
  const saved = new Set();
  const met = { write: 0, push: 0, other: 0, idle: 0 };
  for (let kill = 0; kill < KILLS; kill++) {
    const { page } = phone;
    let first;
    const firstBegan = new Promise((resolve) => (first = resolve));
    await page.exposeFunction('begins', (number) => {
      begun.add(number);
      first();
    });
    await page.exposeFunction('saved', (number) => saved.add(number));
    await phone.go('/report?node=s001');
    const words = await page.getByLabel('In your own words').elementHandle();
    const send = await page.getByRole('button', { name: 'File the report' }).elementHandle();
    const from = Math.max(0, ...begun) + 1;
    page.evaluate(writing, { words, send, from }).catch(() => {});
    await firstBegan;
    await new Promise((resolve) => setTimeout(resolve, random() * LONGEST));
    if (begun.size > saved.size + lost(begun, saved, from)) met.write += 1;
    const pending = [...network.pending];
    if (pending.some((what) => /_bulk_docs|_revs_diff/.test(what))) met.push += 1;
    else if (pending.some((what) => what.includes('/hub/') && !what.includes('longpoll'))) met.other += 1;
    else met.idle += 1;
    await phone.kill();
    await phone.start();
  }
  await phone.go('/records');
  await sent(phone);

  const events = await hub.verified(seat);
  const numbers = events.map((event) => {
    expect(event.parts.length, 'the words came with their record').toBe(1);
    return Number(contentOf(event.parts[0], event, seat).toString().replace('record ', ''));
  });
  expect(events.map(({ sequence }) => sequence), 'no number twice, none left out').toEqual(events.map((_, at) => at + 1));
  expect([...new Set(numbers)].length, 'no record twice').toBe(numbers.length);
  expect([...saved].filter((number) => !numbers.includes(number)), 'saved and lost').toEqual([]);
  expect(numbers.filter((number) => !begun.has(number)), 'at the hub and never written').toEqual([]);
  expect(saved.size).toBeGreaterThan(KILLS);
  console.log(`${KILLS} kills: ${begun.size} records begun, ${saved.size} seen as saved, ${numbers.length} at the hub.`);
  console.log(`Met: ${met.write} in the middle of a write; ${met.push} of a push, ${met.other} of another request, ${met.idle} of none.`);
});

/** Waits until everything is at the hub: however long that takes, as long as it goes on. */
async function sent(phone) {
  const PATIENCE = 60_000;
  let [left, moved] = [Infinity, Date.now()];
  while (!(await strip(phone.page).textContent()).includes(SETTLED)) {
    const { outbox } = await counts(phone);
    if (outbox < left) [left, moved] = [outbox, Date.now()];
    expect(Date.now() - moved, `${left} records are still not sent`).toBeLessThan(PATIENCE);
    await phone.page.waitForTimeout(500);
  }
}

/** Those of earlier rounds that were begun and of which nobody heard. */
function lost(begun, saved, from) {
  return [...begun].filter((number) => number < from && !saved.has(number)).length;
}
