// Before all journeys: the programs are built, and what `tools/build.sh` makes is there.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM, DIST, PACK, ROOT } from './place.mjs';

export default function setUp() {
  if (!existsSync(join(DIST, 'sw.js'))) throw new Error(`There is no app in ${DIST}. tools/build.sh builds it.`);
  if (!existsSync(PACK)) throw new Error(`There is no region in ${PACK}. tools/pack.sh builds it.`);
  if (!existsSync(CHROMIUM)) throw new Error(`There is no Chromium at ${CHROMIUM}. tools/setup.sh browser installs it.`);
  execFileSync('cargo', ['build', '--quiet', '--locked', '--profile', 'native', '-p', 'civmesh-hub', '-p', 'civmesh-pack'], { cwd: ROOT, stdio: 'inherit' });
}
