// Opening what phones sealed, from docs/formats/part.md and RFC 9180 and nothing of the app's code: HPKE in base mode with X25519,
// HKDF-SHA256 and ChaCha20-Poly1305.
import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { blake3, deriveKey } from './blake3.mjs';

const KEM = Buffer.from('KEM\x00\x20', 'latin1');
const SUITE = Buffer.from('HPKE\x00\x20\x00\x01\x00\x03', 'latin1');
const PURPOSE = Buffer.from('civmesh part v1\n');
const NOTHING = Buffer.alloc(0);

const hmac = (key, ...data) => createHmac('sha256', key).update(Buffer.concat(data)).digest();
const extract = (suite, salt, label, input) => hmac(salt, Buffer.from('HPKE-v1'), suite, Buffer.from(label), input);
/** At most 32 bytes: one block of HKDF. */
const expand = (suite, key, label, info, length) =>
  hmac(key, Buffer.from([0, length]), Buffer.from('HPKE-v1'), suite, Buffer.from(label), info, Buffer.from([1])).subarray(0, length);

function decrypt(key, nonce, aad, sealed) {
  const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  cipher.setAAD(aad, { plaintextLength: sealed.length - 16 });
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
}

/** The pair that a phone derives from its seat. */
export function readingPair({ account, password }) {
  const chance = deriveKey('civmesh 2026 seat reading key v1', Buffer.from(`${account}\n${password}`));
  const secret = expand(KEM, extract(KEM, NOTHING, 'dkp_prk', chance), 'sk', NOTHING, 32);
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return { key, public: createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32) };
}

function hpkeOpen(pair, info, aad, sealed) {
  const encapsulated = sealed.subarray(0, 32);
  const spki = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), encapsulated]);
  const shared = diffieHellman({ privateKey: pair.key, publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }) });
  const secret = expand(KEM, extract(KEM, NOTHING, 'eae_prk', shared), 'shared_secret', Buffer.concat([encapsulated, pair.public]), 32);
  const context = Buffer.concat([
    Buffer.from([0]), extract(SUITE, NOTHING, 'psk_id_hash', NOTHING), extract(SUITE, NOTHING, 'info_hash', info),
  ]);
  const schedule = extract(SUITE, secret, 'secret', NOTHING);
  return decrypt(expand(SUITE, schedule, 'key', context, 32), expand(SUITE, schedule, 'base_nonce', context, 12), aad, sealed.subarray(32));
}

/** The postcard of the content of a sealed envelope: `keys` as [mark, sealed] and what stands beside it. Null if this seat is no reader. */
export function unseal({ keys, sealed }, beside, seat) {
  const pair = readingPair(seat);
  const mark = blake3(pair.public).subarray(0, 8);
  const wrapped = keys.find(([to]) => to.equals(mark));
  return wrapped ? decrypt(hpkeOpen(pair, PURPOSE, beside, wrapped[1]), Buffer.alloc(12), beside, sealed) : null;
}
