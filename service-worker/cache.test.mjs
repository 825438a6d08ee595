// The swap of whole versions, against servers that are slow to deploy, broken or lying.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { shellCache } from './cache.js';
import { browserWith, stamped } from './fakes.mjs';

const ONE = { '/': 'page one', '/app-1.js': 'code one', '/icon.svg': 'icon' };
const TWO = { '/': 'page two', '/app-2.js': 'code two', '/icon.svg': 'icon' };

/** A browser that has version one whole, and then sees another server. */
async function afterOne(files, mood) {
  const first = browserWith(ONE);
  await shellCache('one', stamped(ONE), first.io).fill();
  const next = browserWith(files, mood);
  next.io.caches = first.io.caches;
  return next;
}

test('a first installation fetches every file once, from the HTTP cache where it is there', async () => {
  const browser = browserWith(ONE);
  await shellCache('one', stamped(ONE), browser.io).fill();
  assert.deepEqual(await browser.io.caches.contents('civmesh-shell-one'), ONE);
  assert.deepEqual(browser.paths(), Object.keys(ONE).sort());
  assert.ok(browser.asked.every((request) => request.cache === 'default' && request.redirect === 'error'));
});

test('a file that is out of date in the HTTP cache is asked for past it', async () => {
  const old = (path, { cache }) => (path === '/' && cache === 'default' ? new Response('page one') : undefined);
  const browser = browserWith(TWO, old);
  await shellCache('two', stamped(TWO), browser.io).fill();
  assert.deepEqual(await browser.io.caches.contents('civmesh-shell-two'), TWO);
  assert.deepEqual(browser.paths(), ['/', '/', '/app-2.js', '/icon.svg']);
});

test('a file that did not change is copied from the old version, not fetched', async () => {
  const browser = await afterOne(TWO);
  await shellCache('two', stamped(TWO), browser.io).fill();
  assert.deepEqual(browser.paths(), ['/', '/app-2.js']);
  assert.deepEqual(await browser.io.caches.contents('civmesh-shell-two'), TWO);
});

test('an old copy whose bytes are not the stamped ones is fetched again', async () => {
  const browser = await afterOne(TWO);
  await (await browser.io.caches.open('civmesh-shell-one')).put('/icon.svg', new Response('damaged'));
  await shellCache('two', stamped(TWO), browser.io).fill();
  assert.ok(browser.paths().includes('/icon.svg'));
  assert.deepEqual(await browser.io.caches.contents('civmesh-shell-two'), TWO);
});

const troubles = {
  'the new page but still the old code (half-deployed)': [{ '/': 'page two' }, undefined, /\/app-2\.js: status 404/],
  'the old page beside the new code (half-deployed)': [{ ...TWO, '/': 'page one, again' }, undefined, /\/: not the file of version two/],
  'a captive portal that answers everything with 200': [TWO, () => new Response('<h1>Log in</h1>'), /not the file/],
  'a failing file': [TWO, (path) => (path === '/app-2.js' ? new Response('oops', { status: 503 }) : undefined), /\/app-2\.js: status 503/],
  'the right bytes under a status that is not 200': [TWO, (path) => (path === '/' ? new Response('page two', { status: 203 }) : undefined), /\/: status 203/],
  'no network': [TWO, () => { throw new TypeError('Failed to fetch'); }, /Failed to fetch/],
};
for (const [name, [files, mood, message]] of Object.entries(troubles)) {
  test(`${name}: the installation fails and the old version stays whole`, async () => {
    const browser = await afterOne(files, mood);
    await assert.rejects(shellCache('two', stamped(TWO), browser.io).fill(), message);
    assert.deepEqual(await browser.io.caches.contents('civmesh-shell-one'), ONE);
    const old = shellCache('one', stamped(ONE), browser.io);
    assert.equal(await (await old.match('/')).text(), 'page one');
  });
}

test('every failing file is named, not only the first', async () => {
  const browser = browserWith({ '/': 'page two' });
  await assert.rejects(shellCache('two', stamped(TWO), browser.io).fill(), (error) =>
    error.message.includes('/app-2.js') && error.message.includes('/icon.svg'));
});

test('an interrupted installation goes on where it stopped', async () => {
  let broken = true;
  const browser = browserWith(TWO, (path) => (broken && path === '/app-2.js' ? new Response('', { status: 500 }) : undefined));
  const shell = shellCache('two', stamped(TWO), browser.io);
  await assert.rejects(shell.fill());
  broken = false;
  browser.asked.length = 0;
  await shell.fill();
  assert.deepEqual(browser.paths(), ['/app-2.js']);
  assert.deepEqual(await browser.io.caches.contents('civmesh-shell-two'), TWO);
});

test('a failed roll-back to the active version does not hurt it', async () => {
  const browser = await afterOne({}, () => { throw new TypeError('Failed to fetch'); });
  const { '/icon.svg': _gone, ...rest } = ONE;
  (await browser.io.caches.open('civmesh-shell-one')).entries.delete('/icon.svg');
  await assert.rejects(shellCache('one', stamped(ONE), browser.io).fill(), /icon/);
  assert.deepEqual(await browser.io.caches.contents('civmesh-shell-one'), rest);
});

test('a cache that is swept away while it fills does not count as installed', async () => {
  const browser = browserWith(ONE, (path) => {
    if (path === '/icon.svg') browser.io.caches.stores.delete('civmesh-shell-one');
    return undefined;
  });
  await assert.rejects(shellCache('one', stamped(ONE), browser.io).fill(), /lost while installing/);
});

test('sweeping deletes other shells and nothing else', async () => {
  const browser = await afterOne(TWO);
  await browser.io.caches.open('someone-elses');
  const shell = shellCache('two', stamped(TWO), browser.io);
  await shell.fill();
  await shell.sweep();
  assert.deepEqual((await browser.io.caches.keys()).sort(), ['civmesh-shell-two', 'someone-elses']);
});

test('only files of the version are answered, and looking creates nothing', async () => {
  const browser = await afterOne(TWO);
  const one = shellCache('one', stamped(ONE), browser.io);
  assert.equal(await one.match('/app-2.js'), undefined);
  assert.equal(await one.match('/constructor'), undefined);
  assert.equal(await shellCache('three', stamped(ONE), browser.io).match('/'), undefined);
  assert.deepEqual(await browser.io.caches.keys(), ['civmesh-shell-one']);
});
