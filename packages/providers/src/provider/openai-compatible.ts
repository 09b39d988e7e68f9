// Any service that speaks OpenAI's protocol, as a provider: most providers are made of it, and so is one's own endpoint.
import type { Provider } from '@g4f/core';
import { openaiChat } from '../wires/openai-chat/index.ts';
import { overWire, type Service, type ServiceOptions, withoutChat } from './over-wire.ts';

/** The facts of a service that speaks OpenAI's chat completions; its `baseURL` ends before `/chat/completions`. */
export type OpenAICompatibleOptions = ServiceOptions;

/**
 * A provider over the OpenAI chat-completions wire.
 * @throws G4FError `invalid-request` naming the option that is wrong.
 */
export const openaiCompatible = (options: OpenAICompatibleOptions): Service => overWire(openaiChat, options);

/**
 * A provider of this protocol that cannot chat, and has what its options name (`embed`, …); its `baseURL` ends before `/embeddings`.
 * @throws G4FError `invalid-request` naming the option that is wrong.
 */
export const openaiWithoutChat = (options: Omit<OpenAICompatibleOptions, 'features' | 'models'>): Provider =>
  withoutChat(openaiChat, options);
