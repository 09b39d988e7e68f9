// The names of all wires, for tests that hold on each of them.
import type { WireName } from '@g4f/providers';

export const WIRES: readonly WireName[] = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'ollama-chat',
  'cohere-chat',
];
