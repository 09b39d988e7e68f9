// Refuses options that there are not, and says what is there in their place.
import { G4FError } from '@g4f/core';
import { nearNames, ownFields } from '@g4f/providers/options';
import { isProvider } from '../catalog/provider-entry.ts';
import { quote } from '../errors/quote.ts';
import { ALL_OPTIONS, OPTION_NAMES } from './option-names.ts';
import { isFields, isFilled } from './plain-value.ts';

const A_PARAMETER = 'It is a parameter: give it in the first argument of create().';
const A_QUERY = 'Put the query into baseURL, as in "…/v1?name=value".';
const A_TRANSPORT = 'For a proxy there is proxy; for another way to a service, give a Provider of your own.';

/** Options of other libraries, without capitals, dashes and underscores: the name of ours, or what to do. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  accesstoken: 'apiKey',
  apibase: 'baseURL',
  apitoken: 'apiKey',
  apiurl: 'baseURL',
  apiversion: 'Put it into baseURL, as in "…?api-version=…".',
  basepath: 'baseURL',
  dangerouslyallowbrowser: 'Leave it out, and keep keys out of pages.',
  defaultheaders: 'headers',
  defaultquery: A_QUERY,
  dispatcher: A_TRANSPORT,
  endpoint: 'baseURL',
  extraheaders: 'headers',
  fetch: A_TRANSPORT,
  fetchoptions: A_TRANSPORT,
  host: 'baseURL',
  httpagent: A_TRANSPORT,
  httpsagent: A_TRANSPORT,
  key: 'apiKey',
  maxtokens: A_PARAMETER,
  messages: A_PARAMETER,
  model: A_PARAMETER,
  org: 'organization',
  query: A_QUERY,
  retries: 'maxRetries',
  stream: A_PARAMETER,
  temperature: A_PARAMETER,
  token: 'apiKey',
  tools: A_PARAMETER,
  url: 'baseURL',
};

/** A name without what people write otherwise. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

const BY_PLAIN: ReadonlyMap<string, string> = new Map(OPTION_NAMES.map((name) => [plain(name), name]));

/**
 * What is misspelt must not be passed over: without its `baseURL` a call would take key and prompt to another address.
 * Undefined and null are not set.
 * @throws G4FError `invalid-request` for a name that is an option's but for capitals and dashes.
 */
export const checkName = (name: string, value: unknown): void => {
  const meant = value == null ? undefined : BY_PLAIN.get(plain(name));
  if (meant !== undefined && meant !== name) throw noOption(name, `Did you mean ${meant}?`);
};

/**
 * Undefined and null are not set.
 * @param known the names that may stand here; those of a client unless given.
 * @throws G4FError `invalid-request` for any other, with what is there in its place.
 */
export const checkNames = (given: object, known: ReadonlySet<string> = ALL_OPTIONS): void => {
  for (const [name, value] of Object.entries(given))
    if (value != null && !known.has(name)) throw noOption(name, insteadOf(name, known));
};

function insteadOf(name: string, known: ReadonlySet<string>): string {
  const word = plain(name);
  const other = Object.hasOwn(ELSEWHERE, word) ? ELSEWHERE[word] : undefined;
  if (other?.includes(' ')) return other;
  const meant = BY_PLAIN.get(word) ?? other ?? nearNames(name, known, 1)[0];
  if (meant === undefined) return `There are ${[...known].join(', ')}.`;
  return known.has(meant)
    ? `Did you mean ${meant}?`
    : `${meant} is an option of the constructors of @g4f/client.`;
}

const noOption = (name: string, instead: string): G4FError =>
  new G4FError(`there is no option ${quote(name)}. ${instead}`, { code: 'invalid-request' });

/**
 * The options themselves, if they are an object of options; null is none. A text is not quoted, because it may be a key.
 * @throws G4FError `invalid-request`
 */
export function checkGiven<T extends object>(given: T | null | undefined): T | undefined {
  if (given == null) return undefined;
  if (isFilled(given) && !isProvider(given)) return given;
  const what = isFields(given)
    ? 'an object without any'
    : Array.isArray(given)
      ? 'a list'
      : `a ${typeof given}`;
  throw new G4FError(
    isProvider(given)
      ? 'the options are a Provider: give it as { provider }.'
      : `the options must be an object, such as { provider: "groq" } or { apiKey: … }; they are ${what}.`,
    { code: 'invalid-request' },
  );
}

/**
 * A copy: what becomes of the object afterwards, another client perhaps, is nothing to this one. It has no prototype, because
 * a field that somebody put on `Object.prototype` is no option.
 * @throws G4FError `invalid-request` for what is no object of options.
 */
export const copyOptions = <T extends object>(given: T): T => ownFields(checkGiven(given) ?? given);
