// The network between phone and hub, with faults on demand. What no rule is about passes as it is: files, headers, long polls.
import http from 'node:http';
import { once } from 'node:events';

// What belongs to one connection and not to the answer.
const OWN = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** What can go wrong. Each takes the request, the answer to be given, and the way to the hub. */
export const faults = {
  /** The request never arrives. */
  loseRequest: () => (request) => request.socket.destroy(),
  /** The request arrives and is dealt with, and nobody hears of it. */
  loseAnswer: () => async (request, _answer, onward) => {
    await drain(await onward(request));
    request.socket.destroy();
  },
  /** The connection breaks while the phone is still sending. */
  cutRequest: () => (request, _answer, onward) => {
    request.once('data', (piece) => {
      const half = piece.subarray(0, Math.ceil(piece.length / 2));
      onward(request, half).catch(() => {});
      request.socket.destroy();
    });
  },
  /** The connection breaks in the middle of the answer. */
  cutAnswer: () => async (request, answer, onward) => {
    const from = await onward(request);
    const body = await drain(from);
    answer.writeHead(from.statusCode, { 'content-type': from.headers['content-type'], 'content-length': body.length + 1 });
    answer.write(body.subarray(0, Math.ceil(body.length / 2)), () => request.socket.destroy());
  },
  /** Somebody else answers. */
  answer: (status, body = '', headers = { 'content-type': 'application/json' }) => async (request, answer) => {
    await drain(request);
    answer.writeHead(status, headers);
    answer.end(body);
  },
};

async function drain(stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

export class Proxy {
  static async before(target) {
    const proxy = new Proxy(target);
    await proxy.up();
    return proxy;
  }

  constructor(target) {
    this.target = new URL(target);
    this.port = 0;
    this.rules = [];
    /** Every request that came by, as `METHOD /path`. */
    this.seen = [];
    /** Requests that are being dealt with now. */
    this.pending = new Set();
    // Connections of earlier journeys must not be mistaken for working ones.
    this.agent = new http.Agent({ keepAlive: false });
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The network is there. */
  async up() {
    this.server = http.createServer((request, answer) => this.#serve(request, answer).catch(() => request.socket.destroy()));
    // A browser silently repeats what it sent over a connection that was used before. Here each fault is to be met once.
    this.server.maxRequestsPerSocket = 1;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = this.server.address().port;
  }

  /** The network is gone, in the middle of whatever goes on. */
  async down() {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /**
   * From now on, requests whose `METHOD /path` fits `pattern` meet `fault`, `times` times. The returned rule counts its `hits`
   * and can be ended.
   */
  fault(pattern, fault, times = Infinity) {
    const rule = { pattern, fault, times, hits: 0, end: () => this.rules.splice(this.rules.indexOf(rule), 1) };
    this.rules.push(rule);
    return rule;
  }

  count(pattern) {
    return this.seen.filter((request) => pattern.test(request)).length;
  }

  async #serve(request, answer) {
    const what = `${request.method} ${request.url}`;
    this.seen.push(what);
    this.pending.add(what);
    answer.on('close', () => this.pending.delete(what));
    const onward = (from, body) => this.#onward(from, body);
    const rule = this.rules.find((rule) => rule.hits < rule.times && rule.pattern.test(what));
    if (rule) {
      rule.hits += 1;
      return rule.fault(request, answer, onward);
    }
    const from = await onward(request);
    const headers = from.rawHeaders.filter((_, at, all) => !OWN.has(all[at - (at % 2)].toLowerCase()));
    answer.writeHead(from.statusCode, headers);
    // What ends on one side ends on the other.
    answer.on('close', () => from.destroy());
    from.on('error', () => request.socket.destroy());
    from.pipe(answer);
  }

  /** Passes a request on, or only its beginning. */
  #onward(request, beginning) {
    return new Promise((resolve, reject) => {
      const { method, url: path, rawHeaders } = request;
      const headers = rawHeaders.filter((_, at, all) => !OWN.has(all[at - (at % 2)].toLowerCase()));
      const onward = http.request({ host: this.target.hostname, port: this.target.port, method, path, headers, agent: this.agent }, resolve);
      onward.on('error', reject);
      request.on('close', () => request.complete || onward.destroy());
      request.res?.on?.('close', () => onward.destroy());
      if (beginning) onward.write(beginning, () => onward.destroy());
      else request.pipe(onward);
    });
  }
}
