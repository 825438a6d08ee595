// Region packs that can't be used: a clear sentence each, and the region that was there stays. Wrong CSV and GeoJSON never become a pack:
// that is held by app/pack/tests/build.rs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../support/journey.mjs';
import { firstVisit, strip } from '../support/deed.mjs';
import { writeLargePack } from '../support/pack.mjs';
import { PACK } from '../support/place.mjs';

const good = readFileSync(PACK);
const changed = (at, value) => {
  const bytes = Buffer.from(good);
  bytes[at] = value ?? bytes[at] ^ 1;
  return bytes;
};
const PACKS = {
  'a damaged pack': [changed(good.length - 5000), /The file is damaged in its part "\w+"\. Download it again\./],
  'a pack whose header was changed': [changed(40), /The signature is wrong|The file is damaged in its part "header"/],
  'a pack of another version': [changed(7, 9), 'This pack has format 9; this version reads format 1.'],
  'half a pack': [good.subarray(0, good.length / 2), 'The file ends too early'],
  'a file that is no pack': [Buffer.from('name,lat,lon\n'), 'This file is not a region pack.'],
};

test('a pack that can not be used changes nothing and says why', async ({ open }) => {
  const phone = await open();
  await firstVisit(phone);
  await phone.go('/region');
  const nodes = phone.page.locator('dt:has-text("Nodes") + dd');
  await expect(nodes).toHaveText(/^\d+$/);
  const before = await nodes.innerText();
  const refuse = async (name, file, sentence) => {
    await expect(phone.page.getByRole('heading', { name: 'Exercise Isle (drill)' })).toBeVisible();
    await phone.page.locator('#pack-file').setInputFiles(file);
    const told = phone.page.getByRole('alert').filter({ hasText: 'The region you had is still here.' });
    await expect(told, name).toContainText(sentence, { timeout: 30_000 });
    await expect(phone.page.getByRole('heading', { name: 'Exercise Isle (drill)' })).toBeVisible();
  };
  for (const [name, [buffer, sentence]] of Object.entries(PACKS)) {
    await refuse(name, { name: 'region.civmesh', mimeType: 'application/octet-stream', buffer }, sentence);
  }

  const folder = mkdtempSync(join(tmpdir(), 'civmesh-pack-'));
  try {
    const large = join(folder, 'large.civmesh');
    writeLargePack(large, 200e6);
    // A browser remembers for a while how much room there was: so it is opened anew, and told before anything is kept.
    await phone.restart();
    const devtools = await phone.context.newCDPSession(phone.page);
    const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin: phone.origin });
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: phone.origin, quotaSize: usage + 20e6 });
    await phone.go('/region');
    await refuse('200 MB on a small quota', large, 'There is not enough room on the phone');
  } finally {
    rmSync(folder, { recursive: true });
  }

  // The same file can be had right: it is taken.
  await phone.page.locator('#pack-file').setInputFiles({ name: 'region.civmesh', mimeType: '', buffer: good });
  await expect(phone.page.locator('.toast')).toContainText('Loaded; this region is shown now.');
  await phone.offline();
  await phone.restart();
  await phone.go('/');
  await expect(strip(phone.page)).toContainText('Exercise');
  await expect(phone.page.locator('article.answer')).toBeVisible();
  await phone.go('/region');
  await expect(phone.page.locator('dt:has-text("Nodes") + dd')).toHaveText(before);
});
