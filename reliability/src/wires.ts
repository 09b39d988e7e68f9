// Every wire, and a provider that speaks it: what a client has to be told to be answered on that wire.

import type { WireName } from '@g4f/providers';

/** A wire and its provider. */
export interface SpokenWire {
  readonly wire: WireName;
  readonly provider: string;
}

/** All wires that the fault server speaks. */
export const WIRES: readonly SpokenWire[] = [
  { wire: 'openai-chat', provider: 'openai' },
  { wire: 'openai-responses', provider: 'openai-responses' },
  { wire: 'anthropic-messages', provider: 'anthropic' },
  { wire: 'gemini', provider: 'gemini' },
  { wire: 'ollama-chat', provider: 'ollama' },
  { wire: 'cohere-chat', provider: 'cohere' },
];
