// A region of 100,000 nodes and 1,000,000 edges, opened and used without a network: the longest task that keeps the screen from answering, beside
// the same in the sample region, whose data are next to nothing.
import { Phone } from '../support/phone.mjs';
import { DIST } from '../support/place.mjs';
import { printRatio } from './support/figures.mjs';
import { appWith, nodes } from './support/region.mjs';
import { serveFiles } from './support/serve.mjs';

const NODES = 100_000;
const PATIENCE = 120_000;
/** Nobody notices that a screen is late by so little, in milliseconds. The browser tells of longer tasks only. */
const UNNOTICED = 50;
/** How long a deed goes on being watched once its first answer is there, in milliseconds. */
const LONGER = 10_000;

/** Keeps how long each long task took. */
function watch() {
  window.late = [];
  const keep = (list) => window.late.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(keep).observe({ type: 'longtask', buffered: true });
}

/** What is done with a region until its first answer is there. */
const DEEDS = {
  'opened, and ways on foot found': (page) => page.locator('.rows .row').first().waitFor({ timeout: PATIENCE }),
  'a place by its name': async (page) => {
    await page.locator('#place-name').pressSequentially('e');
    await page.locator('.rows .row').first().waitFor({ timeout: PATIENCE });
  },
  'a pilot zone': (page) => page.locator('svg.sketch').first().waitFor({ timeout: PATIENCE }),
  coverage: (page) => page.locator('h1').waitFor({ timeout: PATIENCE }),
  'the map': (page) => page.locator('.map[data-state=drawn]').waitFor({ timeout: PATIENCE }),
};
const PATHS = ['/', '/place', '/zone', '/coverage', '/map'];

async function install(app) {
  const server = await serveFiles({ '/': app });
  const phone = await Phone.open(server.origin, { draws: true });
  await phone.context.addInitScript(watch);
  await phone.go('/');
  await phone.page.getByText('Works without a network.').waitFor({ timeout: PATIENCE });
  await phone.page.waitForTimeout(LONGER);
  await phone.offline();
  return { phone, server };
}

/** The longest task of each deed, in milliseconds; what is shorter than the browser tells of counts as that. */
async function longest(app) {
  const { phone, server } = await install(app);
  const { page } = phone;
  const found = {};
  for (const [at, [name, deed]] of Object.entries(DEEDS).entries()) {
    await phone.go(PATHS[at]);
    await deed(page);
    await page.waitForTimeout(LONGER);
    found[name] = Math.max(UNNOTICED, ...(await page.evaluate(() => window.late)));
  }
  await phone.end();
  server.close();
  return found;
}

const shipped = appWith(nodes(NODES), { isLarge: true });
const [sample, large] = [await longest(DIST), await longest(shipped.app)];
shipped.remove();
for (const name of Object.keys(DEEDS)) {
  console.log(`${name}: the longest task ${Math.round(large[name])} ms, in the sample region ${Math.round(sample[name])} ms`);
  printRatio({ large: [large[name]], sample: [sample[name]] }, 'large', 'sample');
}
