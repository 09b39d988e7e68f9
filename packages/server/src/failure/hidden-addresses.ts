// Callers are told what failed, and not where the operator's servers and proxies are.
import { isPublicHost, urlOf } from '@g4f/core/internal';
import type { Failure } from './refusal.ts';

/** What stands in the place of an address. */
const INSTEAD = 'its address';

/** What was thrown, as far as its words are looked at. */
interface Thrown {
  readonly code: string;
  readonly message: string;
  readonly attempts?: readonly Thrown[] | undefined;
}

/** Failures in which nobody but the client speaks, of where it could not connect: an address in them is one that the operator has set. */
const UNCONNECTED: ReadonlySet<string> = new Set(['network', 'timeout', 'stream-truncated']);

/** The addresses that could not be reached, or broke off, but those that the caller wrote. */
export const failedAddresses = (thrown: Thrown, written?: unknown): readonly string[] => {
  const isWritten = lookIn(written);
  return [thrown, ...(thrown.attempts ?? [])]
    .filter(({ code }) => UNCONNECTED.has(code))
    .flatMap(({ message }) => message.match(ADDRESS) ?? [])
    .map(withoutEnd)
    .filter((address) => !isWritten(address));
};

/**
 * The failure without these addresses (neither the whole of one, nor its origin, nor its host), and without any that looks private or
 * was not reached, unless the caller wrote it. Other words of a service stay, the addresses of its pages as well.
 * @param addresses URLs, or `host:port`; what is neither is passed over.
 * @param written what the caller wrote: texts, in lists and objects.
 */
export const withoutAddresses = (
  failure: Failure,
  addresses: readonly string[],
  written?: unknown,
): Failure => {
  const forms = [...new Set(addresses.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const told = forms.reduce((text, form) => text.replace(wholeOf(form), INSTEAD), failure.message);
  const isWritten = lookIn(written);
  const message = told.replace(ADDRESS, (found, at: number) => {
    const address = withoutEnd(found);
    const isShown = !isPrivate(address, told.slice(Math.max(0, at - 30), at)) || isWritten(address);
    return isShown ? found : INSTEAD + found.slice(address.length);
  });
  return { ...failure, message };
};

/** A bare name without a dot (`ollama`) is a word of other texts as well, and stays where no port follows. */
function formsOf(address: string): readonly string[] {
  const text = address.includes('://') ? address : `http://${address}`;
  const url = urlOf(text);
  if (url === undefined) return [];
  const { origin, host, hostname, protocol } = url;
  const whole = text.replace(/\/$/, '');
  const forms = [whole, `${protocol}//${host}`, origin, host, hostname];
  return forms.filter((form) => form !== 'null' && /[.:]/.test(form));
}

/** Not inside another: 127.0.0.1 is no part of 127.0.0.12. */
const wholeOf = (form: string): RegExp =>
  new RegExp(
    `(?<![\\w.-])${form.replace(/[.*+?^$\x7b\x7d()|[\]\\]/g, '\\$&')}(?![\\w-]|\\.\\w)(?::\\d{1,5}(?!\\w))?`,
    'gi',
  );

/** What looks like an address. Each part is bounded, so that no words of a service make it slow. */
const ADDRESS = new RegExp(
  [
    /(?:https?|wss?|rediss?|amqps?|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|grpcs?|tcp|unix):\/\/(?:\[[\da-f:.]{2,45}\]|[^\s"'<>`)\]}/…])[^\s"'<>`)\]}]*/,
    // After what Node says of a name or an address that it could not reach.
    /(?<=\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH) )[^\s,;()]+/,
    /\[(?=[\da-f.]{0,4}:)[\da-f:.]{2,45}\](?::\d{1,5})?/,
    /(?<![\w:.])(?:(?=[\da-f:]{0,40}::)[\da-f:]{3,45}|(?:[\da-f]{1,4}:){7}[\da-f]{1,4})(?!\w)/,
    /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?!\w|\.\d)/,
    /(?<![\w.-])(?:[a-z\d-]{1,63}\.){1,8}[a-z][a-z\d-]{1,62}:\d{2,5}(?!\w|\.\d)/,
    /(?<![\w.-])localhost:\d{1,5}(?!\w)/,
    /(?<![\w.-])[a-z][a-z\d-]{0,62}:\d{4,5}(?!\w|\.\d)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

const withoutEnd = (found: string): string => found.replace(/[.,:;!?]{1,9}$/, '');

/** What is said before the name of a machine that is asked: `max:32768` alone is no address. */
const BEFORE_HOST =
  /\b(?:hosts?|tcp|udp|upstream|address|server|proxy|lookup|connect(?:ing|ed|ion)?(?: (?:to|with|at))?)[ :="'(]{1,4}$/i;

/** Names of networks that are nobody else's. Sources: RFC 6762, appendix G; Kubernetes. */
const PRIVATE_NAME = /\.(?:lan|corp|home|intranet|private|svc)\.?$/i;

/** Whether it is an address that only the operator can have: of a private network, or a number. A name of the public web may be a page's. */
function isPrivate(address: string, before: string): boolean {
  // A page has an address of HTTP: what speaks another protocol is a part of the gateway.
  if (address.includes('://')) return !/^https?:/i.test(address) || isPrivateURL(address);
  const [, name, port] = /^([a-z\d][a-z\d.-]*?)(:\d{1,5})?$/i.exec(address) ?? [];
  // A number, or the name after what Node says of one that it could not reach.
  if (name === undefined || port === undefined || !/[a-z]/i.test(name)) return true;
  const isOwn = name.toLowerCase() === 'localhost' || (name.includes('.') && isOwnName(name));
  return isOwn || BEFORE_HOST.test(before) || /\b[A-Z_]{6,} $/.test(before);
}

const isOwnName = (name: string): boolean => !isPublicHost(name) || PRIVATE_NAME.test(name);

/** One with a port or a name before its host is no page's. */
function isPrivateURL(address: string): boolean {
  const url = urlOf(address);
  if (url === undefined) return true;
  const { hostname, port, username } = url;
  return port !== '' || username !== '' || isOwnName(hostname);
}

/** Whether an address stands in what the caller wrote, which is walked once. */
function lookIn(written: unknown): (address: string) => boolean {
  let texts: string | undefined;
  return (address) => {
    texts ??= textsIn(written).join('\n');
    return texts.includes(address);
  };
}

function textsIn(written: unknown, texts: string[] = []): readonly string[] {
  if (typeof written === 'string') texts.push(written);
  else if (typeof written === 'object' && written !== null)
    for (const value of Object.values(written)) textsIn(value, texts);
  return texts;
}
