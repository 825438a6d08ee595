// Who is vouched for: verified, unverified and broken each look like what they are.
import { expect, test } from '../support/journey.mjs';
import { eventId, fromBase32, isSigned, readCore } from '../support/record.mjs';
import { firstVisit, setState, settled, takeSeat } from '../support/deed.mjs';

const FULL = 2;

/** The same statement with another state, another identifier, and the signature of the first. */
function forged({ database, _id, core, sig, id, parts, sequence, mark, ...fields }, account) {
  const bytes = Buffer.from(core, 'base64url');
  bytes[readCore(bytes).bodyAt] = FULL;
  const forgedId = eventId(bytes);
  expect(isSigned(bytes, fields.author, Buffer.from(sig, 'base64url'))).toBe(false);
  const _rev = `1-${fromBase32(forgedId).subarray(16).toString('hex')}`;
  return { ...fields, _id: `event:${account}:${forgedId}`, _rev, core: bytes.toString('base64url'), sig };
}

test('verified, unverified and broken each appear, and only what is not broken counts', async ({ open, hub }) => {
  const [seat] = hub.seatsOf('manager', 'e001');
  const stranger = hub.newSeat({ role: 'manager', node: 'p001', authority: null });
  const writers = [await open(), await open()];
  for (const [at, [who, node]] of [[seat, 'e001'], [stranger, 'p001']].entries()) {
    await firstVisit(writers[at]);
    await takeSeat(writers[at], who);
    await setState(writers[at], node, 'Open');
    await settled(writers[at]);
  }
  const [verified] = await hub.verified(seat);
  const [unverified] = await hub.verified(stranger);
  const lie = forged(verified, seat.account);
  await hub.ask('POST', `/${verified.database}/_bulk_docs`, { new_edits: false, docs: [lie] });

  const reader = await open();
  const { page } = reader;
  await firstVisit(reader);
  await takeSeat(reader, hub.seatsOf('coordinator')[0]);
  const proof = page.locator('.page-head .proof');
  const look = async (id, words) => {
    await reader.go(`/records/${id}`);
    await expect(proof).toHaveText(words, { timeout: 30_000 });
  };
  const by = page.locator('.page-head .by');
  await look(lie._id.split(':')[2], 'Broken signature: do not rely on it');
  // It can be looked at, behind a warning, and is not laid out as what somebody said.
  await expect(page.getByText('It is no fact')).toBeVisible();
  await expect(page.locator('dl.facts').first()).toBeHidden();
  await page.getByText('Look at what it says all the same').click();
  await expect(page.locator('dl.facts').first()).toBeVisible();
  await look(verified.id, 'Verified');
  await expect(by).toHaveText(/^Node manager, phone [0-9A-Z]{8}$/);
  await expect(page.getByText('It is no fact')).toBeHidden();
  await look(unverified.id, 'Unverified: no credential');
  await expect(by).toHaveText(/^phone [0-9A-Z]{8}$/);

  // What is broken is no fact: the node is what its manager said.
  await reader.go('/node/e001');
  await expect(page.locator('article.answer .state').first()).toHaveText('Open');
  await expect(page.locator('article.answer .proof').first()).toHaveText('Verified');
  await expect(page.locator('article.answer .by').first()).toContainText('Node manager');
  await expect(page.locator('article.answer .news')).toContainText(/just now|min ago/);
  // What nobody vouches for is shown with the doubt, and no place is called open by it.
  await reader.go('/node/p001');
  await expect(page.locator('article.answer .proof').first()).toHaveText('Unverified: no credential');
  // In the list too, in words: colour and shape are not enough for everybody.
  await reader.go('/');
  const rows = page.locator('main li a.row');
  await expect(rows.filter({ hasText: 'unverified' }).first()).toBeVisible();
});
