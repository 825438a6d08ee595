// What the worker does when the browser calls: install, activate, messages, requests.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { shellPath, start } from './events.js';
import { browserWith, stamped } from './fakes.mjs';

const FILES = { '/': 'page', '/app-1.js': 'code', '/region.civmesh': 'pack' };
const ORIGIN = 'https://civmesh.test';
const request = (path, more = {}) => ({ url: new URL(path, ORIGIN).href, method: 'GET', mode: 'cors', ...more });

/** A worker in a browser of fakes; `call` sends it an event and waits for what it promised. */
function worker(files = FILES, registration = {}) {
  const browser = browserWith(files);
  const handlers = {};
  const done = [];
  const scope = {
    ...browser.io,
    fetch: async (asked, options) =>
      browser.io.fetch(typeof asked === 'string' ? asked : new URL(asked.url).pathname, options),
    location: { origin: ORIGIN },
    registration,
    clients: { claim: async () => done.push('claim') },
    skipWaiting: async () => done.push('skipWaiting'),
    addEventListener: (type, handler) => { handlers[type] = handler; },
  };
  start(scope, 'one', stamped(FILES));
  const call = async (type, event = {}) => {
    let promised;
    let response;
    handlers[type]({
      ...event,
      waitUntil: (promise) => { promised = promise; },
      respondWith: (promise) => { response = promise; },
    });
    await promised;
    return response;
  };
  return { browser, call, done };
}

test('which file answers which request', () => {
  const assets = stamped(FILES);
  const navigate = { mode: 'navigate' };
  const cases = [
    [request('/', navigate), '/'],
    [request('/check-in?node=a1', navigate), '/'],
    [request('/index.html'), '/'],
    [request('/app-1.js?x=1'), '/app-1.js'],
    [request('/region.civmesh'), '/region.civmesh'],
    [request('/other.json'), null],
    [request('/app-1.js', { method: 'POST' }), null],
    [request('/hub/civmesh-x-public/_changes'), null],
    [request('/hub/', navigate), null],
    [request('/hub', navigate), null],
    [request('/hubris', navigate), '/'],
    [request('https://elsewhere.test/app-1.js'), null],
    [request('/constructor'), null],
  ];
  for (const [asked, expected] of cases) assert.equal(shellPath(asked, ORIGIN, assets), expected, asked.url);
});

test('installed once, it answers without the network', async () => {
  const { browser, call, done } = worker();
  await call('install');
  browser.asked.length = 0;
  const page = await call('fetch', { request: request('/nodes/a1', { mode: 'navigate' }) });
  const code = await call('fetch', { request: request('/app-1.js') });
  assert.deepEqual([await page.text(), await code.text(), browser.asked], ['page', 'code', []]);
  assert.deepEqual(done, [], 'a new version waits until it is asked');
});

test('an installation that misses a file fails', async () => {
  const { call } = worker({ '/': 'page' });
  await assert.rejects(call('install'), /app-1\.js/);
});

test('requests to the hub are left to the browser', async () => {
  const { call } = worker();
  await call('install');
  assert.equal(await call('fetch', { request: request('/hub/civmesh-x-ops/_bulk_docs', { method: 'POST' }) }), undefined);
  assert.equal(await call('fetch', { request: request('/hub/civmesh-x-public/_changes') }), undefined);
});

test('a shell the browser has evicted comes from the network', async () => {
  const { browser, call } = worker();
  await call('install');
  await browser.io.caches.delete('civmesh-shell-one');
  const code = await call('fetch', { request: request('/app-1.js') });
  assert.equal(await code.text(), 'code');
});

test('becoming active sweeps older shells and takes the open pages', async () => {
  const { browser, call, done } = worker();
  await browser.io.caches.open('civmesh-shell-zero');
  await call('install');
  await call('activate');
  assert.deepEqual(await browser.io.caches.keys(), ['civmesh-shell-one']);
  assert.deepEqual(done, ['claim']);
});

test('becoming active leaves the files of a version that is just arriving', async () => {
  for (const state of ['installing', 'waiting']) {
    const { browser, call } = worker(FILES, { [state]: {} });
    await browser.io.caches.open('civmesh-shell-next');
    await call('activate');
    assert.ok(await browser.io.caches.has('civmesh-shell-next'), state);
  }
});

test('it takes over when told to, and only then', async () => {
  const { call, done } = worker();
  await call('install');
  await call('message', { data: null, ports: [] });
  await call('message', { data: { type: 'something' }, ports: [] });
  assert.deepEqual(done, []);
  await call('message', { data: { type: 'take-over' }, ports: [] });
  assert.deepEqual(done, ['skipWaiting']);
});

test('it tells its version over the port', async () => {
  const { call } = worker();
  const answers = [];
  await call('message', { data: { type: 'version' }, ports: [{ postMessage: (answer) => answers.push(answer) }] });
  assert.deepEqual(answers, [{ type: 'version', version: 'one' }]);
});
