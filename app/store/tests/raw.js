// What stands in a database, past the app's code: to write it down, to make one as an earlier version left it, and to damage one.

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const opened = (name, version, upgrade) => {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade?.(request.result, request.transaction);
  return done(request);
};

const committed = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = resolve;
  transaction.onabort = () => reject(transaction.error);
});

// A key can't be written down: any other stands for it, of a kind that every browser has.
function written(value) {
  if (value instanceof Uint8Array) return { $bytes: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')) };
  if (value instanceof CryptoKey) return { $key: value.algorithm.name };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, written(field)]));
}

async function read(value) {
  if (value?.$bytes !== undefined) return Uint8Array.from(atob(value.$bytes), (byte) => byte.charCodeAt(0));
  if (value?.$key !== undefined) return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, field]) => [name, await read(field)])));
}

/** All that is in a database, as JSON. */
export async function dump(name) {
  const database = await opened(name);
  const stores = {};
  for (const store of database.objectStoreNames) {
    const source = database.transaction(store).objectStore(store);
    const indexes = Object.fromEntries([...source.indexNames].map((index) => [index, source.index(index).keyPath]));
    const [keys, values] = await Promise.all([done(source.getAllKeys()), done(source.getAll())]);
    stores[store] = { indexes, records: Object.fromEntries(keys.map((key, at) => [key, written(values[at])])) };
  }
  const { version } = database;
  database.close();
  return JSON.stringify({ version, stores }, null, 1) + '\n';
}

/** Makes a database of such JSON. */
export async function load(name, json) {
  const { version, stores } = JSON.parse(json);
  const database = await opened(name, version, (database) => {
    for (const [store, { indexes }] of Object.entries(stores)) {
      const made = database.createObjectStore(store);
      for (const [index, path] of Object.entries(indexes)) made.createIndex(index, path);
    }
  });
  for (const [store, { records }] of Object.entries(stores)) {
    const values = await Promise.all(Object.entries(records).map(async ([key, value]) => [key, await read(value)]));
    const transaction = database.transaction(store, 'readwrite');
    for (const [key, value] of values) transaction.objectStore(store).put(value, key);
    await committed(transaction);
  }
  database.close();
}

/** Makes a database of such JSON that lacks a store. */
export async function loadWithout(name, json, missing) {
  const { version, stores } = JSON.parse(json);
  const left = Object.entries(stores).filter(([store]) => store !== missing);
  await load(name, JSON.stringify({ version, stores: Object.fromEntries(left) }));
}

export async function names() {
  return (await indexedDB.databases()).map(({ name }) => name).sort();
}

/** From now on the browser can't give this one record, nor anything that it would be among. Returns what ends that. */
export function lose(store, lost) {
  const fail = () => {
    throw new DOMException('Failed to read large IndexedDB value', 'UnknownError');
  };
  const { get, getAll } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.get = function (key) {
    return this.name === store && key === lost ? fail() : get.call(this, key);
  };
  IDBObjectStore.prototype.getAll = function (range, count) {
    return this.name === store && (!range || range.includes(lost)) ? fail() : getAll.call(this, range, count);
  };
  const index = IDBIndex.prototype.getAll;
  IDBIndex.prototype.getAll = function (range, count) {
    return this.objectStore.name === store ? fail() : index.call(this, range, count);
  };
  return () => {
    Object.assign(IDBObjectStore.prototype, { get, getAll });
    IDBIndex.prototype.getAll = index;
  };
}

/** Holds a database open at its version, as a page does that never hears of the newer one. Returns what lets go of it. */
export async function holdOpen(name, version) {
  const database = await opened(name, version);
  return () => database.close();
}

/** From now on no database can be opened. Returns what ends that. */
export function refuseToOpen(name) {
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = () => {
    throw new DOMException('refused', name);
  };
  return () => {
    IDBFactory.prototype.open = open;
  };
}
