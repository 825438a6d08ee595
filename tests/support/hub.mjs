// The hub of a journey: the real program with the real app, and a way to ask its databases directly, past the app and past the gate.
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { AUTHORITY, PACK, PROGRAM, ROOT } from './place.mjs';
import { faultsOfEvent, faultsOfPart, readCore } from './record.mjs';

export class Hub {
  /** Starts a hub that keeps nothing, and waits until it serves. */
  static async start(app) {
    const arguments_ = ['serve', '--app', app, '--pack', PACK, '--authority-key', AUTHORITY, '--in-memory', '--port', '0', '--json'];
    const child = spawn(PROGRAM, arguments_, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (text) => (complaints += text));
    const said = once(createInterface(child.stdout), 'line');
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the hub did not start. ${complaints}`)));
    ended.catch(() => {});
    const [line] = await Promise.race([said, ended]);
    return new Hub(child, JSON.parse(line));
  }

  constructor(child, { origin, hub, region, seats }) {
    const address = new URL(hub);
    this.child = child;
    this.origin = origin;
    this.region = region;
    this.seats = seats;
    this.addressForAdministrator = hub;
    this.base = address.origin;
    this.authorization = `Basic ${Buffer.from(`${address.username}:${address.password}`).toString('base64')}`;
  }

  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  /** The sample seats with this role, at this node if one is named. */
  seatsOf(role, node) {
    return this.seats.filter((seat) => seat.role === role && (!node || seat.nodes.includes(node)));
  }

  /** Asks the databases as their administrator. */
  async ask(method, path, body) {
    const headers = { authorization: this.authorization, 'content-type': 'application/json' };
    const answer = await fetch(this.base + path, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Every document of events and parts, in every database. */
  async documents() {
    const names = (await this.ask('GET', '/_all_dbs')).filter((name) => name.startsWith('civmesh-') && !name.endsWith('-public'));
    const databases = await Promise.all(
      names.map(async (database) => {
        const { rows } = await this.ask('GET', `/${database}/_all_docs?include_docs=true&conflicts=true`);
        return rows.map(({ doc }) => ({ database, ...doc })).filter(({ type }) => type === 'event' || type === 'part');
      }),
    );
    return databases.flat();
  }

  /** The events of these authors with their parts, after each has been verified and found to be here once. */
  async verified(seats) {
    const authors = new Set([seats].flat().map((seat) => seat.device));
    const documents = await this.documents();
    const events = new Map();
    for (const { database, ...document } of documents.filter(({ type, author }) => type === 'event' && authors.has(author))) {
      const id = document._id.split(':')[2];
      if (events.has(id)) throw new Error(`${id} is at the hub twice`);
      if (document._conflicts) throw new Error(`${id} has conflicts`);
      const faults = faultsOfEvent(document);
      if (faults.length > 0) throw new Error(`${id}: ${faults.join('; ')}`);
      const { sequence, mark } = readCore(Buffer.from(document.core, 'base64url'));
      events.set(id, { id, database, ...document, sequence, mark, parts: [] });
    }
    for (const { database, ...document } of documents.filter(({ type, event }) => type === 'part' && events.has(event))) {
      const event = events.get(document.event);
      const faults = faultsOfPart(document, event, [seats].flat().find(({ device }) => device === event.author));
      if (faults.length > 0) throw new Error(`${document._id}: ${faults.join('; ')}`);
      if (event.parts.some(({ index }) => index === document.index)) throw new Error(`${document._id} is at the hub twice`);
      event.parts.push({ database, ...document });
    }
    // The app writes reading keys by itself, at its own time: they take a number each, which is taken out here.
    const keys = await this.readingKeys();
    const number = ({ author, sequence }) => sequence - keys.filter((key) => key.author === author && key.sequence < sequence).length;
    const numbered = [...events.values()].map((event) => ({ ...event, sequence: number(event) }));
    return numbered.sort((one, other) => one.sequence - other.sequence);
  }

  /** The reading keys that were issued: author and sequence. */
  async readingKeys() {
    const { rows } = await this.ask('GET', `/civmesh-${this.region}-public/_all_docs?include_docs=true`);
    const keys = rows.map(({ doc }) => doc).filter(({ kind }) => kind === 'reading_key_issued');
    return keys.map(({ author, core }) => ({ author, sequence: readCore(Buffer.from(core, 'base64url')).sequence }));
  }

  /** Gives an account other roles, as a coordinator would who takes a node away from a seat. */
  async setRoles(seat, change) {
    const path = `/_users/org.couchdb.user:${seat.account}`;
    const account = await this.ask('GET', path);
    await this.ask('PUT', path, { ...account, roles: change(account.roles) });
  }

  /** Makes a seat, with a credential unless `authority` is null. */
  newSeat({ role, node, authority = AUTHORITY }) {
    const which = ['--role', role, '--node', node, ...(authority ? ['--authority-key', authority] : [])];
    const arguments_ = ['seats', '--url', this.addressForAdministrator, '--pack', PACK, '--origin', this.origin, '--json', ...which];
    return JSON.parse(execFileSync(PROGRAM, arguments_, { cwd: ROOT, encoding: 'utf8' }))[0];
  }
}
