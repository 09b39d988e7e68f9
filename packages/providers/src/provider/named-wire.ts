// The wires by their names, each loaded when it is asked for: for providers that are described by data.
import type { ChatWire } from '../wires/wire.ts';

const WIRES = {
  'openai-chat': () => import('../wires/openai-chat/index.ts').then((wire) => wire.openaiChat),
  'openai-responses': () => import('../wires/openai-responses/index.ts').then((wire) => wire.openaiResponses),
  'anthropic-messages': () =>
    import('../wires/anthropic-messages/index.ts').then((wire) => wire.anthropicMessages),
  gemini: () => import('../wires/gemini/index.ts').then((wire) => wire.gemini),
  'ollama-chat': () => import('../wires/ollama-chat/index.ts').then((wire) => wire.ollamaChat),
  'cohere-chat': () => import('../wires/cohere-chat/index.ts').then((wire) => wire.cohereChat),
} as const satisfies Readonly<Record<string, () => Promise<ChatWire>>>;

/** The name of a wire. */
export type WireName = keyof typeof WIRES;

/** All names, the commonest first. */
export const WIRE_NAMES: readonly WireName[] = Object.keys(WIRES) as WireName[];

/** The wires that have embeddings. */
export const EMBEDDING_WIRES: readonly WireName[] = ['openai-chat', 'gemini', 'ollama-chat', 'cohere-chat'];

/** Loads the wire of that name. */
export const loadWire = (name: WireName): Promise<ChatWire> => WIRES[name]();
