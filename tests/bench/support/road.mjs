// One origin for everybody who asks a hub: app and `/hub/` as they are served to phones, and beside them the pages of the benchmarks and
// `/couch/`, the databases themselves without the gate, because PouchDB keeps checkpoints there and the gate lets nobody do that.
import http from 'node:http';
import { pipeline } from 'node:stream';
import { answerFile, serve } from './serve.mjs';

/** What belongs to one connection and not to the answer. */
const OWN = ['connection', 'keep-alive', 'transfer-encoding'];
const agent = new http.Agent({ keepAlive: true });

function without(headers, names) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function pass(request, base, path, headers, response) {
  const onward = http.request(new URL(path, base), { method: request.method, headers: without(headers, ['host', ...OWN]), agent });
  onward.on('response', (from) => {
    response.writeHead(from.statusCode, without(from.headers, OWN));
    pipeline(from, response, () => {});
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

/** Serves a hub of tests/support/hub.mjs. */
export function openRoad(hub) {
  return serve((request, response) => {
    const path = request.url;
    if (/^\/(bench|peer)\//.test(path)) return answerFile(path.split('?')[0], {}, response);
    // CouchDB does not compress, so neither do the databases that stand in for it.
    if (path.startsWith('/couch/')) return pass(request, hub.base, path.slice('/couch'.length), without(request.headers, ['accept-encoding']), response);
    return pass(request, hub.origin, path, request.headers, response);
  });
}
