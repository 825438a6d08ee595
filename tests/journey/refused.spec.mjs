// The hub refuses one record of twenty: that one stays, says why, and can be corrected; the others are not held up.
import { expect, test } from '../support/journey.mjs';
import { expectFates, firstVisit, setState, settled, strip, takeSeatWithKey } from '../support/deed.mjs';

const REPORTS = 19;

test('of twenty records nineteen arrive, one stays with its reason, is corrected and sent', async ({ open, network, hub }) => {
  const [seat] = hub.seatsOf('manager', 's001');
  const phone = await open();
  const { page } = phone;
  await firstVisit(phone);
  await takeSeatWithKey(phone, hub, seat);
  await network.down();
  await phone.offline();
  await setState(phone, 's001', 'Full');
  await phone.go('/report?node=s001');
  for (let count = 1; count <= REPORTS; count++) {
    await page.getByLabel('Present').fill(String(count));
    await page.getByRole('button', { name: 'File the report' }).click();
    await expect(page.getByLabel('Present')).toHaveValue('');
  }
  await expect(strip(page)).toContainText(`${REPORTS + 1} not sent`);

  // Meanwhile a coordinator makes the manager a volunteer, who may report and may not set the node's state.
  await hub.setRoles(seat, (roles) => roles.map((role) => (role === 'manager' ? 'volunteer' : role)));
  await network.up();
  await phone.offline(false);
  await expect(strip(page)).toContainText('1 to deal with', { timeout: 30_000 });
  await expect(strip(page)).not.toContainText('not sent');
  const arrived = await hub.verified(seat);
  expect(arrived.map(({ kind }) => kind)).toEqual(Array(REPORTS).fill('report'));

  // The node's state was the first thing written.
  await expectFates(phone, [...Array(REPORTS).fill('At the hub'), 'To deal with']);
  await page.locator('a.record').filter({ hasText: 'To deal with' }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'The hub says no' });
  await expect(refusal).toContainText('your seat may not write this kind of record');
  await expect(refusal).toContainText('kind: this seat may not write node_status');

  // The coordinator puts it right, the manager corrects and sends.
  await hub.setRoles(seat, (roles) => roles.map((role) => (role === 'volunteer' ? 'manager' : role)));
  const address = page.url();
  await phone.go('/records');
  await page.getByRole('button', { name: 'Sync now' }).click();
  await phone.go('/more');
  await expect(page.getByText('Node manager')).toBeVisible({ timeout: 30_000 });
  await page.goto(address);
  await page.getByRole('link', { name: 'Correct and send' }).click();
  await expect(page.getByRole('radio', { name: 'Full', exact: true })).toBeChecked();
  await page.locator('label').filter({ hasText: /^\s*Nearly full\s*$/ }).click();
  await page.getByRole('button', { name: 'Update', exact: true }).click();
  await settled(phone);
  const events = await hub.verified(seat);
  expect(events.length).toBe(REPORTS + 1);
  expect(events.at(-1).kind).toBe('node_status');
  expect(events.at(-1).sequence).toBe(REPORTS + 2);
});
