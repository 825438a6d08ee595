// A phone whose clock is wrong by years or days: it says so, what it writes arrives and is read, and nothing is dropped by a wrong clock.
import { expect, test } from '../support/journey.mjs';
import { DAY, setClock } from '../support/clock.mjs';
import { counts } from '../support/database.mjs';
import { checkIn, fileReport, firstVisit, setState, settled, strip, takeSeat } from '../support/deed.mjs';
import { contentOf } from '../support/record.mjs';

const CLOCKS = [
  { wrong: 'two years behind', by: -740 * DAY, says: '2 years behind', age: 'just now' },
  { wrong: 'two days ahead', by: 2.1 * DAY, says: '2 days ahead', age: 'time not reliable' },
];

for (const { wrong, by, says, age } of CLOCKS) {
  test(`a clock ${wrong}: everything arrives, is believed, and its age is what can be said of it`, async ({ open, network, hub }) => {
    const [one, other] = hub.seatsOf('manager', 's001');
    const phone = await open();
    await setClock(phone, network, by);
    await firstVisit(phone);
    await takeSeat(phone, one);
    await expect(strip(phone.page)).toContainText(`This phone's clock is ${says}`, { timeout: 30_000 });
    // Without a network the phone goes by what it heard of its clock before.
    await phone.offline();
    await checkIn(phone, 's001', { name: '林小姐' });
    await fileReport(phone, 's001', { words: 'written by a wrong clock' });
    await setState(phone, 's001', 'Open');
    await phone.offline(false);
    await settled(phone);

    const events = await hub.verified(one);
    expect(events.map(({ kind }) => kind)).toEqual(['check_in', 'report', 'node_status']);
    const said = events.flatMap((event) => event.parts.map((part) => contentOf(part, event, one).toString()));
    expect(said, 'the hub took names and words').toEqual(['林小姐', 'written by a wrong clock']);
    // A round more: what has arrived is not dropped here either.
    await phone.restart();
    await setClock(phone, network, by);
    await phone.go('/records');
    await settled(phone);
    expect((await counts(phone)).parts).toBe(2);

    const reader = await open();
    await firstVisit(reader);
    await takeSeat(reader, other);
    await reader.go('/node/s001');
    const news = reader.page.locator('article.answer .news');
    await expect(news.locator('.proof')).toContainText('Verified', { timeout: 30_000 });
    await expect(news).toContainText(age === 'just now' ? /just now|min ago/ : age);
    await expect(strip(reader.page)).not.toContainText('clock');

    // What the reader says is as old on the wrong phone as it is.
    await setState(reader, 's001', 'Nearly full');
    await settled(reader);
    await phone.go('/node/s001');
    await expect(phone.page.locator('article.answer .state').first()).toHaveText('Nearly full', { timeout: 30_000 });
    await expect(phone.page.locator('article.answer .news')).toContainText(/just now|min ago/);
  });
}

test('a clock years behind is known without a network', async ({ open, network, hub }) => {
  const phone = await open();
  await firstVisit(phone);
  await hub.stop();
  await phone.offline();
  await phone.restart();
  await setClock(phone, network, -800 * DAY);
  await phone.go('/');
  await expect(phone.page.locator('article.answer')).toBeVisible();
  await expect(strip(phone.page)).toContainText("This phone's clock is 2 years behind");
});
