// Where a backend's key comes from: the call or the client first, then the environment.
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

/** What a person has to do to give this backend its key (`set GROQ_API_KEY`), or undefined if it can do without. */
export const missingKey = (provider: KeyFacts & Pick<Provider, 'key'>, given: Given): string | undefined =>
  provider.key !== 'required' || credentialOf(provider, given) !== undefined
    ? undefined
    : `set ${provider.env?.join(' or ')}`;

/** The variable that may hold another address for a backend: `GITHUB_MODELS_BASE_URL` for `github-models`. */
export const baseURLVariable = (id: string): string => `${id.replaceAll('-', '_').toUpperCase()}_BASE_URL`;
