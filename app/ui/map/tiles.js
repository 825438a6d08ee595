// The base map's tiles, out of the bytes of the region's pack: nothing is asked of any network.
import { addProtocol, removeProtocol } from './maplibre-gl.js';
import { PMTiles } from './pmtiles.js';

/** An archive in memory, as pmtiles reads it. */
class Bytes {
  constructor(bytes, name) {
    this.bytes = bytes;
    this.name = name;
  }

  getKey() {
    return this.name;
  }

  async getBytes(offset, length) {
    return { data: this.bytes.slice(offset, offset + length).buffer };
  }
}

let count = 0;

/** Gives the archive an address inside this page; returns it, with its zooms, and what takes it back. */
export async function serve(bytes) {
  const scheme = `civmesh-map-${(count += 1)}`;
  const archive = new PMTiles(new Bytes(bytes, scheme));
  const { minZoom, maxZoom } = await archive.getHeader();
  addProtocol(scheme, async ({ url }) => {
    const [z, x, y] = url.match(/(\d+)\/(\d+)\/(\d+)$/).slice(1).map(Number);
    const tile = await archive.getZxy(z, x, y);
    return { data: tile ? new Uint8Array(tile.data) : new Uint8Array() };
  });
  const source = { type: 'vector', tiles: [`${scheme}://{z}/{x}/{y}`], minzoom: minZoom, maxzoom: maxZoom };
  return { source, forget: () => removeProtocol(scheme) };
}
