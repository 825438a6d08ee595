// Pages and locators by WebDriver, with the names and the manners of Playwright's: an action waits for the one thing it is meant for.
// So the same deeds are done in every browser.
import { find, look } from './find.mjs';
import { Session } from './webdriver.mjs';

/** As long as an action waits for its place on the page, in milliseconds. */
export const PATIENCE = 15_000;
/** Between two looks at the page. */
const BETWEEN = 50;

/** Asks until `work` gives something other than undefined. What it throws is told when patience is at an end. */
export async function until(work, { timeout = PATIENCE, what }) {
  const end = Date.now() + timeout;
  for (let reason = ''; ;) {
    try {
      const found = await work();
      if (found !== undefined) return found;
      reason = '';
    } catch (error) {
      reason = `: ${error.message}`;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${timeout} ms${reason}`);
    await new Promise((waited) => setTimeout(waited, BETWEEN));
  }
}

const pattern = (wanted) => (wanted instanceof RegExp ? { source: wanted.source, flags: wanted.flags } : wanted);

/** What can be looked for, from the page or from inside a place on it. */
class Scope {
  constructor(session, steps) {
    this.session = session;
    this.steps = steps;
  }
  #then(step) {
    return new Locator(this.session, [...this.steps, step]);
  }
  locator(css, filter) {
    const found = this.#then({ css });
    return filter ? found.filter(filter) : found;
  }
  getByText(text, { exact = false } = {}) {
    return this.#then({ text: pattern(text), exact });
  }
  getByLabel(label, { exact = false } = {}) {
    return this.#then({ label: pattern(label), exact });
  }
  getByAltText(alt, { exact = false } = {}) {
    return this.#then({ alt: pattern(alt), exact });
  }
  getByRole(role, { name, exact = false } = {}) {
    return this.#then({ role, name: pattern(name), exact });
  }
}

export class Locator extends Scope {
  #with(step) {
    return new Locator(this.session, [...this.steps, step]);
  }
  filter({ hasText, has }) {
    return this.#with({ only: { hasText: pattern(hasText), has: has?.steps } });
  }
  first() {
    return this.#with({ at: 0 });
  }
  last() {
    return this.#with({ at: -1 });
  }
  toString() {
    return JSON.stringify(this.steps);
  }

  /** What is there now: an entry for each element. */
  look() {
    return this.session.run(`(steps) => (${look})(${find}, steps)`, this.steps);
  }
  async count() {
    return (await this.look()).length;
  }
  async isVisible() {
    return (await this.look()).some(({ isSeen }) => isSeen);
  }
  async innerText() {
    return until(async () => (await this.look())[0]?.written, { what: `${this}` });
  }

  /** Does something with the one element, as soon as it is there and lets it be done. */
  async #do(work, { timeout } = {}) {
    await until(async () => {
      const elements = await this.session.run(
        `(steps) => (${find})(steps).map((element) => (element.scrollIntoView({ block: 'center' }), element))`, this.steps);
      if (elements.length !== 1) throw new Error(`there are ${elements.length} of it`);
      if (await this.session.run((element) => element.matches(':disabled, [aria-disabled=true]'), elements[0])) throw new Error('it is disabled');
      await work(elements[0]);
      return true;
    }, { timeout, what: `${this}` });
  }
  async click(options) {
    await this.#do((element) => this.session.post(`${Session.at(element)}/click`), options);
  }
  async check() {
    await this.#do(async (element) => {
      if (!(await this.session.run((input) => input.checked, element))) await this.session.post(`${Session.at(element)}/click`);
    });
  }
  async fill(text) {
    await this.#do(async (element) => {
      await this.session.post(`${Session.at(element)}/clear`);
      await this.session.post(`${Session.at(element)}/value`, { text });
    });
  }
  /** Chooses a file that is nowhere but here. */
  async setInputFiles({ name, mimeType, buffer }) {
    await this.#do((element) => this.session.run((input, name, type, base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const chosen = new DataTransfer();
      chosen.items.add(new File([bytes], name, { type }));
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, element, name, mimeType, buffer.toString('base64')));
  }
  /** The screen with this in its middle: pictures of one element alone come out cut off from WebKitWebDriver. */
  async screenshot() {
    let picture;
    await this.#do(async () => {
      // WebKit paints what was scrolled to a frame later.
      await this.session.run(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => painted()))));
      picture = await this.session.get('/screenshot');
    });
    return Buffer.from(picture, 'base64');
  }
}

export class Page extends Scope {
  constructor(session) {
    super(session, []);
  }
  /** Comes back when the page has loaded. */
  async goto(url) {
    await this.session.post('/url', { url });
  }
  /** The address, as WebDriver last heard it. */
  url() {
    return this.session.get('/url');
  }
  async screenshot() {
    return Buffer.from(await this.session.get('/screenshot'), 'base64');
  }
}
