// Walking distance from one place to all, 100,000 edges: our graph as it lies in a pack, beside a flat search over plain lists and petgraph, all
// native and in one program, in turn, after all have given the same answers.
import { execFileSync } from 'node:child_process';
import { ROOT } from '../support/place.mjs';
import { RUNS, printFigures, printRatio } from './support/figures.mjs';

// Built for speed: what is measured is the search, and not what a phone's download leaves of it.
const quick = ['--config', 'profile.release.opt-level=3', '--config', 'profile.release.lto="thin"'];
const words = ['run', '--quiet', '--locked', '--release', ...quick, '-p', 'civmesh-domain', '--example', 'walk', '--', String(RUNS)];
const said = execFileSync('cargo', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const { edges, bytes, opening, ...figures } = JSON.parse(said);
printFigures(`walking distance from one place to all, ${edges} edges`, 'µs', figures);
printRatio(figures, 'ours', 'floor', 1.5);
printRatio(figures, 'ours', 'petgraph', 1);
console.log(`  its block has ${bytes} bytes, and was opened and checked in ${(opening / 1000).toFixed(1)} ms`);
