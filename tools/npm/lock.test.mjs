// The npm tools are the very ones that were chosen: exact versions, each with its hash, and no address of anybody's registry.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const wanted = read('package.json');
const lock = read('package-lock.json');
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

test('every tool is named by one version', () => {
  for (const [name, version] of Object.entries({ ...wanted.dependencies, ...wanted.devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
  }
});

test('every locked package has a hash that proves it, and no address', () => {
  assert.ok(locked.length > 100, 'the lock file lists what the tools need');
  for (const [path, entry] of locked) {
    assert.match(entry.integrity ?? '', /^sha512-[A-Za-z0-9+/=]{88}$/, path);
    assert.equal(entry.resolved, undefined, path);
  }
});
