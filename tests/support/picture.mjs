// A photo as a phone takes it: large, and with enough in it that it does not compress away.
import { crc32, deflateSync } from 'node:zlib';

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A PNG of this size: a gradient with a grain. */
export function png(width, height) {
  const row = width * 3 + 1;
  const pixels = Buffer.alloc(row * height);
  for (let at = 0, seed = 1; at < pixels.length; at++) {
    seed = (seed * 48271) % 0x7fffffff;
    if (at % row !== 0) pixels[at] = ((at % row) / 16 + at / row / 8 + (seed % 24)) & 255;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels, { level: 1 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...parts]);
}
