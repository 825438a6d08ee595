// What every journey starts with: a hub of its own with the built app, a network before it, and phones.
import { test as base, expect } from '@playwright/test';
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
  /** Opens phones. In the end, none has asked anybody but the app's own origin, nor met an error that nobody caught. */
  open: async ({ network }, use) => {
    const phones = [];
    await use(async (options) => {
      const phone = await Phone.open(network.origin, options);
      phones.push(phone);
      return phone;
    });
    for (const phone of phones) await phone.end();
    expect(phones.flatMap((phone) => phone.strangers), 'requests to others').toEqual([]);
    expect(phones.flatMap((phone) => phone.complaints), 'errors in the app').toEqual([]);
  },
});
