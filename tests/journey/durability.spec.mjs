// What a killed process can't show: whether a write waits for the disk. The browser says of every transaction how durable it is.
import { expect, test } from '../support/journey.mjs';
import { listen } from '../support/database.mjs';
import { atWork, checkIn, doStep, fileReport, setState, settled, skipStep, startRun } from '../support/deed.mjs';

test('every event and its places in the outbox are one strictly durable transaction, and so is every receipt', async ({ open, hub }) => {
  const heard = [];
  const phone = await open();
  await listen(phone, (transaction) => heard.push(transaction));
  const [seat] = hub.seatsOf('manager', 's001');
  await atWork(phone, hub, seat);
  await phone.offline();
  await checkIn(phone, 's001', { name: '林小姐' });
  await startRun(phone, 's001', 'earthquake-store');
  await doStep(phone.page, { note: 'Two windows are broken.' });
  await skipStep(phone.page, 'Nobody is free');
  await fileReport(phone, 's001', { words: 'Twelve people in front of the store', photo: true });
  await setState(phone, 's001', 'Open');
  await phone.offline(false);
  await settled(phone);

  const wrote = heard.filter(({ mode }) => mode === 'readwrite');
  const puts = (...stores) => wrote.filter((transaction) => stores.every((store) => transaction.puts.includes(store)));
  const events = await hub.verified(seat);
  const keys = (await hub.readingKeys()).filter(({ author }) => author === seat.device);
  expect(events.length).toBe(7);
  // Each event came into being in such a transaction: there are as many as events, and all the places of their parts came with them.
  const born = puts('events', 'outbox');
  expect(born.length).toBe(events.length + keys.length);
  expect(born.map(({ durability }) => durability)).toEqual(born.map(() => 'strict'));
  expect(born.every(({ puts }) => puts.includes('authors'))).toBe(true);
  // No part was written elsewhere.
  expect(puts('parts').filter(({ puts }) => !puts.includes('outbox'))).toEqual([]);
  const receipts = puts('receipts');
  expect(receipts.length).toBeGreaterThan(0);
  expect(receipts.map(({ durability }) => durability)).toEqual(receipts.map(() => 'strict'));
  // Nothing else was ever asked to wait: what the hub can give again does not.
  const relaxed = wrote.filter(({ durability }) => durability === 'relaxed');
  expect(relaxed.every(({ puts }) => !(puts.includes('events') && puts.includes('outbox')))).toBe(true);
  console.log(`${wrote.length} writing transactions: ${born.length} with an event, ${receipts.length} with receipts, ${relaxed.length} relaxed`);
});
