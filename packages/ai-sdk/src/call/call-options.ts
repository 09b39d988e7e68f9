// What every call of the AI SDK brings besides its own parameters.
import type { JSONObject, SharedV3Warning } from '@ai-sdk/provider';
import type { CallOptions } from '@g4f/client';

/** The name of this provider in `providerOptions` and `providerMetadata`. */
export const NAME = 'g4f';

/** What the models have in common in their options. */
export interface SharedCall {
  readonly abortSignal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly providerOptions?: Readonly<Record<string, JSONObject>> | undefined;
}

/** The options of the client's call. The AI SDK's own `user-agent` is not sent: it would need a provider to be for. */
export const callOptionsOf = ({ abortSignal, headers = {} }: SharedCall): CallOptions => {
  const given = Object.entries(headers).filter(
    ([name, value]) => value !== undefined && name.toLowerCase() !== 'user-agent',
  );
  return {
    ...(abortSignal !== undefined && { signal: abortSignal }),
    ...(given.length > 0 && { headers: Object.fromEntries(given) }),
  };
};

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
