// What is done while the app is closed. There is no sync in here: the app's own crates, compiled for this worker (app/background), do it,
// and they are instantiated only when the browser calls for them.

/** The tag of a `sync` that sends what waits, and of a `periodicsync` that looks what is new. */
export const OUTBOX = 'civmesh-outbox';
export const NEWS = 'civmesh-news';

/**
 * `bind` is what wasm-bindgen wrote for workers: given the WASM, it makes what it holds callable. `path` is where that is in the shell.
 */
export function background(scope, shell, { bind, path }) {
  let bound;

  /** Sends what waits. Rejects where the browser is to try again. */
  async function send(isLastChance) {
    // The page syncs at once and more often, and asks anew for this when it leaves something undone or goes out of sight.
    if (!(await isOpen())) await (await load()).send(isLastChance);
  }

  /** Looks what is new. */
  async function look() {
    if (!(await isOpen())) await (await load()).look();
  }

  async function isOpen() {
    const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
    return pages.some((page) => page.visibilityState === 'visible');
  }

  function load() {
    bound ??= instantiate().catch((error) => {
      bound = undefined;
      throw error;
    });
    return bound;
  }

  // The browser may have evicted the cache; the name holds the hash, so the network has these very bytes or none.
  async function instantiate() {
    await bind({ module_or_path: (await shell.match(path)) ?? (await scope.fetch(path)) });
    return bind;
  }

  return { send, look };
}
