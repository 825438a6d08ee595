// Signed events as phones would have written them, from docs/formats/event.md and delivery.md.
import { generateKeyPairSync, sign } from 'node:crypto';
import { blake3 } from '../../support/blake3.mjs';
import { fromBase32, toBase32 } from '../../support/record.mjs';

const REPORT = 6;
/** The sample region's exercise. */
const DRILL = 'EXERC1SE';
/** Routine; no situation; of the people, twelve present; twenty times water and some food; no dangers; corrects nothing. */
const BODY = Buffer.from([0, 0, 1, 1, 12, 0, 0, 0, 0, 2, 0, 1, 20, 1, 0, 0, 0]);

function varint(number) {
  const bytes = [];
  for (let rest = BigInt(number); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

const counted = (bytes) => Buffer.concat([varint(bytes.length), bytes]);

function newAuthor() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, key: Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url'), sequence: 0 };
}

/** One report by `author`, signed. */
function report(author, region, node, clock) {
  author.sequence += 1;
  const mode = Buffer.concat([varint(1), fromBase32(DRILL)]);
  const before = [fromBase32(region), mode, varint(0), author.key, varint(author.sequence), varint(clock)];
  const core = Buffer.concat([...before, counted(Buffer.from(node)), varint(REPORT), counted(BODY), varint(0)]);
  const sig = sign(null, Buffer.concat([Buffer.from('civmesh event v1\n'), core]), author.privateKey);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(clock);
  return { region, node, core, sig, time, author: author.key, id: Buffer.concat([time, blake3(core).subarray(0, 24)]) };
}

/** So many reports from `node`, by twenty authors in turn, a second apart. */
export function reports(count, region, node) {
  const authors = Array.from({ length: 20 }, newAuthor);
  const begin = BigInt(Date.now() - count * 1000);
  const clock = (at) => (begin + BigInt(at) * 1000n) << 16n;
  return Array.from({ length: count }, (_, at) => report(authors[at % authors.length], region, node, clock(at)));
}

/** An event as the document in which `account` brings it. */
export function delivery({ region, node, core, sig, time, author, id }, account) {
  return {
    _id: `event:${account}:${toBase32(id)}`,
    _rev: `1-${id.subarray(16).toString('hex')}`,
    type: 'event',
    v: 1,
    kind: 'report',
    node,
    region,
    mode: DRILL,
    author: toBase32(author).toLowerCase(),
    clock: toBase32(time),
    core: core.toString('base64url'),
    sig: sig.toString('base64url'),
  };
}

/** Events as a file that another phone saved. */
export function recordsFile(events, region) {
  const entries = events.map(({ core, sig }) => ({ core: core.toString('base64url'), sig: sig.toString('base64url'), parts: [] }));
  return Buffer.from(JSON.stringify({ format: 'civmesh-records', version: 1, region, events: entries }));
}
