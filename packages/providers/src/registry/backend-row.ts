// A provider as one row of data, from a user's configuration: checked, and then like any other on the shelf.
import { type ChatFeature, G4FError, holdsUser, type Provider } from '@g4f/core';
import { urlOf, withoutEndpoint } from '@g4f/core/internal';
import { bringKey, readHeaders } from '../http/transport/given-headers.ts';
import { EMBEDDING_WIRES, loadWire, WIRE_NAMES, type WireName } from '../provider/named-wire.ts';
import { ownFields } from '../provider/own-fields.ts';
import type { EmbedFacts, EmbedFeature } from '../wires/embed-endpoint.ts';
import type { OtherOperation } from '../wires/endpoint.ts';
import { serverOperations } from '../wires/openai-chat/operations.ts';
import type { Quirks } from '../wires/wire.ts';
import { BACKEND_IDS } from './backend-ids.gen.ts';
import { nearNames } from './near-names.ts';
import type { RegistryEntry } from './registry.ts';

/** What of a service's quirks can be said in data. */
export interface RowQuirks extends Pick<Quirks, 'headers' | 'maxTokensField' | 'modelsPath' | 'refuses'> {
  /** The header that carries the key as it is, such as `api-key`, instead of the wire's own. */
  readonly keyHeader?: string;
}

/** What of a service's embeddings can be said in data. */
export type RowEmbed = Pick<EmbedFacts, 'dimensionsField' | 'maxInputs' | 'maxTokens' | 'models' | 'takes'>;

/** One provider of a user's configuration. Only `id` and `baseURL` are needed. */
export interface BackendRow {
  /** kebab-case; none of the providers that are here already. */
  readonly id: string;
  /** Where it answers, up to the path that the wire adds. */
  readonly baseURL: string;
  readonly name?: string;
  /** The page its facts come from. */
  readonly website?: string;
  /** The variable that holds its key, or several; it needs none if this is left out. */
  readonly apiKeyEnv?: string | readonly string[];
  /** The protocol it speaks; `openai-chat` unless given. */
  readonly wire?: WireName;
  /** Model families it chats with → its own id for exactly that model. */
  readonly models?: Readonly<Record<string, string>>;
  readonly features?: readonly ChatFeature[];
  /** Its embeddings; those of its wire unless given, and none where this is false. */
  readonly embed?: RowEmbed | false;
  /** Headers of every request to it, besides the wire's own; those of a client and of a call go over them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly quirks?: RowQuirks;
}

interface FieldKind {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  /** What each of a list must be. */
  readonly each?: FieldKind;
}
type Fields = Readonly<Record<string, FieldKind>>;

const FEATURES: readonly ChatFeature[] = ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'];
const EMBED_FEATURES: readonly EmbedFeature[] = ['dimensions', 'user', 'tokens', 'base64'];

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
/** A list without holes, which `every` passes over. */
const isListOf = (value: unknown, fits: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && !value.includes(undefined) && value.every(fits);
const isTexts = (value: unknown): boolean => isListOf(value, isText);
/** No Map, whose entries would be passed over. */
const isObject = (value: unknown): value is object =>
  Object.prototype.toString.call(value) === '[object Object]';
const isTextMap = (value: unknown): boolean => isObject(value) && Object.values(value).every(isText);
const oneOf = (values: readonly string[]): FieldKind => ({
  expected: `one of ${values.join(', ')}`,
  fits: (value) => values.some((known) => known === value),
});

const listOf = (values: readonly string[]): FieldKind => ({
  expected: `a list of ${values.join(', ')}`,
  fits: (value) => isListOf(value, oneOf(values).fits),
  each: oneOf(values),
});

const TEXT: FieldKind = { expected: 'a text', fits: isText };
const TEXT_MAP: FieldKind = { expected: 'an object of texts', fits: isTextMap };

const ROW: Fields = {
  id: TEXT,
  baseURL: TEXT,
  name: TEXT,
  website: TEXT,
  apiKeyEnv: {
    expected: 'the name of a variable, or a list of names',
    fits: (value) => isText(value) || isTexts(value),
    each: TEXT,
  },
  wire: oneOf(WIRE_NAMES),
  models: TEXT_MAP,
  features: listOf(FEATURES),
  embed: {
    expected: 'an object, or false',
    fits: (value) => value === false || isObject(value),
  },
  headers: TEXT_MAP,
  quirks: { expected: 'an object', fits: isObject },
};

const COUNT: FieldKind = {
  expected: 'a whole number above 0',
  fits: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0,
};

const EMBED: Fields = {
  models: TEXT_MAP,
  maxInputs: COUNT,
  maxTokens: COUNT,
  dimensionsField: TEXT,
  takes: listOf(EMBED_FEATURES),
};

const QUIRKS: Fields = {
  headers: TEXT_MAP,
  keyHeader: TEXT,
  maxTokensField: oneOf(['max_tokens', 'max_completion_tokens']),
  modelsPath: TEXT,
  refuses: { expected: 'a list of parameters', fits: isTexts, each: TEXT },
};

/**
 * The entry of a row, to stand beside those of the registry.
 *
 * @param where the row stands, for errors: `backends[0] of g4f.json`.
 * @throws G4FError `invalid-request` naming the field, what it must be, and for an unknown one the nearest that is known.
 */
export const readBackendRow = (given: unknown, where = 'backend'): RegistryEntry => {
  checkRow(given, where);
  const row = ownFields(given);
  const { id, name = id, apiKeyEnv, models = {} } = row;
  const baseURL = row.baseURL.trim();
  const { website = baseURL } = row;
  if (BACKEND_IDS.includes(id)) throw wrong(`${where}: id`, `a new one: ${JSON.stringify(id)} is taken`);
  const env = typeof apiKeyEnv === 'string' ? [apiKeyEnv] : apiKeyEnv;
  const key: Provider['key'] = env === undefined ? 'none' : 'required';
  const bringsKey = bringKey(quirksOf(ownFields(row.quirks ?? {}), row.headers).headers);
  const facts = {
    id,
    name,
    website,
    key,
    baseURL,
    wire: row.wire ?? 'openai-chat',
    models,
    ...(env !== undefined && { env }),
    ...(bringsKey && { bringsKey }),
    ...embedFacts(row),
  } as const;
  return { ...facts, load: () => loadRow(row, facts) };
};

/** What can be asked of a row: to chat, and to embed where its wire can. */
function embedFacts({
  wire = 'openai-chat',
  embed = {},
}: BackendRow): Pick<RegistryEntry, 'operations' | 'modelsFor'> {
  const others = wire === 'openai-chat' ? SERVER_OPERATIONS : [];
  if (embed === false || !EMBEDDING_WIRES.includes(wire)) return { operations: ['chat', ...others] };
  const { models } = ownFields(embed);
  return {
    operations: ['chat', 'embed', ...others],
    ...(models !== undefined && { modelsFor: { embed: models } }),
  };
}

async function loadRow(
  { wire = 'openai-chat', features, headers, embed, quirks = {} }: BackendRow,
  facts: Omit<RegistryEntry, 'load'> & { readonly baseURL: string },
): Promise<Provider> {
  // Loaded only now: a row is checked when a client is made, which most often asks nothing yet.
  const { overWire } = await import('../provider/over-wire.ts');
  return overWire(await loadWire(wire), {
    ...facts,
    ...(features !== undefined && { features }),
    ...(facts.operations.includes('embed') && { embed: embed || {} }),
    ...(wire === 'openai-chat' && serverOperations),
    quirks: quirksOf(ownFields(quirks), headers),
  });
}

const SERVER_OPERATIONS = Object.keys(serverOperations) as OtherOperation[];

const quirksOf = ({ keyHeader, ...quirks }: RowQuirks, own: BackendRow['headers'] = {}): Quirks => {
  const headers = { ...lowerCase(quirks.headers ?? {}), ...lowerCase(own) };
  const authorize =
    keyHeader === undefined ? {} : { authorize: (key: string) => ({ [keyHeader.toLowerCase()]: key }) };
  return { ...quirks, headers, ...authorize };
};

const lowerCase = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));

