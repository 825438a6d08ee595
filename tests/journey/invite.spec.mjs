// Two phones without a network: a coordinator invites somebody, who is then believed everywhere, shows a badge, and is revoked when the
// phone is lost. Codes go from screen to camera, as pictures of the real QR.
import { expect, test } from '../support/journey.mjs';
import { fileReport, firstVisit, settled, setState, takeSeat } from '../support/deed.mjs';
import { camera, invite, join, photograph, stockUp } from '../support/invitation.mjs';

const NAME = '林怡君';

test('somebody is invited, believed, badged and revoked, and no network is needed until the end', async ({ open, hub }) => {
  test.slow();
  const [coordinator, invitee, manager] = [await open(), await open(), await open()];
  await firstVisit(coordinator);
  await takeSeat(coordinator, hub.seatsOf('coordinator')[0]);
  await firstVisit(manager);
  await takeSeat(manager, hub.seatsOf('manager', 's001')[0]);
  await firstVisit(invitee);
  for (const phone of [coordinator, invitee, manager]) await phone.offline();
  await stockUp(coordinator, [hub.newSeat({ role: 'manager', node: 's001', authority: null }), hub.newSeat({ role: 'volunteer', node: 's001', authority: null })]);

  await invite(coordinator, { name: NAME });
  await join(invitee, coordinator);
  // The list says so, by name, and the stock has one seat less.
  await coordinator.go('/people');
  await expect(coordinator.page.locator('details.holder').filter({ hasText: NAME })).toContainText('Node manager');
  await expect(coordinator.page.locator('ul.plain li')).toHaveCount(1);

  // What the invitee writes is verified here already, and by the third phone as soon as both have met the hub.
  await setState(invitee, 's001', 'Nearly full');
  await invitee.go('/node/s001');
  await expect(invitee.page.locator('article.answer .proof').first()).toContainText('Verified');
  await invitee.go('/badge');
  await manager.go('/badge');
  await photograph(invitee, camera(manager.page));
  const checked = manager.page.locator('section').filter({ hasText: 'Check somebody' });
  await expect(checked).toContainText('The credential is valid');
  for (const words of ['Node manager', 'First aid', 'Valid until']) await expect(checked).toContainText(words);

  for (const phone of [coordinator, invitee, manager]) await phone.offline(false);
  for (const phone of [coordinator, invitee]) {
    await phone.go('/');
    await settled(phone);
  }
  await manager.go('/node/s001');
  await expect(manager.page.locator('article.answer .state').first()).toHaveText('Nearly full');
  await expect(manager.page.locator('article.answer .proof').first()).toContainText('Verified');
  await expect(manager.page.locator('article.answer .by').first()).toContainText(`${NAME}, Node manager`);
  // The name is for staff of the node: now the manager's phone has it, and so has the badge.
  await manager.go('/people');
  await expect(manager.page.locator('details.holder').filter({ hasText: NAME })).toHaveCount(1);

  // Who is not of the staff reads the role alone, on the node's page and in the list.
  const [citizen] = [await open()];
  await firstVisit(citizen);
  await citizen.go('/node/s001');
  await expect(citizen.page.locator('article.answer .by').first()).toContainText('Node manager, phone');
  await expect(citizen.page.locator('article.answer')).not.toContainText(NAME);

  // The phone is lost. What was known of it stays; what comes later is not believed until a coordinator accepts it.
  await coordinator.go('/people');
  const row = coordinator.page.locator('details.holder').filter({ hasText: NAME });
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Revoke this phone' }).click();
  await coordinator.page.getByRole('dialog').getByRole('button', { name: 'Revoke this phone' }).click();
  await expect(row).toContainText('Revoked');
  await settled(coordinator);
  await invitee.offline();
  await fileReport(invitee, 's001', { words: 'Two people with burns' });
  await invitee.offline(false);
  await settled(invitee);
  await manager.go('/node/s001');
  await expect(manager.page.locator('article.answer .proof').first()).toContainText('Verified');
  await coordinator.go('/report?node=s001');
  const report = coordinator.page.locator('main').getByText('Unverified: revoked').first();
  await expect(report).toBeVisible();
});

test('an invitation is used once, by the phone that answered it', async ({ open, hub }) => {
  const [coordinator, first, second] = [await open(), await open(), await open()];
  await firstVisit(coordinator);
  await takeSeat(coordinator, hub.seatsOf('coordinator')[0]);
  await stockUp(coordinator, [hub.newSeat({ role: 'manager', node: 's001', authority: null }), hub.newSeat({ role: 'manager', node: 's001', authority: null })]);
  await invite(coordinator, { name: NAME });
  const address = coordinator.page.url();
  for (const phone of [first, second]) {
    await firstVisit(phone);
    await phone.go('/join');
    await photograph(coordinator, camera(phone.page));
    await phone.page.getByRole('button', { name: 'Accept, and make my answer' }).click();
    await expect(phone.page.getByText('1. Let the coordinator scan this answer')).toBeVisible();
  }
  await photograph(first, camera(coordinator.page));
  await expect(coordinator.page.getByText('3. Let them scan this, and it is done')).toBeVisible();
  // The second one's answer comes as a link.
  const answer = await second.page.evaluate(() => navigator.clipboard && document.querySelector('.qr') !== null);
  expect(answer).toBe(true);
  await photograph(coordinator, camera(second.page));
  await expect(second.page.getByText('This credential is for another phone')).toBeVisible();
  await photograph(coordinator, camera(first.page));
  await expect(first.page.getByRole('heading', { name: "This phone's seat" })).toBeVisible();
  expect(coordinator.page.url()).toBe(address);
});
