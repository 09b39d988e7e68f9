// Any service that speaks OpenAI's protocol, as a provider: most providers are made of it, and so is one's own endpoint.
import { openaiChat } from '../wires/openai-chat/index.ts';
import {
  type EmbeddingService,
  embeddingsOverWire,
  overWire,
  type Service,
  type ServiceOptions,
} from './over-wire.ts';

/** The facts of a service that speaks OpenAI's chat completions; its `baseURL` ends before `/chat/completions`. */
export type OpenAICompatibleOptions = ServiceOptions;

/**
 * A provider over the OpenAI chat-completions wire.
 * @throws G4FError `invalid-request` naming the option that is wrong.
 */
export const openaiCompatible = (options: OpenAICompatibleOptions): Service => overWire(openaiChat, options);

/**
 * A provider that has OpenAI's embeddings and no chat; its `baseURL` ends before `/embeddings`.
 * @throws G4FError `invalid-request` naming the option that is wrong.
 */
export const openaiEmbeddings = (
  options: Omit<OpenAICompatibleOptions, 'features' | 'models'>,
): EmbeddingService => embeddingsOverWire(openaiChat, options);
