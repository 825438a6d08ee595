// The other engines: how each is started, and a phone of it, which does what `Phone` does with Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from './locator.mjs';
import { FIREFOX, WEBKIT, WEBKITDRIVER, XVFB } from './place.mjs';
import { Session } from './webdriver.mjs';

const WIDTH = 390;
const HEIGHT = 844;

/** A screen that nobody sees. */
export class Screen {
  static async start() {
    // It takes a number that is free, and says which.
    const server = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const [number] = await once(server.stdio[3].setEncoding('utf8'), 'data');
    return new Screen(server, `:${number.trim()}`);
  }
  constructor(server, name) {
    this.server = server;
    this.name = name;
  }
  async end() {
    const ended = once(this.server, 'exit');
    this.server.kill();
    await ended;
  }
}

/** By name: what is written into a new profile, and how a browser with it is started. */
const engines = {
  firefox: {
    prepare(profile) {
      // Its window would not be as narrow as a phone.
      mkdirSync(join(profile, 'chrome'));
      writeFileSync(join(profile, 'chrome/userChrome.css'), ':root { min-width: 0 !important; }');
    },
    start: (profile, { locale, colorScheme, hear }) => Session.start('geckodriver', {
      hear,
      environment: { MOZ_HEADLESS_WIDTH: '1280', MOZ_HEADLESS_HEIGHT: '1024' },
      capabilities: {
        'moz:firefoxOptions': {
          binary: FIREFOX,
          args: ['-headless', '-profile', profile],
          prefs: {
            'intl.accept_languages': locale,
            'layout.css.prefers-color-scheme.content-override': colorScheme === 'dark' ? 0 : 1,
            'toolkit.legacyUserProfileCustomizations.stylesheets': true,
            'devtools.console.stdout.content': true,
          },
        },
      },
    }),
  },
  webkit: {
    prepare() {},
    start: (profile, { locale, colorScheme, without, hear, screen }) => Session.start(WEBKITDRIVER, {
      hear,
      environment: { DISPLAY: screen.name, NO_AT_BRIDGE: '1' },
      capabilities: { 'webkitgtk:browserOptions': { binary: WEBKIT, args: [profile, locale, colorScheme, ...without] } },
    }),
  },
};

/** A phone whose browser is another engine. Without a network it is when the network is down: these engines have no switch for it. */
export class EnginePhone {
  static async open(origin, options) {
    const phone = new EnginePhone(origin, options);
    engines[phone.engine].prepare(phone.profile);
    await phone.start();
    return phone;
  }

  /** `without` are features of WebKit that this phone lacks. */
  constructor(origin, { engine, screen, locale = 'en', colorScheme = 'light', without = [] }) {
    this.origin = origin;
    this.engine = engine;
    this.profile = mkdtempSync(join(tmpdir(), 'civmesh-phone-'));
    /** What the app complained of: panics, and what the content security policy refused. */
    this.complaints = [];
    const hear = (line) => /panicked|Refused to|settings blocked/.test(line) && this.complaints.push(line);
    this.options = { locale, colorScheme, without, screen, hear };
  }

  async start() {
    this.session = await engines[this.engine].start(this.profile, this.options);
    this.page = new Page(this.session);
    await this.size(WIDTH, HEIGHT);
  }

  /** Makes the page this large, in CSS pixels, whatever the window has around it. */
  async size(width, height) {
    await this.session.post('/window/rect', { width, height });
    const [inner, outer] = await this.session.run(() => [[innerWidth, innerHeight], [outerWidth, outerHeight]]);
    await this.session.post('/window/rect', { width: width + outer[0] - inner[0], height: height + outer[1] - inner[1] });
  }

  async go(path) {
    await this.page.goto(this.origin + path);
  }

  /** The browser is closed in order and opened again, with the same profile. */
  async restart() {
    await this.session.end();
    await this.start();
  }

  async end() {
    await this.session.end();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
