// Any service that speaks OpenAI's chat completions, as a provider: the shelf's backends are made of it, and so is one's own endpoint.
import { defineProvider, type Provider } from '@g4f/core';
import { type OpenAIChatQuirks, openaiChat } from './wires/openai-chat.ts';

/** The facts of a service; what is left out has the default that suits one's own endpoint. */
export interface OpenAICompatibleOptions {
  /** Its address up to, not including, `/chat/completions`. */
  readonly baseURL: string;
  /** `custom` unless given. */
  readonly id?: string;
  readonly name?: string;
  readonly website?: string;
  /** `required` if `env` names a variable and no `apiKey` is given, `optional` otherwise. */
  readonly key?: Provider['key'];
  /** Variables that may hold the key. */
  readonly env?: readonly string[];
  /** The key, unless the call gives another. */
  readonly apiKey?: string;
  /** Model families it offers → its own id. */
  readonly models?: Readonly<Record<string, string>>;
  readonly quirks?: OpenAIChatQuirks;
  readonly available?: Provider['available'];
}

/**
 * A provider over the OpenAI chat-completions wire.
 * @throws G4FError `invalid-request` naming the option that is wrong.
 */
export const openaiCompatible = (
  options: OpenAICompatibleOptions,
): Provider & Required<Pick<Provider, 'chat' | 'listModels'>> => {
  const { id = 'custom', name = id, env, apiKey, models = {}, quirks, available } = options;
  const baseURL = options.baseURL.replace(/\/+$/, '');
  const key = options.key ?? (env === undefined || apiKey !== undefined ? 'optional' : 'required');
  const facts = { id, key, baseURL, ...(env !== undefined && { env }) };
  return defineProvider({
    ...facts,
    name,
    website: options.website ?? baseURL,
    models,
    ...(available !== undefined && { available }),
    ...openaiChat({ ...facts, apiKey }, quirks),
  });
};
