// A phone: a browser with a profile of its own, which can be put away, killed and opened again.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM } from './place.mjs';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Whatever asks for another machine is not only noticed (see `strangers`), it also gets nothing.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** A machine without a graphics card draws maps all the same, but everything else more slowly. */
const DRAWING = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

export class Phone {
  static async open(origin, options = {}) {
    const phone = new Phone(origin, options);
    await phone.start();
    return phone;
  }

  /** `host` is another name for this machine: passkeys belong to a name, not to an address. `draws`: it is to draw maps. */
  constructor(origin, { locale = 'en', colorScheme = 'light', at, host = '127.0.0.1', draws = false } = {}) {
    this.origin = origin.replace('127.0.0.1', host);
    this.profile = mkdtempSync(join(tmpdir(), 'civmesh-phone-'));
    this.options = { locale, colorScheme, ...(at && { geolocation: at, permissions: ['geolocation'] }) };
    this.args = draws ? [...ARGUMENTS, ...DRAWING] : ARGUMENTS;
    this.isOffline = false;
    /** Requests to anybody but the app's own origin. There must never be one. */
    this.strangers = [];
    /** Errors that nobody caught, and what the content security policy refused. */
    this.complaints = [];
  }

  async start() {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: CHROMIUM,
      args: this.args,
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      timezoneId: 'Asia/Taipei',
      offline: this.isOffline,
      ...this.options,
    });
    this.context.on('request', (request) => {
      const url = request.url();
      if (/^(https?|wss?):/.test(url) && new URL(url).origin !== this.origin) this.strangers.push(url);
    });
    this.context.on('weberror', (error) => this.complaints.push(String(error.error())));
    this.context.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|panicked/.test(message.text())) this.complaints.push(message.text());
    });
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
  }

  async go(path) {
    await this.page.goto(this.origin + path);
  }

  async offline(isOffline = true) {
    this.isOffline = isOffline;
    await this.context.setOffline(isOffline);
  }

  /** The browser is closed in order and opened again, with the same profile. */
  async restart() {
    await this.context.close();
    await this.start();
  }

  /** The browser's processes are gone at once, without a word. */
  async kill() {
    const closed = this.context.waitForEvent('close');
    process.kill(-this.#process(), 'SIGKILL');
    await closed;
  }

  /** The browser's process: our own child, with this profile. It leads a group of its own. */
  #process() {
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const of = (file) => {
        try {
          return readFileSync(`/proc/${id}/${file}`, 'utf8');
        } catch {
          return ''; // It has ended meanwhile.
        }
      };
      const parent = of('stat').split(') ').pop().split(' ')[1];
      if (Number(parent) === process.pid && of('cmdline').includes(this.profile)) return Number(id);
    }
    throw new Error('the browser is not running');
  }

  async end() {
    await this.context.close().catch(() => {});
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
