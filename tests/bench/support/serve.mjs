// The benchmarks' own server on loopback: pages of this folder, what npm installed, files of the app.
import http from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGES = fileURLToPath(new URL('../page', import.meta.url));
const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
};

/** Which file a path means: `/peer/` is what npm installed, `/bench/` the pages here, and the rest is looked up in `folders`. */
function fileOf(path, folders) {
  const file = path.endsWith('/') ? `${path}index.html` : path;
  const known = { '/peer/': MODULES, '/bench/': PAGES, ...folders };
  const prefix = Object.keys(known).find((prefix) => file.startsWith(prefix));
  return prefix && join(known[prefix], file.slice(prefix.length));
}

export async function answerFile(path, folders, answer) {
  const file = fileOf(path, folders);
  const bytes = file && (await readFile(file).catch(() => undefined));
  if (!bytes) return answer.writeHead(404).end();
  answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-cache' });
  return answer.end(bytes);
}

/** Serves until it is closed; `answer` gets every request. */
export async function serve(answer) {
  const server = http.createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch((error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}

/** Serves files alone. `folders` maps the beginning of a path to a folder. */
export function serveFiles(folders = {}) {
  return serve((request, response) => answerFile(new URL(request.url, 'http://localhost').pathname, folders, response));
}
