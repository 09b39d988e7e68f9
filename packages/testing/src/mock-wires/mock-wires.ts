// Every wire of this library that the kit can speak, by its name.
import { anthropicMessages } from './anthropic-messages.ts';
import { cohereChat } from './cohere-chat.ts';
import { gemini } from './gemini.ts';
import type { MockWire } from './mock-wire.ts';
import { ollamaChat } from './ollama-chat.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';

/** The wires by their names. */
export const MOCK_WIRES: Readonly<Record<string, MockWire>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  'ollama-chat': ollamaChat,
  'cohere-chat': cohereChat,
};
