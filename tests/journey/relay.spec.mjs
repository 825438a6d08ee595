// Somebody helps at a node that is not theirs: its staff knows them by name, and nobody else does.
import { expect, test } from '../support/journey.mjs';
import { checkIn, fileReport, firstVisit, settled, strip, takeSeat } from '../support/deed.mjs';

const NAME = '陳大文';
const WORDS = 'The rear door is stuck.';

test('a name and words for a node of others go to its staff, sealed, and a photo is not asked for', async ({ open, hub }) => {
  const [manager] = hub.seatsOf('manager', 's001');
  const helper = hub.seats.find(({ role, nodes }) => role !== 'coordinator' && !nodes.includes('s001'));
  const [theirs, mine] = [await open(), await open()];
  for (const [phone, seat] of [[theirs, manager], [mine, helper]]) {
    await firstVisit(phone);
    await takeSeat(phone, seat);
    await expect(strip(phone.page)).toContainText(/Connected|Everything is at the hub/);
  }
  await checkIn(mine, 's001', { name: NAME });
  await fileReport(mine, 's001', { words: WORDS });
  await settled(mine);
  await mine.go('/report?node=s001');
  await expect(mine.page.getByText('a photo is too large to be passed on')).toBeVisible();
  await expect(mine.page.locator('input[type=file]')).toHaveCount(0);

  const relayed = (await hub.documents()).filter(({ database }) => database.endsWith('-relay'));
  expect(relayed.map(({ type, kind }) => `${type} ${kind}`).sort()).toEqual(['event check_in', 'event report', 'part person', 'part text']);
  for (const { envelope } of relayed.filter(({ type }) => type === 'part')) {
    const bytes = Buffer.from(envelope, 'base64url');
    expect(bytes.includes(NAME) || bytes.includes(WORDS)).toBe(false);
  }

  await theirs.go('/check-in?node=s001');
  await expect(theirs.page.locator('.row').filter({ hasText: NAME })).toContainText('Reception');
  await theirs.go('/report?node=s001');
  await theirs.page.locator('main a[href^="/records/"]').first().click();
  await expect(theirs.page.getByText(WORDS)).toBeVisible();
});
