// The options of the small client and of its calls, checked.
import { G4FError, isG4FError, type Provider } from '@g4f/core';
import { type GivenHeaders, ownEnv } from '@g4f/providers/options';
import { movedBy, notToVariable } from '@g4f/providers/parts';
import { fromProvider, isCode, isProvider, type ProviderEntry } from '../catalog/provider-entry.ts';
import { emptyKey } from '../errors/empty-key.ts';
import { checkGiven, checkNames, copyOptions } from '../options/check-names.ts';
import {
  checkEnv,
  checkExtraBody,
  checkProxy,
  checkRetries,
  checkSignal,
  checkURL,
  wrong,
} from '../options/check-option.ts';
import { limitsOf } from '../options/deadline-limits.ts';
import { headerLevels, headersFor, levelOf } from '../options/given-headers.ts';
import { checkIds } from '../options/known-ids.ts';
import { CALL_OPTIONS } from '../options/option-names.ts';
import { pickOption } from '../options/pick-option.ts';
import { isFields, notPlain } from '../options/plain-value.ts';
import type { Settings } from '../options/settings.ts';
import { NO_OPTIONS } from '../options/split-params.ts';
import { processEnv } from '../platform/process-env.ts';
import { holdsKey } from '../routing/moved-address.ts';
import type { CallOptions, ClientOptions, HeaderOptions, Headers, ParamOptions } from '../surface/options.ts';

/** What a small client is made with. A call may have the same options, its own `provider` among them. */
export interface MiniOptions
  extends Pick<CallOptions, 'baseURL' | 'proxy' | 'timeout' | 'signal' | 'maxRetries' | 'extraBody'>,
    Omit<HeaderOptions, 'headers'>,
    Pick<ClientOptions, 'env'> {
  /** The provider itself, such as `@g4f/providers/groq` exports it, or `openaiCompatible` makes it. */
  readonly provider: Provider;
  /** The key; without it, the provider's environment variable. */
  readonly apiKey?: string;
  /** Headers besides those that the provider sends; not among the parameters of a call. */
  readonly headers?: Headers;
}

/** How one call is carried out. */
export interface MiniSettings
  extends Pick<
    Settings,
    'baseURL' | 'proxy' | 'limits' | 'signal' | 'maxRetries' | 'env' | 'extraBody' | 'hedge' | 'fallback'
  > {
  readonly backend: ProviderEntry;
  readonly apiKey: string | undefined;
  readonly headers: GivenHeaders | undefined;
}

const NEEDED = 'a provider itself, such as the one that "@g4f/providers/groq" exports';

/** What a small client has not, and why. */
const ELSEWHERE = [
  ['hedge', 'is for several providers'],
  ['routing', 'is for several providers'],
  ['fallback', 'is for several providers'],
  ['retired', 'needs the list of models'],
  ['cache', 'needs middleware'],
] as const;

/** The options of a small client. */
const MINI_OPTIONS: ReadonlySet<string> = new Set([...CALL_OPTIONS, 'env']);

/** What none of ours throws comes of reading what was given: of a getter, or of a trap of a Proxy. */
export const blame = (thrown: unknown): unknown =>
  isG4FError(thrown) ? thrown : notPlain('the argument', 'what throws when read');

/** The options of a client, copied and checked. @throws G4FError `invalid-request` */
export const readMini = (options: MiniOptions): MiniOptions => {
  try {
    const own = copyOptions(options);
    checkNames(own, MINI_OPTIONS);
    settleMini(own);
    return own;
  } catch (thrown) {
    throw blame(thrown);
  }
};

/** The settings of a call: its options over those among its parameters, over the client's. @throws G4FError `invalid-request` */
export const settleMini = (
  client: MiniOptions,
  given: ParamOptions = NO_OPTIONS,
  options?: CallOptions | null,
): MiniSettings => {
  const call = checkGiven(options) ?? NO_OPTIONS;
  if (call !== NO_OPTIONS) checkNames(call, CALL_OPTIONS);
  const inParams = withoutOwnId(given, call.provider ?? client.provider);
  const pick = pickOption(client, inParams, call);
  const [unfit, why] = ELSEWHERE.find(([name]) => pick(name) !== undefined) ?? [];
  if (unfit !== undefined)
    throw new G4FError(`${unfit} ${why}: take AsyncClient from "@g4f/client" instead.`, {
      code: 'invalid-request',
    });
  const backend = checkProvider(pick('provider'));
  checkEnv(client.env);
  const env = ownEnv((Object.hasOwn(client, 'env') ? client.env : undefined) ?? processEnv());
  const apiKey = checkKey(pick('apiKey'));
  const levels = headerLevels(levelOf(pick.ofClient), levelOf(pick.ofCall));
  for (const { byId = {} } of levels) checkIds('headers', Object.keys(byId), [backend.id]);
  const headers = headersFor(backend.id, levels);
  const baseURL = checkURL('baseURL', pick('baseURL'));
  const moved = baseURL === undefined ? movedBy(backend, env) : undefined;
  if (moved !== undefined && (apiKey !== undefined || holdsKey(headers)))
    throw new G4FError(`${notToVariable(backend.id, moved.variable)}.`, { code: 'invalid-request' });
  return {
    backend,
    apiKey,
    baseURL: moved === undefined ? baseURL : checkURL(moved.variable, moved.holds),
    proxy: checkProxy(pick('proxy')),
    limits: limitsOf(pick.ofClient('timeout'), pick.ofCall('timeout')),
    signal: checkSignal(pick('signal')),
    maxRetries: checkRetries(pick('maxRetries')),
    hedge: undefined,
    fallback: '',
    extraBody: checkExtraBody(pick('extraBody')),
    headers,
    env,
  };
};

/** The parameters may name the one provider by its id. Other data, which may be an end user's, is no provider. */
function withoutOwnId(given: ParamOptions, provider: unknown): ParamOptions {
  const { provider: named, ...others } = given;
  if (isProvider(provider) && named === provider.id) return others;
  if (isProvider(named) && !isCode(named)) throw wrong('provider', NEEDED, named);
  return given;
}

function checkProvider(value: unknown): ProviderEntry {
  if (isProvider(value)) return fromProvider(value);
  if (isFields(value) && isProvider(value.default))
    throw wrong('provider', 'the provider itself: take the `default` of its module', value);
  throw wrong('provider', NEEDED, value);
}

/** The value is not quoted: there is most likely a key in it. */
function checkKey(value: unknown): string | undefined {
  if (value === '') throw emptyKey('apiKey');
  if (value === undefined || typeof value === 'string') return value;
  throw new G4FError('apiKey must be a string: the key for the provider.', { code: 'invalid-request' });
}
