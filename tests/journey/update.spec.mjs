// A new version is offered, and taken only when it is whole.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, faults, test as base } from '../support/journey.mjs';
import { checkIn, expectFates, fileReport, firstVisit, settled, takeSeat } from '../support/deed.mjs';
import { DIST, STAMP } from '../support/place.mjs';

const test = base.extend({
  /** A copy of the built app, so that a next version can be made of it. */
  app: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'civmesh-app-'));
    cpSync(DIST, folder, { recursive: true });
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

/** The next version: a page with another title, an icon that is another file, and a new stamp. */
function publishNext(app) {
  change(join(app, 'index.html'), (page) => page.replace('<title>CivMesh</title>', '<title>CivMesh, the next</title>'));
  change(join(app, 'icons/icon.svg'), (icon) => `${icon}\n<!-- the next -->\n`);
  execFileSync('node', [STAMP, app]);
}

function change(file, edit) {
  const before = readFileSync(file, 'utf8');
  const after = edit(before);
  if (before === after) throw new Error(`${file} did not change`);
  writeFileSync(file, after);
  for (const ending of ['.br', '.gz']) if (existsSync(file + ending)) rmSync(file + ending);
}

const version = async (phone) => {
  await phone.go('/about');
  const shell = phone.page.locator('dd.code');
  await expect(shell).toHaveText(/^\d+\.\d+\.\d+-[0-9a-f]{8}$/);
  return shell.innerText();
};

async function workedWith(phone, seat) {
  await firstVisit(phone);
  await takeSeat(phone, seat);
  await fileReport(phone, 's001', { words: 'before the update' });
  await settled(phone);
  return version(phone);
}

test('a new version is offered, taken on a word, and all data is there', async ({ open, hub, app, network }) => {
  const phone = await open();
  const { page } = phone;
  const old = await workedWith(phone, hub.seatsOf('manager', 's001')[0]);
  await network.down();
  await phone.offline();
  await fileReport(phone, 's001', { words: 'unsent when the update comes' });
  publishNext(app);
  const rule = network.fault(/_bulk_docs/, faults.answer(503));
  await network.up();
  await phone.offline(false);
  await phone.go('/');
  // All of it is fetched first.
  await expect(page.getByText('A new version is ready')).toBeVisible({ timeout: 45_000 });
  await expect(page).toHaveTitle('CivMesh');
  await page.getByRole('button', { name: 'Update now' }).click();
  await expect(page).toHaveTitle('CivMesh, the next');
  await expectFates(phone, [/^(Waiting|Sending)/, 'At the hub']);
  expect(await version(phone)).not.toBe(old);
  rule.end();
  await settled(phone);
  await expect(page.getByText('A new version is ready')).toBeHidden();
});

test('an interrupted update leaves the old version working offline, and is made up for later', async ({ open, app, network }) => {
  const phone = await open();
  // A phone without a seat: one that waits at the hub for news may ask for an update only when that wait ends.
  await firstVisit(phone);
  await checkIn(phone, 's001');
  const old = await version(phone);
  publishNext(app);
  const rule = network.fault(/^GET \/icons\/icon\.svg/, faults.cutAnswer());
  // The app is opened anew, and looks for a newer version.
  await phone.restart();
  await phone.go('/');
  await expect.poll(() => rule.hits, 'the update was interrupted').toBeGreaterThan(0);
  await expect(phone.page.getByText('A new version is ready')).toBeHidden();
  await network.down();
  await phone.offline();
  await phone.restart();
  await phone.go('/');
  await expect(phone.page).toHaveTitle('CivMesh');
  await expect(phone.page.locator('article.answer')).toBeVisible();
  expect(await version(phone)).toBe(old);
  await expectFates(phone, ['Waiting']);

  rule.end();
  await network.up();
  await phone.offline(false);
  await phone.go('/');
  await expect(phone.page.getByText('A new version is ready')).toBeVisible();
  await phone.page.getByRole('button', { name: 'Update now' }).click();
  await expect(phone.page).toHaveTitle('CivMesh, the next');
  expect(await version(phone)).not.toBe(old);
});
