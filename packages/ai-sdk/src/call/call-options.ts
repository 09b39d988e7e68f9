// What every call of the AI SDK brings besides its own parameters.
import type { JSONObject, SharedV3Warning } from '@ai-sdk/provider';
import type { AsyncClient, CallOptions, ClientOptions } from '@g4f/client';

/** The name of this provider in `providerOptions` and `providerMetadata`. */
export const NAME = 'g4f';

/** What the models have in common in their options. */
export interface SharedCall {
  readonly abortSignal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly providerOptions?: Readonly<Record<string, JSONObject>> | undefined;
}

/** Clients of which it is not clear for which provider a header would be: several are named, or none is. */
const ASK_SEVERAL = new WeakSet<AsyncClient>();

/** The client, remembered if headers of a call have no one provider to be for. @param options what it was made with */
export const asAsked = (client: AsyncClient, { provider, baseURL }: ClientOptions): AsyncClient => {
  const isOne = Array.isArray(provider) ? provider.length === 1 : (provider ?? baseURL) != null;
  if (!isOne) ASK_SEVERAL.add(client);
  return client;
};

/** The options of the client's call. */
export const callOptionsOf = (options: SharedCall, client: AsyncClient): CallOptions => {
  const given = headersOf(options);
  return {
    ...(options.abortSignal !== undefined && { signal: options.abortSignal }),
    ...(given.length > 0 && !ASK_SEVERAL.has(client) && { headers: Object.fromEntries(given) }),
  };
};

/** What of a call's headers is not sent. */
export const headerWarnings = (options: SharedCall, client: AsyncClient): SharedV3Warning[] =>
  headersOf(options).length === 0 || !ASK_SEVERAL.has(client)
    ? []
    : [
        unsupported(
          'headers',
          'they are for one provider, and the client has several: give them to createG4F, by id',
        ),
      ];

/** The AI SDK's own `user-agent` is not sent: it would need a provider to be for. */
const headersOf = ({ headers = {} }: SharedCall) =>
  Object.entries(headers).filter(
    ([name, value]) => value !== undefined && name.toLowerCase() !== 'user-agent',
  );

/** `providerOptions.g4f`: parameters in OpenAI's spelling, and what of a call's options may stand among them. */
export const ownParams = ({ providerOptions }: SharedCall): JSONObject => ({ ...providerOptions?.[NAME] });

/** What a client says could not be done. */
export const warningsOf = (warnings: readonly string[] = []): SharedV3Warning[] =>
  warnings.map((message) => ({ type: 'other', message }));

/** What a model of the AI SDK has no place for. */
export const unsupported = (feature: string, details?: string): SharedV3Warning => ({
  type: 'unsupported',
  feature,
  ...(details !== undefined && { details }),
});

/** Fields that are JSON, without those that are not known. */
export const known = (fields: Readonly<Record<string, unknown>>): JSONObject =>
  JSON.parse(JSON.stringify(fields));
