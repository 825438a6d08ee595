// What every journey starts with: a hub of its own with the built app, a network before it, and phones.
import { test as base, expect } from '@playwright/test';
import { EnginePhone, Screen } from './engine.mjs';
import { Hub } from './hub.mjs';
import { Phone } from './phone.mjs';
import { DIST } from './place.mjs';
import { Proxy } from './proxy.mjs';

export { expect };
export { faults } from './proxy.mjs';

export const test = base.extend({
  /** The folder of the app that is served. */
  app: [DIST, { option: true }],
  hub: async ({ app }, use) => {
    const hub = await Hub.start(app);
    await use(hub);
    await hub.stop();
  },
  network: async ({ hub }, use) => {
    const network = await Proxy.before(hub.origin);
    await use(network);
    await network.down();
  },
  /** Which browser the phones have: Chromium by Playwright, or one of engine.mjs by WebDriver. */
  engine: ['chromium', { option: true, scope: 'worker' }],
  display: [
    async ({ engine }, use) => {
      const display = engine === 'chromium' ? null : await Screen.start();
      await use(display);
      await display?.end();
    },
    { scope: 'worker' },
  ],
  /** Opens phones. In the end, none has asked anybody but the app's own origin, nor met an error that nobody caught. */
  open: async ({ network, engine, display }, use) => {
    const phones = [];
    await use(async (options) => {
      const { origin } = network;
      const phone = engine === 'chromium' ? await Phone.open(origin, options) : await EnginePhone.open(origin, { engine, screen: display, ...options });
      phones.push(phone);
      return phone;
    });
    for (const phone of phones) await phone.end();
    expect(phones.flatMap(({ strangers = [] }) => strangers), 'requests to others').toEqual([]);
    expect(phones.flatMap((phone) => phone.complaints), 'errors in the app').toEqual([]);
  },
});
