// Two phones of one engine, without a network: somebody is invited, and what they write is believed.
import { firstVisit, settled, setState, takeSeat } from '../support/deed.mjs';
import { expect } from '../support/expect.mjs';
import { invite, join, stockUp } from '../support/invitation.mjs';
import { test } from '../support/journey.mjs';

const NAME = '林怡君';

/** What the browser keeps of the phone's one key, which lies under the name of its profile: what kind it is, or null. */
async function keptKey() {
  const opening = indexedDB.open('civmesh');
  const database = await new Promise((opened, failed) => Object.assign(opening, { onsuccess: () => opened(opening.result), onerror: failed }));
  const asking = database.transaction('keys').objectStore('keys').getAll();
  const [key, another] = await new Promise((got, failed) => Object.assign(asking, { onsuccess: () => got(asking.result), onerror: failed }));
  database.close();
  return !another && key instanceof CryptoKey ? { name: key.algorithm.name, extractable: key.extractable } : null;
}

/** Invites the second phone; returns what the hub has of it in the end. */
async function inviteAndWrite(coordinator, invitee, { hub, network }) {
  const [seat] = hub.seatsOf('coordinator');
  await firstVisit(coordinator);
  await takeSeat(coordinator, seat);
  await firstVisit(invitee);
  await network.down();
  const stock = hub.newSeat({ role: 'manager', node: 's001', authority: null });
  await stockUp(coordinator, [stock]);
  await invite(coordinator, { name: NAME });
  await join(invitee, coordinator);
  await setState(invitee, 's001', 'Nearly full');
  await invitee.go('/node/s001');
  await expect(invitee.page.locator('article.answer .proof').first()).toContainText('Verified');

  await network.up();
  for (const phone of [coordinator, invitee]) {
    await phone.go('/');
    await settled(phone);
  }
  await coordinator.go('/node/s001');
  await expect(coordinator.page.locator('article.answer .state').first()).toHaveText('Nearly full');
  await expect(coordinator.page.locator('article.answer .proof').first()).toContainText('Verified');
  const [{ author: device }] = (await hub.documents()).filter(({ _id }) => _id.startsWith(`event:${stock.account}:`));
  expect(device).not.toBe(seat.device);
  return hub.verified({ device });
}

test('a phone joins with a key that its browser keeps and does not give away', async ({ open, hub, network }) => {
  const [coordinator, invitee] = [await open(), await open()];
  const events = await inviteAndWrite(coordinator, invitee, { hub, network });
  expect(events.map(({ kind }) => kind)).toEqual(['node_status']);
  expect(await invitee.session.run(keptKey)).toEqual({ name: 'Ed25519', extractable: false });
});

// Safari has Ed25519 since version 17. The key is then one in the app's own hands.
test('a phone without Ed25519 joins all the same', { tag: '@webkit' }, async ({ open, hub, network }) => {
  const [coordinator, invitee] = [await open(), await open({ without: ['WebCryptoSafeCurves'] })];
  const events = await inviteAndWrite(coordinator, invitee, { hub, network });
  expect(events.map(({ kind }) => kind)).toEqual(['node_status']);
  expect(await invitee.session.run(keptKey)).toBe(null);
});
