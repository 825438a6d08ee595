// How a version of the app gets into the browser's cache, whole or not at all.
// Every file is judged by the hash of its bytes, never by its name or its status alone: a server that is
// half-way through a deployment, a captive portal or a damaged cache can then never become part of a version.

const PREFIX = 'civmesh-shell-';

/**
 * The cache of one version.
 * `assets` maps a path ('/' is index.html) to the SHA-256 of its bytes in hexadecimal.
 * `io` is where the browser is: `caches`, `fetch` and `crypto`, passed in so that tests can stand in for them.
 */
export function shellCache(version, assets, io) {
  const name = PREFIX + version;

  /** Fills the cache. Rejects, with the names of what is missing, unless every file is there and right. */
  async function fill() {
    const cache = await io.caches.open(name);
    const sources = await openSources();
    const results = await Promise.allSettled(
      Object.entries(assets).map(([path, hash]) => add(cache, sources, path, hash)),
    );
    const failures = results.filter((result) => result.status === 'rejected');
    if (failures.length > 0) {
      // What did arrive is verified and stays for the next attempt. Deleting it here would be wrong in one
      // case: after a roll-back this cache can be the one that the active worker lives on.
      throw new Error(failures.map((failure) => failure.reason.message).join('; '));
    }
    await checkWhole();
  }

  /** A response for `path`, or undefined when it is no file of this version or the browser has evicted it. */
  async function match(path) {
    if (!Object.hasOwn(assets, path) || !(await io.caches.has(name))) return undefined;
    const cache = await io.caches.open(name);
    return cache.match(path, { ignoreVary: true });
  }

  /** Deletes the shells of other versions; other caches are not ours to touch. */
  async function sweep() {
    const others = (await io.caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== name);
    await Promise.all(others.map((key) => io.caches.delete(key)));
  }

  // This version's own cache comes first, so that an interrupted installation goes on where it stopped.
  async function openSources() {
    const older = (await io.caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== name);
    return Promise.all([name, ...older].map((key) => io.caches.open(key)));
  }

  async function add(cache, sources, path, hash) {
    for (const source of sources) {
      const kept = await source.match(path, { ignoreVary: true });
      if (kept && (await hashOf(kept)) === hash) {
        if (source !== cache) await cache.put(path, kept);
        return;
      }
    }
    await cache.put(path, await download(path, hash));
  }

  // What the page itself fetched a moment ago need not come over the line again; bytes that are not the right ones are asked for past
  // the browser's own cache. A redirect means that somebody else is answering.
  async function download(path, hash) {
    for (const cache of ['default', 'reload']) {
      const response = await io.fetch(path, { cache, redirect: 'error' }).catch((error) => {
        throw new Error(`${path}: ${error.message}`);
      });
      if (response.status !== 200) throw new Error(`${path}: status ${response.status}`);
      if ((await hashOf(response)) === hash) return response;
    }
    throw new Error(`${path}: not the file of version ${version}`);
  }

  // Another worker that became active meanwhile may have swept this cache away under our hands;
  // what was put through the old handle is then lost. So look again, by name.
  async function checkWhole() {
    const cache = await io.caches.open(name);
    for (const path of Object.keys(assets)) {
      if (!(await cache.match(path, { ignoreVary: true }))) throw new Error(`${path}: lost while installing`);
    }
  }

  async function hashOf(response) {
    const digest = await io.crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  return { fill, match, sweep };
}
