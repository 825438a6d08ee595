// The npm packages, those of the tools and those that draw the map, are the very ones that were chosen: exact versions, each with its hash, and no address of anybody's registry.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const FOLDERS = { './': 100, '../../app/ui/map/': 10 };
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

for (const [folder, fewest] of Object.entries(FOLDERS)) {
  const wanted = read(`${folder}package.json`);
  const locked = Object.entries(read(`${folder}package-lock.json`).packages).filter(([path]) => path !== '');

  test(`every package is named by one version: ${wanted.name}`, () => {
    for (const [name, version] of Object.entries({ ...wanted.dependencies, ...wanted.devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
    }
  });

  test(`every locked package has a hash that proves it, and no address: ${wanted.name}`, () => {
    assert.ok(locked.length > fewest, 'the lock file lists what is needed');
    for (const [path, entry] of locked) {
      assert.match(entry.integrity ?? '', /^sha512-[A-Za-z0-9+/=]{88}$/, path);
      assert.equal(entry.resolved, undefined, path);
    }
  });
}