function checkRow(row: unknown, where: string): asserts row is BackendRow {
  const fields = checkFields(row, ROW, where);
  for (const name of ['id', 'baseURL']) {
    if (fields[name] === undefined) throw wrong(`${where}: ${name}`, `${ROW[name]?.expected}; it is missing`);
  }
  const { baseURL, quirks, embed, wire = 'openai-chat' } = fields;
  if (holdsUser(String(baseURL).trim()))
    throw wrong(
      `${where}: baseURL`,
      'without a user and a password, which are not sent: give them in headers',
    );
  if (!isAddress(String(baseURL).trim())) throw wrong(`${where}: baseURL`, 'an http or https URL');
  const instead = withoutEndpoint(String(baseURL).trim());
  if (instead !== undefined) throw wrong(`${where}: baseURL`, instead);
  const { headers = {} } = quirks === undefined ? {} : checkFields(quirks, QUIRKS, `${where}: quirks`);
  if (embed !== undefined && embed !== false) {
    checkFields(embed, EMBED, `${where}: embed`);
    if (!EMBEDDING_WIRES.some((name) => name === wire))
      throw wrong(`${where}: embed`, `left out, or false: the wire ${wire} has no embeddings`);
  }
  readHeaders(Object(headers), `${where}: quirks: headers`);
  readHeaders(Object(fields.headers ?? {}), `${where}: headers`);
}

const isAddress = (text: string): boolean =>
  !/\s/.test(text) && /^https?:$/.test(urlOf(text)?.protocol ?? '');

function checkFields(value: unknown, known: Fields, where: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw wrong(where, 'an object');
  for (const [name, field] of Object.entries(value)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) throw unknownField(name, Object.keys(known), where);
    if (!kind.fits(field)) throw wrongField(field, kind, `${where}: ${name}`);
  }
  return { ...value };
}

/** Of a list, the first of it that is wrong is named: `findIndex` finds holes, too. */
function wrongField(value: unknown, { expected, each }: FieldKind, where: string): G4FError {
  const at = Array.isArray(value) && each ? value.findIndex((one) => !each.fits(one)) : -1;
  return each && at !== -1 ? wrong(`${where}[${at}]`, each.expected) : wrong(where, expected);
}

function unknownField(name: string, known: readonly string[], where: string): G4FError {
  const [nearest] = [...known.filter((one) => one.startsWith(name)), ...nearNames(name, known, 1)];
  const hint = nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean ${nearest}?`;
  return new G4FError(`${where}: there is no field ${JSON.stringify(name)}. ${hint}`, {
    code: 'invalid-request',
  });
}

const wrong = (what: string, expected: string): G4FError =>
  new G4FError(`${what} must be ${expected}.`, { code: 'invalid-request' });
