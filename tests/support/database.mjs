// The phone's database past the app: looked at, damaged, removed, held open. Done from a page of the same origin that is not the app.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './place.mjs';

const RAW = readFileSync(join(ROOT, 'app/store/tests/raw.js'), 'utf8').replaceAll('export ', '');

/** Opens a page of the app's origin on which the app does not run: a picture, which the service worker has too. */
export async function beside(phone) {
  const page = await phone.context.newPage();
  await page.goto(`${phone.origin}/icons/icon.svg`);
  return page;
}

/** Runs `deed` beside the app, with the functions of the store's own tests in reach, and closes the page. */
export async function past(phone, deed, given) {
  const page = await beside(phone);
  try {
    return await page.evaluate(`(async () => { ${RAW}; return (${deed})(${JSON.stringify(given ?? null)}); })()`);
  } finally {
    await page.close();
  }
}

/** Makes an empty database as an earlier version left it, and holds it open as an old tab does that hears nothing. Closing the page lets go. */
export async function heldByOldTab(phone, version) {
  const page = await beside(phone);
  const left = JSON.parse(readFileSync(join(ROOT, `app/store/tests/fixture/v${version}.json`), 'utf8'));
  for (const store of Object.values(left.stores)) store.records = {};
  const json = JSON.stringify(JSON.stringify(left));
  await page.evaluate(`(async () => { ${RAW}; await load('civmesh', ${json}); await holdOpen('civmesh', ${version}); })()`);
  return page;
}

/** Removes the database, as a browser does that needs the room. */
export const remove = (phone) => past(phone, `() => done(indexedDB.deleteDatabase('civmesh'))`);

/** Takes a whole object store out of the database. */
export const loseStore = (phone, store) => past(phone, `async (store) => {
  const json = await dump('civmesh');
  await done(indexedDB.deleteDatabase('civmesh'));
  await loadWithout('civmesh', json, store);
}`, store);

/** How many records each object store has. */
export const counts = (phone) => past(phone, `async () => {
  const { stores } = JSON.parse(await dump('civmesh'));
  return Object.fromEntries(Object.entries(stores).map(([name, { records }]) => [name, Object.keys(records).length]));
}`);

/** From now on tells `hear` of every transaction that was committed: its stores, its durability, and which stores it put something into. */
export async function listen(phone, hear) {
  await phone.context.exposeBinding('heardTransaction', (_, heard) => hear(heard));
  await phone.context.addInitScript(() => {
    const puts = new WeakMap();
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...given) {
      const begun = transaction.apply(this, given);
      puts.set(begun, new Set());
      begun.addEventListener('complete', () => {
        const { mode, durability } = begun;
        globalThis.heardTransaction({ mode, durability, scope: [...begun.objectStoreNames], puts: [...puts.get(begun)] });
      });
      return begun;
    };
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
      puts.get(this.transaction)?.add(this.name);
      return put.apply(this, given);
    };
  });
}
