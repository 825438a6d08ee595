// Pictures: a photo as a phone takes it, large, and with enough in it that it does not compress away; and what is in a picture of the screen.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

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

/** How often each colour is in a PNG as browsers make them of the screen (8 bits, RGB or RGBA), the most frequent first: `[colour, share]`. */
export function colours(png) {
  const [width, height, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25]];
  const depth = { 2: 3, 6: 4 }[kind];
  const packed = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const rows = inflateSync(Buffer.concat(packed));
  const row = width * depth;
  const counts = new Map();
  let above = Buffer.alloc(row);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (row + 1)];
    const line = Buffer.from(rows.subarray(y * (row + 1) + 1, (y + 1) * (row + 1)));
    for (let x = 0; x < row; x++) {
      const [left, up, corner] = [x < depth ? 0 : line[x - depth], above[x], x < depth ? 0 : above[x - depth]];
      line[x] += [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    }
    for (let x = 0; x < row; x += depth) {
      const colour = line.readUIntBE(x, 3);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    above = line;
  }
  return [...counts].sort(([, one], [, other]) => other - one).map(([colour, count]) => [colour, count / (width * height)]);
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
