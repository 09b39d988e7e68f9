// A request of Node's as the handler looks at it. A `Request` would cost more than all that is looked at, also one that is made late.
import type { IncomingMessage } from 'node:http';
import { urlOf } from '@g4f/core/internal';
import type { CallerRequest } from '../answer/caller-request.ts';
import { refuse } from '../failure/refusal.ts';

/** What of a request is used. */
type Told = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>;

/** Its method, its address and its headers. */
export class NodeRequest implements CallerRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: CallerRequest['headers'];

  /** @param host the name it is asked by if it tells none. @throws Refusal 400 where its Host, or its target, is no address */
  constructor({ method = 'GET', url = '', headers, rawHeaders }: Told, host: string) {
    this.method = method;
    this.url = addressOf(url, headers.host || host);
    this.headers = new HeaderLines(rawHeaders);
  }
}

/** Headers as they came: several of one name are one with commas between, as `Headers` has them, and Node's own have not all. */
class HeaderLines implements Pick<Headers, 'get' | 'has'> {
  readonly #lines: readonly string[];

  /** @param lines names and values in turns */
  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  get(name: string): string | null {
    const lines = this.#lines;
    let found: string | null = null;
    for (let at = 0; at < lines.length; at += 2) {
      const other = lines[at];
      if (other?.length !== name.length || other.toLowerCase() !== name) continue;
      const value = lines[at + 1] ?? '';
      found = found === null ? value : `${found}, ${value}`;
    }
    return found;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }
}

/** Nothing in it is written otherwise in an address: no percent signs, and no dots, which may lead upwards. */
const PLAIN = /^\/[\w/~?&=:-]*$/;

/** The name that was asked for last: nearly all ask by the same. */
let last = { host: '', origin: '' };

/** @param target what stands in the request's first line. @throws Refusal 400 */
function addressOf(target: string, host: string): string {
  const isWhole = /^https?:\/\//i.test(target);
  // A backslash would become a slash.
  if (!(isWhole || target.startsWith('/')) || /^[^?]*\\/.test(target)) throw noAddress();
  if (isWhole) return normal(target);
  if (last.host !== host) last = { host, origin: originOf(host) };
  const url = last.origin + target;
  return PLAIN.test(target) ? url : normal(url);
}

function normal(url: string): string {
  const parsed = urlOf(url);
  if (parsed === undefined) throw noAddress();
  return parsed.href;
}

/** A Host is a name, and perhaps a port, and nothing else that an address may have. */
function originOf(host: string): string {
  const url = new URL(normal(`http://${host}/`));
  if (url.hostname !== host.replace(/:\d*$/, '').toLowerCase()) throw noAddress();
  return url.origin;
}

const noAddress = () =>
  refuse(400, 'invalid-request', 'The Host or the target of the request is no address.');
