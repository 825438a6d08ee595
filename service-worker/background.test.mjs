// Syncing while the app is closed: when the worker does it, with what, and what it tells the browser.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { NEWS, OUTBOX } from './background.js';
import { start } from './events.js';
import { browserWith, stamped } from './fakes.mjs';

const PATH = '/civmesh-background-1f.wasm';
const FILES = { '/': 'page', [PATH]: 'wasm' };

/** A worker with a stand-in for the app's crates: `calls` is what was asked of them, in order. */
async function worker({ pages = [], end = async () => {}, mood } = {}) {
  const browser = browserWith(FILES, mood);
  const [handlers, calls] = [{}, []];
  const bind = async ({ module_or_path }) => calls.push(`bind ${await module_or_path.text()}`);
  bind.send = async (isLastChance) => {
    calls.push(isLastChance ? 'send, the last time' : 'send');
    await end();
  };
  bind.look = async () => calls.push('look');
  const scope = {
    ...browser.io,
    location: { origin: 'https://civmesh.test' },
    registration: {},
    clients: { claim: async () => {}, matchAll: async () => pages },
    skipWaiting: async () => {},
    addEventListener: (type, handler) => { handlers[type] = handler; },
  };
  start(scope, 'one', stamped(FILES), { bind, path: PATH });
  const call = async (type, event = {}) => {
    let promised;
    handlers[type]({ ...event, waitUntil: (promise) => { promised = promise; }, respondWith: () => {} });
    await promised;
  };
  await call('install');
  browser.asked.length = 0;
  return { browser, call, calls, handlers };
}

test('when a network is there, what waits is sent by the crates from the kept shell', async () => {
  const { browser, call, calls } = await worker();
  await call('sync', { tag: OUTBOX, lastChance: false });
  assert.deepEqual(calls, ['bind wasm', 'send']);
  assert.deepEqual(browser.asked, [], 'nothing came over the line for it');
});

test('the crates are instantiated once, and only when the browser calls for them', async () => {
  const { call, calls } = await worker();
  await call('activate');
  await call('fetch', { request: { url: 'https://civmesh.test/', method: 'GET', mode: 'navigate' } });
  await call('message', { data: { type: 'version' }, ports: [] });
  assert.deepEqual(calls, []);
  await call('sync', { tag: OUTBOX, lastChance: false });
  await call('sync', { tag: OUTBOX, lastChance: true });
  await call('periodicsync', { tag: NEWS });
  assert.deepEqual(calls, ['bind wasm', 'send', 'send, the last time', 'look']);
});

test('what could not be sent is told to the browser, which then calls again', async () => {
  let is = 'dead';
  const { call, calls } = await worker({ end: async () => { if (is === 'dead') throw new Error('not all is at the hub yet'); } });
  await assert.rejects(call('sync', { tag: OUTBOX, lastChance: false }), /not all is at the hub/);
  is = 'alive';
  await call('sync', { tag: OUTBOX, lastChance: false });
  assert.deepEqual(calls, ['bind wasm', 'send', 'send']);
});

test('an app that is open and in sight syncs by itself; one that is out of sight may be asleep', async () => {
  const open = await worker({ pages: [{ visibilityState: 'hidden' }, { visibilityState: 'visible' }] });
  await open.call('sync', { tag: OUTBOX, lastChance: true });
  await open.call('periodicsync', { tag: NEWS });
  assert.deepEqual(open.calls, []);
  const hidden = await worker({ pages: [{ visibilityState: 'hidden' }] });
  await hidden.call('sync', { tag: OUTBOX, lastChance: false });
  assert.deepEqual(hidden.calls, ['bind wasm', 'send']);
});

test('tags of others are not for it', async () => {
  const { call, calls } = await worker();
  await call('sync', { tag: 'something', lastChance: false });
  await call('periodicsync', { tag: OUTBOX });
  assert.deepEqual(calls, []);
});

test('evicted crates come from the network, and where there is none it is tried again from the start', async () => {
  let is = 'alive';
  const mood = () => { if (is === 'dead') throw new TypeError('Failed to fetch'); };
  const { browser, call, calls } = await worker({ mood });
  is = 'dead';
  await browser.io.caches.delete('civmesh-shell-one');
  await assert.rejects(call('sync', { tag: OUTBOX, lastChance: false }), /Failed to fetch/);
  is = 'alive';
  await call('sync', { tag: OUTBOX, lastChance: false });
  assert.deepEqual(calls, ['bind wasm', 'send']);
});

test('the worker itself touches no data and asks nobody: that is for the crates', async () => {
  for (const name of ['background.js', 'events.js', 'cache.js']) {
    const script = await readFile(new URL(name, import.meta.url), 'utf8');
    assert.doesNotMatch(script, /indexedDB|IDB|_bulk_docs|_changes|_session|\/hub\/[a-z]|localStorage|importScripts|import\(/, name);
  }
});
