// Reading and verifying what phones wrote, from docs/formats/event.md and delivery.md and nothing of the app's code.
import { createPublicKey, verify } from 'node:crypto';
import { blake3 } from './blake3.mjs';
import { unseal } from './sealed.mjs';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KINDS = ['check_in', 'check_out', 'node_status', 'run_started', 'step_marked', 'run_ended', 'report',
  'credential_issued', 'device_revoked', 'reading_key_issued'];
const PARTS = ['person', 'text', 'photo'];
const MARKS = ['done', 'skipped', 'reopened'];

export function toBase32(bytes) {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.match(/.{1,5}/g).map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

export function fromBase32(text) {
  const bits = Array.from(text.toUpperCase(), (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.slice(0, bits.length - (bits.length % 8)).match(/.{8}/g).map((eight) => parseInt(eight, 2)));
}

/** Reads canonical bytes from the front. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  take(length) {
    this.at += length;
    if (this.at > this.bytes.length) throw new Error('the core ends too early');
    return this.bytes.subarray(this.at - length, this.at);
  }
  varint() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const [byte] = this.take(1);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
  counted() {
    return this.take(Number(this.varint()));
  }
}

/** The fields of a core, and where its body lies. */
export function readCore(bytes) {
  const reader = new Reader(bytes);
  const core = { region: toBase32(reader.take(16)).toLowerCase() };
  core.mode = reader.varint() === 0n ? 'real' : toBase32(reader.take(5));
  core.activation = reader.varint() === 0n ? null : reader.take(5);
  core.author = toBase32(reader.take(32)).toLowerCase();
  core.sequence = Number(reader.varint());
  core.clock = reader.varint();
  core.node = reader.counted().toString('utf8');
  const number = Number(reader.varint());
  core.kind = KINDS[number] ?? `kind-${number}`;
  const length = Number(reader.varint());
  core.bodyAt = reader.at;
  core.body = reader.take(length);
  core.parts = Array.from({ length: Number(reader.varint()) }, () => {
    const kind = PARTS[Number(reader.varint())];
    return { kind, hash: reader.take(32) };
  });
  if (reader.at !== bytes.length) throw new Error('the core is followed by something');
  if (core.kind === 'step_marked') core.mark = MARKS[markOf(core.body)];
  return core;
}

function markOf(body) {
  const reader = new Reader(body);
  reader.take(32);
  reader.counted();
  return Number(reader.varint());
}

/** The identifier that belongs to these bytes of a core. */
export function eventId(bytes) {
  const clock = Buffer.alloc(8);
  clock.writeBigUInt64BE(readCore(bytes).clock);
  return toBase32(Buffer.concat([clock, blake3(bytes).subarray(0, 24)]));
}

export function isSigned(bytes, author, signature) {
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: fromBase32(author).toString('base64url') } });
  return verify(null, Buffer.concat([Buffer.from('civmesh event v1\n'), bytes]), key, signature);
}

const revision = (bytes) => `1-${bytes.toString('hex')}`;

/** What is wrong with an event's document; nothing, if it is as the format says and its author's signature holds. */
export function faultsOfEvent(document) {
  const bytes = Buffer.from(document.core, 'base64url');
  const core = readCore(bytes);
  const id = eventId(bytes);
  const faults = [];
  const same = (what, found, expected) => found === expected || faults.push(`${what}: ${found}, not ${expected}`);
  same('_id', document._id.replace(/^event:[a-z0-9-]{3,32}:/, ''), id);
  same('_rev', document._rev, revision(fromBase32(id).subarray(16)));
  for (const field of ['region', 'mode', 'author', 'node', 'kind']) same(field, document[field], core[field]);
  same('clock', document.clock, toBase32(fromBase32(id).subarray(0, 8)));
  same('fields', Object.keys(document).sort().join(), '_id,_rev,author,clock,core,kind,mode,node,region,sig,type,v');
  if (!isSigned(bytes, document.author, Buffer.from(document.sig, 'base64url'))) faults.push('the signature does not hold');
  return faults;
}

/** What is wrong with a part's document, beside the document of its event by this seat. */
export function faultsOfPart(document, event, seat) {
  const promised = readCore(Buffer.from(event.core, 'base64url')).parts[document.index];
  if (promised?.kind !== document.kind) return ['it is not of the kind that its event promised'];
  const faults = [];
  const content = open(document, promised, seat);
  if (content === null) return ['it is not sealed to its author'];
  if (!promised.hash.equals(blake3(Buffer.concat([content.salt, content.bytes])))) faults.push('it is not what its event promised');
  const names = Buffer.concat([fromBase32(document.event), Buffer.from([document.index])]);
  if (document._rev !== revision(blake3(names).subarray(0, 16))) faults.push(`_rev: ${document._rev}`);
  return faults;
}

/** Opens a part as this seat does. A plain one is never written where somebody is known who may read it. */
function open(document, promised, seat) {
  const reader = new Reader(Buffer.from(document.envelope, 'base64url'));
  if (reader.varint() !== 1n) throw new Error('the envelope is not sealed');
  const keys = Array.from({ length: Number(reader.varint()) }, () => [reader.take(8), reader.take(80)]);
  const kind = PARTS.indexOf(promised.kind);
  const beside = Buffer.concat([fromBase32(document.event), Buffer.from([document.index, kind]), promised.hash]);
  const plain = unseal({ keys, sealed: reader.counted() }, beside, seat);
  if (plain === null) return null;
  const inside = new Reader(plain);
  return { salt: inside.take(16), bytes: inside.counted() };
}

/** What stands in a part, beside its event, for this seat. */
export function contentOf(document, event, seat) {
  return open(document, readCore(Buffer.from(event.core, 'base64url')).parts[document.index], seat).bytes;
}
