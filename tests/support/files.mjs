// A search over everything that a browser has written for one profile: databases, storage, caches, history, sessions, preferences.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) yield* files(path);
    else if (stat?.isFile()) yield path;
  }
}

/** How some bytes may stand in a file: as they are, in hexadecimal, and as base64 wherever in a longer text they begin. */
function encodings(bytes) {
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // The first and last characters belong to the neighbours too.
    return text.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3));
  });
  const texts = [bytes.toString('hex'), ...shifted.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])];
  return [bytes, ...texts.filter((text) => text.length >= 8).map((text) => Buffer.from(text, 'latin1'))];
}

/** How a text may stand in a file: also as JavaScript keeps strings, and as IndexedDB keeps keys. */
function forms(text) {
  const wide = Buffer.from(text, 'utf16le');
  return [...encodings(Buffer.from(text, 'utf8')), wide, Buffer.from(wide).swap16()];
}

/** Where each of these is found, by name: texts as text, buffers as bytes. */
export function search(profile, wanted) {
  const sought = Object.entries(wanted).map(([name, what]) => [name, Buffer.isBuffer(what) ? encodings(what) : forms(what)]);
  const found = {};
  let count = 0;
  for (const path of files(profile)) {
    const content = readFileSync(path);
    count += 1;
    for (const [name, variants] of sought) {
      if (variants.some((variant) => content.includes(variant))) (found[name] ??= []).push(path.slice(profile.length + 1));
    }
  }
  return { found, count };
}
