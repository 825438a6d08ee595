// A service worker that keeps the files which its address names, and answers from them before it asks anybody.
const files = new URL(location).searchParams.get('files').split(' ');

self.addEventListener('install', (event) => event.waitUntil(caches.open('shell').then((cache) => cache.addAll(files))));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request))));
