// A phone whose clock is wrong: in the app from the first line of its document on, and in its service worker.
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

function shift(by) {
  const Right = Date;
  const now = () => Right.now() + by;
  globalThis.Date = new Proxy(Right, {
    construct: (_, given, as) => Reflect.construct(Right, given.length === 0 ? [now()] : given, as),
    apply: () => new Right(now()).toString(),
    get: (_, name) => (name === 'now' ? now : Reflect.get(Right, name)),
  });
}

/** Sets the phone's clock off by `by` milliseconds. Its service worker comes through `network`. */
export async function setClock(phone, network, by) {
  await phone.context.addInitScript(shift, by);
  network.fault(/^GET \/sw\.js/, async (request, answer, onward) => {
    const from = await onward(request);
    const pieces = [];
    for await (const piece of from) pieces.push(piece);
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[from.headers['content-encoding']] ?? ((bytes) => bytes);
    answer.writeHead(from.statusCode, { 'content-type': from.headers['content-type'] });
    answer.end(`(${shift})(${by});\n${pieces.length > 0 ? unpack(Buffer.concat(pieces)) : ''}`);
  });
}
