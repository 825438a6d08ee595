// The stamp on a built folder of our own making.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import { appVersion, isShell, listAssets, stamp, versionOf } from './stamp.mjs';

const CARGO = '[workspace]\nmembers = []\n\n[workspace.package]\nedition = "2024"\nversion = "1.2.3"\n\n[profile.release]\nversion = "no"\n';
const FILES = {
  'index.html': '<!doctype html>',
  'app-1f.js': 'start()',
  'app-1f_bg.wasm': '\0asm',
  'icons/icon.svg': '<svg/>',
  'region.civmesh': 'pack',
};

async function built(t, files = FILES) {
  const dist = await mkdtemp(join(tmpdir(), 'civmesh-stamp-'));
  t.after(() => rm(dist, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dist, name)), { recursive: true });
    await writeFile(join(dist, name), text);
  }
  return dist;
}

test('which files belong to the shell', () => {
  const cases = {
    'index.html': true, 'a/b.css': true, 'manifest.webmanifest': true, 'region.civmesh': true,
    'sw.js': false, 'robots.txt': false, 'app.js.map': false, 'app.js.br': false, 'taipei.civmesh': false,
    'data/nodes.json': false, '.DS_Store': false, 'icons/.keep': false,
    'civmesh-background-1f.wasm': true, 'civmesh-background-1f.js': false,
  };
  for (const [file, expected] of Object.entries(cases)) assert.equal(isShell(file), expected, file);
});

test('the list has every file under its path, with the hash of its bytes, and the page as /', async (t) => {
  const assets = await listAssets(await built(t, { ...FILES, 'app.js.map': '{}', 'data/x.json': '[]' }));
  assert.deepEqual(Object.keys(assets), ['/app-1f.js', '/app-1f_bg.wasm', '/icons/icon.svg', '/', '/region.civmesh']);
  // printf pack | sha256sum
  assert.equal(assets['/region.civmesh'], '4862f447f2c7f272fa2f4aaf89dadb3b1ac09105bd5864f8d1a0c9452bb0a226');
});

test('stamping twice gives the same worker, byte for byte', async (t) => {
  const dist = await built(t);
  const first = await stamp(dist, CARGO);
  const script = await readFile(join(dist, 'sw.js'), 'utf8');
  assert.deepEqual(await stamp(dist, CARGO), first);
  assert.equal(await readFile(join(dist, 'sw.js'), 'utf8'), script);
  assert.match(first.version, /^1\.2\.3-[0-9a-f]{8}$/);
  assert.equal(first.count, 5);
});

test('one changed byte, a new name and a new app version each make a new version', async (t) => {
  const dist = await built(t);
  const before = await listAssets(dist);
  await writeFile(join(dist, 'icons/icon.svg'), '<svg />');
  const changed = await listAssets(dist);
  const versions = [
    versionOf('1.2.3', before),
    versionOf('1.2.3', changed),
    versionOf('1.2.4', before),
    versionOf('1.2.3', { ...before, '/extra.css': before['/'] }),
  ];
  assert.equal(new Set(versions).size, versions.length);
});

test('the stamped worker is one classic script that answers with its version', async (t) => {
  const dist = await built(t);
  const { version } = await stamp(dist, CARGO);
  const handlers = {};
  const self = {
    location: { origin: 'https://civmesh.test' },
    addEventListener: (type, handler) => { handlers[type] = handler; },
  };
  vm.runInNewContext(await readFile(join(dist, 'sw.js'), 'utf8'), { self, URL });
  assert.deepEqual(Object.keys(handlers).sort(), ['activate', 'fetch', 'install', 'message']);
  const answers = [];
  handlers.message({ data: { type: 'version' }, ports: [{ postMessage: (answer) => answers.push(answer.version) }] });
  assert.deepEqual(answers, [version]);
});

const BACKGROUND = { 'civmesh-background-1f.wasm': '\0asm', 'civmesh-background-1f.js': 'let wasm_bindgen = async (from) => loaded.push(from);' };

test('what syncs while the app is closed stands in the worker, and its WASM in the shell', async (t) => {
  const dist = await built(t, { ...FILES, ...BACKGROUND });
  await stamp(dist, CARGO);
  const [handlers, loaded] = [{}, []];
  const self = {
    location: { origin: 'https://civmesh.test' },
    clients: { matchAll: async () => [] },
    caches: { has: async () => true, open: async () => ({ match: async (path) => `the kept ${path}` }) },
    addEventListener: (type, handler) => { handlers[type] = handler; },
  };
  vm.runInNewContext(await readFile(join(dist, 'sw.js'), 'utf8'), { self, URL, loaded });
  assert.deepEqual(Object.keys(handlers).sort(), ['activate', 'fetch', 'install', 'message', 'periodicsync', 'sync']);
  assert.deepEqual(loaded, []);
  let promised;
  handlers.sync({ tag: 'civmesh-outbox', waitUntil: (promise) => { promised = promise; } });
  // This stand-in binds nothing that could be called.
  await assert.rejects(promised, /send is not a function/);
  assert.deepEqual(loaded.map(({ module_or_path }) => module_or_path), ['the kept /civmesh-background-1f.wasm']);
});

test('WASM and script that do not belong together are not stamped', async (t) => {
  const { 'civmesh-background-1f.js': script, ...rest } = BACKGROUND;
  await assert.rejects(stamp(await built(t, { ...FILES, ...rest }), CARGO), /what belongs together/);
  await assert.rejects(stamp(await built(t, { ...FILES, ...rest, 'civmesh-background-2f.js': script }), CARGO), /what belongs together/);
});

test('a build without page or without its region is not stamped', async (t) => {
  const { 'index.html': _page, ...noPage } = FILES;
  await assert.rejects(stamp(await built(t, noPage), CARGO), /no index\.html/);
  const { 'region.civmesh': _pack, ...noRegion } = FILES;
  await assert.rejects(stamp(await built(t, noRegion), CARGO), /no region\.civmesh/);
});

test('the app version is the workspace’s, and its absence is said', () => {
  assert.equal(appVersion(CARGO), '1.2.3');
  assert.throws(() => appVersion('[package]\nversion = "9.9.9"\n'), /no version under \[workspace\.package\]/);
});
