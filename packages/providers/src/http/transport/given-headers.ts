// Headers that a caller or a configuration gives: checked, and set over those that a provider sends by itself.
import { G4FError } from '@g4f/core';

/** Headers by their names in lower case; null for one that is not sent, though a lower level gave it. */
export type GivenHeaders = Readonly<Record<string, string | null>>;

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/** RFC 9110, section 5.5, and what a byte can hold: no line break, no NUL, and nothing that would need an encoding. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Set by the connection itself; another value would break it. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers in which keys travel. */
const OF_KEYS: ReadonlySet<string> = new Set(['authorization', 'x-api-key', 'api-key', 'x-goog-api-key']);

/** A key that was not there when the header was put together; without blanks. */
const EMPTY_KEY = /^(?:bearer|basic)?(?:undefined|null)?$/i;

/**
 * The headers of an object, checked: names in lower case, the later of two that differ in capitals counts. Undefined is
 * not set. Values are never quoted, because there may be a key in them.
 *
 * @param where they stand, for errors: `headers`, `backends[0]: headers`.
 * @throws G4FError `invalid-request` naming the header.
 */
export const readHeaders = (given: object, where: string): GivenHeaders => {
  const entries: [string, string | null][] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const lower = name.toLowerCase();
    // Up to the first sign that no name has: after it, a whole header with its key may stand.
    const quoted = JSON.stringify(/^[^\s:]{0,80}/.exec(name)?.[0] ?? '');
    if (!TOKEN.test(name)) throw wrong(`${where}: ${quoted} is no name of a header`);
    if (OF_CONNECTION.has(lower)) throw wrong(`${where}: ${quoted} is set by the connection. Leave it out`);
    if (value !== null && typeof value !== 'string')
      throw wrong(`${where}: ${quoted} must be a text, or null`);
    if (value !== null && !VALUE.test(value))
      throw wrong(
        `${where}: the value of ${quoted} holds a line break or a character that no header has. Encode it`,
      );
    // Passed over, the request would be paid for with another key: of the client, or of the environment.
    if (value !== null && OF_KEYS.has(lower) && EMPTY_KEY.test(value.replace(/\s/g, '')))
      throw wrong(`${where}: there is no key in ${quoted}. Give it, or leave the header out`);
    entries.push([lower, value?.trim() ?? null]);
  }
  // `fromEntries`, because a header may be called `__proto__`.
  return Object.fromEntries(entries);
};

const wrong = (message: string): G4FError => new G4FError(`${message}.`, { code: 'invalid-request' });

/** What is sent: the given ones over the others, whatever the capitals of these. */
export const withHeaders = (
  own: Readonly<Record<string, string>>,
  given: GivenHeaders | undefined,
): Readonly<Record<string, string>> => {
  if (given === undefined) return own;
  const sent = new Map(Object.entries(own).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of Object.entries(given)) {
    if (value === null) sent.delete(name);
    else sent.set(name, value);
  }
  return Object.fromEntries(sent);
};

/** Whether a program says by its headers how it is known to the service: no key is needed then, and none is sent beside. */
export const bringKey = (given: GivenHeaders | undefined): boolean =>
  given !== undefined && Object.keys(given).some((name) => OF_KEYS.has(name));

/** The key in such a header, only to keep it out of messages. */
export const keyIn = (given: GivenHeaders | undefined): string | undefined => {
  const name = Object.keys(given ?? {}).find((one) => OF_KEYS.has(one));
  return name === undefined ? undefined : (given?.[name]?.replace(/^(?:Bearer|Basic)\s+/i, '') ?? undefined);
};
