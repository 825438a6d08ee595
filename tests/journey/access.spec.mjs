// Everybody can use it: axe on every screen in both languages and themes, and Lighthouse on the first one.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { chromium } from '@playwright/test';
import { faultsOn } from '../support/axe.mjs';
import { expect, test } from '../support/journey.mjs';
import { checkIn, doStep, fileReport, firstVisit, setState, settled, skipStep, startRun, takeSeat } from '../support/deed.mjs';
import { CHROMIUM } from '../support/place.mjs';

test('axe finds nothing serious on any screen in either language or theme', async ({ open, hub }) => {
  test.setTimeout(240_000);
  const phone = await open();
  const { page } = phone;
  await firstVisit(phone);
  await page.evaluate(() => localStorage.clear());
  const found = [];
  const look = async (screens) => {
    for (const language of ['zh', 'en']) {
      await page.evaluate((language) => localStorage.setItem('civmesh.language', JSON.stringify(language)), language);
      for (const path of screens) {
        await phone.go(path);
        await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'zh-Hant-TW' : 'en');
        await expect(page.locator('h1')).not.toHaveText(/讀取中|Loading/);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          for (const fault of await faultsOn(page)) found.push(`${path} ${language} ${colorScheme}: ${fault}`);
        }
      }
    }
  };
  // As a citizen.
  await look(['/', '/?hazard=flood&needs=water', '/place', '/node/s001', '/going/s001', '/map', '/more', '/seat', '/region', '/coverage', '/about', '/nowhere']);
  // As a manager, with something on every screen.
  await takeSeat(phone, hub.seatsOf('manager', 's001')[0]);
  await checkIn(phone, 's001', { name: 'A. B.' });
  const run = await startRun(phone, 's001', 'earthquake-store');
  await doStep(page);
  await skipStep(page, 'Nobody is free');
  await setState(phone, 's001', 'Full');
  await fileReport(phone, 's001', { words: 'A report.', photo: true });
  await settled(phone);
  await phone.go('/records');
  const record = await page.locator('a.record').first().getAttribute('href');
  await look([
    '/check-in?node=s001', '/checklist?node=s001', '/checklist?node=s001&sop=flood-store', run, '/report?node=s001', '/status?node=s001',
    '/records', record, '/seat', '/node/s001', '/correction?node=s001',
  ]);
  expect(found).toEqual([]);
});

test('Lighthouse on a phone: accessibility and best practices at least 95', async ({ network }) => {
  // It is large: only this journey loads it.
  const { default: lighthouse } = await import('lighthouse');
  const port = await freePort();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', `--remote-debugging-port=${port}`] });
  try {
    const categories = ['accessibility', 'best-practices'];
    const { lhr } = await lighthouse(`${network.origin}/`, { port, onlyCategories: categories, logLevel: 'error' });
    const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1);
    const why = failed.map(({ id, title, details }) => `${id}: ${title} ${JSON.stringify(details?.items ?? []).slice(0, 400)}`).join('\n');
    for (const category of categories) {
      expect(lhr.categories[category].score, `${category}\n${why}`).toBeGreaterThanOrEqual(0.95);
    }
  } finally {
    await browser.close();
  }
});

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
