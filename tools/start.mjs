// Trunk starts the app from a script inside the page. Here it gets a file of its own, so that the policy need not allow any script inside a
// page, not even by its hash. Trunk runs it after each build; `node tools/start.mjs FOLDER` does it by hand.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
const page = join(folder, 'index.html');
const scripts = /<script type="module">([\s\S]*?)<\/script>/g;

const html = await readFile(page, 'utf8');
const [start, more] = [...html.matchAll(scripts)];
if (!start || more) throw new Error(`${page}: not just one script to start the app`);
const text = `${start[1].trim()}\n`;
const name = `civmesh-ui-start-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.js`;
await writeFile(join(folder, name), text);

const without = html.replace(start[0], `<script type="module" src="/${name}"></script>`);
// Trunk's own way of serving puts a script of its own there, and sends no policy.
const isForPeople = process.env.TRUNK_PROFILE !== 'debug';
if (isForPeople && /<script(?![^>]*\ssrc=)|\son[a-z]+=|\sstyle=|<style|javascript:/i.test(without)) {
  throw new Error(`${page}: something that the policy does not allow`);
}
await writeFile(page, without);
console.log(`start: ${name}`);
