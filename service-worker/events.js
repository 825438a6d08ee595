// When the worker does something: installing, becoming active, answering requests and messages, syncing while the app is closed.
// It keeps the app's shell and no data; everything the phone writes or pulls lives in IndexedDB.
import { background, NEWS, OUTBOX } from './background.js';
import { shellCache } from './cache.js';
import { ASSETS, BACKGROUND, VERSION } from './shell.js';

/** Sets the worker going in `scope`, which is `self` in the browser. */
export function start(scope, version = VERSION, assets = ASSETS, closed = BACKGROUND) {
  const shell = shellCache(version, assets, {
    caches: scope.caches,
    crypto: scope.crypto,
    fetch: (...request) => scope.fetch(...request),
  });

  scope.addEventListener('install', (event) => {
    // No skipWaiting here: a new version waits until the person agrees or the app is next opened.
    // The very first one has nobody to wait for and becomes active by itself.
    event.waitUntil(shell.fill());
  });

  scope.addEventListener('activate', (event) => {
    event.waitUntil(takeCharge(scope, shell));
  });

  scope.addEventListener('message', (event) => {
    if (event.data?.type === 'take-over') event.waitUntil(scope.skipWaiting());
    if (event.data?.type === 'version') event.ports[0]?.postMessage({ type: 'version', version });
  });

  scope.addEventListener('fetch', (event) => {
    const path = shellPath(event.request, scope.location.origin, assets);
    if (path === null) return;
    event.respondWith(answer(scope, shell, path, event.request));
  });

  if (!closed) return;
  const { send, look } = background(scope, shell, closed);
  scope.addEventListener('sync', (event) => {
    if (event.tag === OUTBOX) event.waitUntil(send(event.lastChance));
  });
  scope.addEventListener('periodicsync', (event) => {
    if (event.tag === NEWS) event.waitUntil(look());
  });
}

/** Which file of the shell answers this request; null when the request is none of the worker's business. */
export function shellPath(request, origin, assets) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin) return null;
  if (url.pathname === '/hub' || url.pathname.startsWith('/hub/')) return null;
  if (Object.hasOwn(assets, url.pathname)) return url.pathname;
  // Every screen has its own address, and one page draws them all.
  return request.mode === 'navigate' || url.pathname === '/index.html' ? '/' : null;
}

// The browser may have evicted the cache; then the network is better than nothing.
async function answer(scope, shell, path, request) {
  return (await shell.match(path)) ?? scope.fetch(request);
}

async function takeCharge(scope, shell) {
  // A version that is arriving or waiting has its files in a cache too. Leave the sweeping to it.
  if (!scope.registration.installing && !scope.registration.waiting) await shell.sweep();
  // So that the first visit is served offline already, without a reload.
  await scope.clients.claim();
}
