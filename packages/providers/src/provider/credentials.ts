// Where a provider's key comes from: the call or the client first, then the environment.
import type { Context, Provider } from '@g4f/core';

/** A key and where it was found, for errors: the name of a variable, or `the apiKey option`. */
export interface Credential {
  readonly key: string;
  readonly from: string;
}

type KeyFacts = Pick<Provider, 'env'>;
type Given = Pick<Context, 'apiKey' | 'env'>;

/** The key to use, or undefined if there is none. An empty variable counts as not set. */
export const credentialOf = (provider: KeyFacts, given: Given): Credential | undefined => {
  if (given.apiKey) return { key: given.apiKey, from: 'the apiKey option' };
  for (const name of provider.env ?? []) {
    const key = given.env[name]?.trim();
    if (key) return { key, from: name };
  }
  return undefined;
};

/** What a person has to do to give this provider its key (`set GROQ_API_KEY`), or undefined if it can do without. */
export const missingKey = (provider: KeyFacts & Pick<Provider, 'key'>, given: Given): string | undefined =>
  provider.key !== 'required' || credentialOf(provider, given) !== undefined
    ? undefined
    : `set ${provider.env?.join(' or ')}`;

/** The variable that may hold another address for a provider: `GITHUB_MODELS_BASE_URL` for `github-models`. */
export const baseURLVariable = (id: string): string => `${id.replaceAll('-', '_').toUpperCase()}_BASE_URL`;

/** What a variable holds for a provider. */
export interface MovedBy {
  readonly variable: string;
  readonly holds: string;
}

/**
 * The variable that gives a provider another address: the one of its id, or of its account. None counts for a provider that
 * brings its own key, which the program or the configuration gave together with the address.
 */
export const movedBy = (
  { id, baseURLEnv = [], bringsKey }: Pick<Provider, 'id' | 'baseURLEnv' | 'bringsKey'>,
  env: Context['env'],
): MovedBy | undefined => {
  if (bringsKey) return undefined;
  for (const variable of [baseURLVariable(id), ...baseURLEnv]) {
    const holds = env[variable]?.trim();
    if (holds) return { variable, holds };
  }
  return undefined;
};

/** Why a key that the program gave does not go where a variable of the environment says. */
export const notToVariable = (id: string, variable: string): string =>
  `${id}: the key was given to the client, and the address by the variable ${variable}: a key goes only where whoever gives it says. Give baseURL beside the key, or leave the key to its variable`;
