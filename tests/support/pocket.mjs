// The phone in a pocket: the app is closed and its worker is all there is. What the browser does then is done here on demand, and what the
// worker told it in the end is heard: "done", or "again" with the reason.
import { once } from 'node:events';

export class Pocket {
  /** Closes the app's page; the browser lives on. */
  static async of(phone) {
    const [worker] = phone.context.serviceWorkers();
    const pocket = new Pocket(phone, await phone.context.newPage());
    await phone.page.close();
    phone.page = pocket.page;
    await pocket.#listen(worker);
    pocket.session = await phone.context.newCDPSession(pocket.page);
    const updated = once(pocket.session, 'ServiceWorker.workerRegistrationUpdated');
    await pocket.session.send('ServiceWorker.enable');
    const [{ registrations }] = await updated;
    [pocket.registration] = registrations.filter(({ scopeURL, isDeleted }) => scopeURL.startsWith(phone.origin) && !isDeleted);
    return pocket;
  }

  constructor(phone, page) {
    this.phone = phone;
    this.page = page;
  }

  /** Notes the end of each event that the worker is given from now on. */
  async #listen(worker) {
    this.worker = worker;
    await worker.evaluate(() => {
      if (self.ends) return;
      self.ends = [];
      const waitUntil = ExtendableEvent.prototype.waitUntil;
      ExtendableEvent.prototype.waitUntil = function (promise) {
        if (this.type.endsWith('sync')) self.ends.push(promise.then(() => 'done', (error) => `again: ${error.message}`));
        return waitUntil.call(this, promise);
      };
    });
  }

  /** The browser has found a network. Returns what the worker said in the end. */
  async findNetwork({ lastChance = false } = {}) {
    return this.#ended(await this.beginFinding({ lastChance }));
  }

  /** The same, without waiting for the end: give what this returns to `end`. */
  async beginFinding({ lastChance = false } = {}) {
    const before = await this.worker.evaluate(() => self.ends.length);
    const { registrationId } = this.registration;
    await this.session.send('ServiceWorker.dispatchSyncEvent', { origin: this.phone.origin, registrationId, tag: 'civmesh-outbox', lastChance });
    return before;
  }

  /** What the worker said in the end. */
  async end(begun) {
    return this.#ended(begun);
  }

  /** The browser lets the worker look for news. */
  async lookForNews() {
    const before = await this.worker.evaluate(() => self.ends.length);
    const { registrationId } = this.registration;
    await this.session.send('ServiceWorker.dispatchPeriodicSyncEvent', { origin: this.phone.origin, registrationId, tag: 'civmesh-news' });
    return this.#ended(before);
  }

  /** A newer version is fetched; as no page holds on to the old one, it takes over. */
  async update() {
    const arrived = this.phone.context.waitForEvent('serviceworker');
    await this.session.send('ServiceWorker.updateRegistration', { scopeURL: this.registration.scopeURL });
    const worker = await arrived;
    await worker.evaluate(() => {
      if (self.serviceWorker.state === 'activated') return undefined;
      return new Promise((resolve) => self.serviceWorker.addEventListener('statechange', () => self.serviceWorker.state === 'activated' && resolve()));
    });
    await this.#listen(worker);
  }

  #ended(before) {
    return this.worker.evaluate(async (before) => {
      while (self.ends.length <= before) await new Promise((resolve) => setTimeout(resolve, 20));
      return self.ends[before];
    }, before);
  }
}
