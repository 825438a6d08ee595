// Stand-ins for the browser: caches that hold bytes, and a server whose files and moods a test can set.
import { createHash, webcrypto } from 'node:crypto';

export const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Path to text becomes path to hash, as stamp.mjs writes it. */
export const stamped = (files) => Object.fromEntries(Object.entries(files).map(([path, text]) => [path, sha256(text)]));

class FakeCache {
  entries = new Map();
  async put(path, response) {
    this.entries.set(path, await response.clone().arrayBuffer());
  }
  async match(path) {
    return this.entries.has(path) ? new Response(this.entries.get(path)) : undefined;
  }
}

export class FakeCaches {
  stores = new Map();
  async open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new FakeCache());
    return this.stores.get(name);
  }
  async has(name) {
    return this.stores.has(name);
  }
  async keys() {
    return [...this.stores.keys()];
  }
  async delete(name) {
    return this.stores.delete(name);
  }
  /** What a cache holds, as text. */
  async contents(name) {
    const entries = [...(this.stores.get(name)?.entries ?? [])].sort();
    return Object.fromEntries(entries.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
  }
}

/** A server that has `files`; `mood(path, options)` may return another response, or throw as a dead network does. */
export function browserWith(files, mood = () => undefined) {
  const asked = [];
  const io = {
    caches: new FakeCaches(),
    crypto: webcrypto,
    fetch: async (path, options) => {
      asked.push({ path, ...options });
      const other = mood(path, options);
      if (other) return other;
      return path in files ? new Response(files[path]) : new Response('not found', { status: 404 });
    },
  };
  return { io, asked, paths: () => asked.map((request) => request.path).sort() };
}
