// In the page: what the platform and PouchDB take for moving documents between IndexedDB and a hub. Times are in milliseconds.

const json = { 'content-type': 'application/json' };

/** Logs in; the browser keeps the session. `way` is `/hub` or `/couch`. */
export async function logIn(way, { account, password }) {
  const answer = await fetch(`${way}/_session`, { method: 'POST', headers: json, body: JSON.stringify({ name: account, password }) });
  if (!answer.ok) throw new Error(`log in: ${answer.status}`);
}

async function timed(deed) {
  const begin = performance.now();
  await deed();
  return performance.now() - begin;
}

/** The floor of pushing: all documents in one request. */
export function pushAtOnce(database, docs) {
  return timed(async () => {
    const answer = await fetch(database, { method: 'POST', headers: json, body: JSON.stringify({ new_edits: false, docs }) });
    const complaints = await answer.json();
    if (!answer.ok || complaints.some(({ error }) => error)) throw new Error(`push: ${answer.status} ${JSON.stringify(complaints[0])}`);
  });
}

/** PouchDB pushing what lies in its IndexedDB. */
export async function pushByPouch(database, docs, options) {
  const local = new PouchDB('queue');
  await local.bulkDocs(docs, { new_edits: false });
  return timed(async () => {
    const { docs_written: written } = await local.replicate.to(new URL(database, location).href, options);
    if (written !== docs.length) throw new Error(`${written} of ${docs.length} pushed`);
  });
}

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = request.oncomplete = () => resolve(request.result);
    request.onerror = request.onabort = () => reject(request.error);
  });

async function openDatabase() {
  const request = indexedDB.open('floor', 1);
  request.onupgradeneeded = () => ['documents', 'meta'].forEach((name) => request.result.createObjectStore(name));
  return done(request);
}

async function fetchPage(database, since, limit) {
  const answer = await fetch(`${database}/_changes?include_docs=true&limit=${limit}&seq_interval=${limit}&since=${encodeURIComponent(since)}`);
  return answer.json();
}

async function keepPage(store, { results, last_seq: checkpoint }) {
  const transaction = store.transaction(['documents', 'meta'], 'readwrite');
  const documents = transaction.objectStore('documents');
  for (const { id, doc } of results) documents.put(doc, id);
  transaction.objectStore('meta').put(checkpoint, 'checkpoint');
  await done(transaction);
}

/** The floor of pulling: large pages, each one transaction, the next one on its way meanwhile. */
export async function pullPages(database, limit, expected) {
  const store = await openDatabase();
  let count = 0;
  const time = await timed(async () => {
    let coming = fetchPage(database, 0, limit);
    for (let more = true; more; ) {
      const page = await coming;
      more = page.results.length === limit;
      if (more) coming = fetchPage(database, page.last_seq, limit);
      await keepPage(store, page);
      count += page.results.length;
    }
  });
  if (count < expected) throw new Error(`${count} of ${expected} pulled`);
  return time;
}

/** PouchDB pulling into its IndexedDB. */
export function pullByPouch(database, options, expected) {
  const local = new PouchDB('pulled');
  return timed(async () => {
    const { docs_written: written } = await local.replicate.from(new URL(database, location).href, options);
    if (written < expected) throw new Error(`${written} of ${expected} pulled`);
  });
}
