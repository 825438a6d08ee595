// Speaking WebDriver (https://www.w3.org/TR/webdriver2/) with a browser's own driver: what journeys need of it, and no more.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** The name under which WebDriver hands out elements. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class Session {
  /** Starts a driver, and by it a browser. `capabilities` are asked for; `hear` gets every line that either of them prints. */
  static async start(program, { capabilities, environment = {}, hear = () => {} }) {
    const port = await freePort();
    // A group of its own, so that the browser ends with its driver, whatever happens.
    const driver = spawn(program, [`--port=${port}`, '--host=127.0.0.1'], {
      env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true,
    });
    for (const stream of [driver.stdout, driver.stderr]) stream.setEncoding('utf8').on('data', (text) => text.split('\n').forEach(hear));
    const session = new Session(driver, `http://127.0.0.1:${port}`);
    process.once('exit', session.leave);
    await session.#begin(capabilities);
    return session;
  }

  constructor(driver, address) {
    this.driver = driver;
    this.address = address;
    this.leave = () => this.#isRunning() && process.kill(-driver.pid, 'SIGTERM');
  }

  #isRunning() {
    return this.driver.exitCode === null && this.driver.signalCode === null;
  }

  async #begin(alwaysMatch) {
    const ended = once(this.driver, 'exit').then(() => Promise.reject(new Error('the driver did not start')));
    ended.catch(() => {});
    await Promise.race([ended, this.#answers()]);
    const { sessionId, capabilities } = await this.#ask('POST', '/session', { capabilities: { alwaysMatch } });
    this.path = `/session/${sessionId}`;
    this.capabilities = capabilities;
  }

  /** Comes back once the driver listens. */
  async #answers() {
    while (!(await this.#ask('GET', '/status').then(() => true, () => false))) await new Promise((tried) => setTimeout(tried, 50));
  }

  async #ask(method, path, body) {
    const answer = await fetch(this.address + path, { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const { value } = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(`${method} ${path}: ${value.error}: ${value.message}`), { code: value.error });
    return value;
  }

  get(path) {
    return this.#ask('GET', this.path + path);
  }

  post(path, body = {}) {
    return this.#ask('POST', this.path + path, body);
  }

  /** Runs a function in the page, with arguments that JSON can hold or elements, and returns what it returns. */
  run(work, ...args) {
    return this.post('/execute/sync', { script: `return (${work}).apply(null, arguments)`, args });
  }

  /** Where an element is to be asked something. */
  static at(element) {
    return `/element/${element[ELEMENT]}`;
  }

  /** Closes the browser in order; its driver goes too. */
  async end() {
    await this.#ask('DELETE', this.path).catch(() => {});
    process.off('exit', this.leave);
    if (!this.#isRunning()) return;
    const ended = once(this.driver, 'exit');
    this.leave();
    await ended;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
