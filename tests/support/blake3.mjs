// BLAKE3, hashing and deriving keys, 32 bytes out: written from the specification, so that what the app hashed is checked by something that shares no code with it.

const IV = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
const PERMUTATION = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
const [CHUNK_START, CHUNK_END, PARENT, ROOT] = [1, 2, 4, 8];
const [DERIVE_CONTEXT, DERIVE_MATERIAL] = [32, 64];
const [BLOCK, CHUNK] = [64, 1024];
// Which words of the state each of the eight quarter-rounds mixes: columns, then diagonals.
const LANES = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];

const turn = (word, by) => (word >>> by) | (word << (32 - by));

function mix(state, [a, b, c, d], x, y) {
  state[a] = (state[a] + state[b] + x) | 0;
  state[d] = turn(state[d] ^ state[a], 16);
  state[c] = (state[c] + state[d]) | 0;
  state[b] = turn(state[b] ^ state[c], 12);
  state[a] = (state[a] + state[b] + y) | 0;
  state[d] = turn(state[d] ^ state[a], 8);
  state[c] = (state[c] + state[d]) | 0;
  state[b] = turn(state[b] ^ state[c], 7);
}

function compress(chaining, words, counter, length, flags) {
  const state = Int32Array.from([...chaining, ...IV.slice(0, 4), counter | 0, Math.floor(counter / 2 ** 32), length, flags]);
  let message = words;
  for (let round = 0; round < 7; round++) {
    LANES.forEach((lanes, at) => mix(state, lanes, message[2 * at], message[2 * at + 1]));
    message = PERMUTATION.map((from) => message[from]);
  }
  return Array.from({ length: 8 }, (_, at) => state[at] ^ state[at + 8]);
}

function wordsOf(bytes) {
  const block = new Uint8Array(BLOCK);
  block.set(bytes);
  const view = new DataView(block.buffer);
  return Array.from({ length: 16 }, (_, at) => view.getInt32(4 * at, true));
}

/** The last compression of a subtree, not done yet: at the root it has one flag more. `key` and `mode` are those of the whole. */
function subtree(bytes, counter, key, mode) {
  if (bytes.length <= CHUNK) {
    const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK));
    let chaining = key;
    for (let at = 0; ; at++) {
      const block = bytes.subarray(at * BLOCK, (at + 1) * BLOCK);
      const flags = mode | (at === 0 ? CHUNK_START : 0) | (at === blocks - 1 ? CHUNK_END : 0);
      if (at === blocks - 1) return [chaining, wordsOf(block), counter, block.length, flags];
      chaining = compress(chaining, wordsOf(block), counter, BLOCK, flags);
    }
  }
  // The left half holds the largest power of two of chunks that leaves something for the right one.
  const chunks = Math.ceil(bytes.length / CHUNK);
  const left = 2 ** Math.floor(Math.log2(chunks - 1)) * CHUNK;
  const parts = [[bytes.subarray(0, left), counter], [bytes.subarray(left), counter + left / CHUNK]];
  const halves = parts.map(([half, from]) => subtree(half, from, key, mode));
  return [key, halves.flatMap((half) => compress(...half)), 0, BLOCK, PARENT | mode];
}

function root(bytes, key, mode) {
  const [chaining, words, counter, length, flags] = subtree(bytes, 0, key, mode);
  return Buffer.from(Int32Array.from(compress(chaining, words, counter, length, flags | ROOT)).buffer);
}

/** The hash of `bytes`, a Uint8Array. */
export function blake3(bytes) {
  return root(bytes, IV, 0);
}

/** The key that is derived for `context` from `material`, a Uint8Array. */
export function deriveKey(context, material) {
  const key = root(Buffer.from(context), IV, DERIVE_CONTEXT);
  return root(material, wordsOf(key).slice(0, 8), DERIVE_MATERIAL);
}
