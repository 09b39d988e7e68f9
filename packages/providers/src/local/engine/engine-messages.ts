// What we and the engine's process say to each other, as plain data. One order at a time, so nothing carries an id.
import type { Operation } from '@g4f/core';
import type { Sampling, TemplateMessage } from './runtime.ts';

/** The first thing said: what to load. */
export interface LoadOrder {
  readonly kind: 'load';
  /** The URL of the runtime's module. */
  readonly runtime: string;
  /** The GGUF file. */
  readonly model: string;
  /** What it is loaded for: `generate` or `embed` orders follow. */
  readonly operation: Operation;
  /** The longest conversation or text, in tokens; less if the model was trained for less, or the memory for a conversation is short. */
  readonly mostContextTokens: number;
  /** How many threads compute. */
  readonly threads: number;
}

/** Numbers that steer the choice of tokens. */
export interface Choosing extends Omit<Sampling, 'repeatPenalty'> {
  readonly repeatPenalty: number;
  readonly frequencyPenalty: number;
  readonly presencePenalty: number;
}

/** Asks for one answer. */
export interface GenerateOrder {
  readonly kind: 'generate';
  readonly messages: readonly TemplateMessage[];
  readonly choosing: Choosing;
  readonly maxTokens: number;
  /** What the answer must look like, in GBNF. */
  readonly grammar?: string;
}

/** Asks for the vectors of texts. */
export interface EmbedOrder {
  readonly kind: 'embed';
  readonly texts: readonly string[];
}

/** What a loaded model is asked. */
export type Order = GenerateOrder | EmbedOrder;

/** What we say to the engine. `stop` ends what is under way, if anything is. */
export type EngineOrder = LoadOrder | Order | { readonly kind: 'stop' };

/**
 * What the engine says to us. An answer is `prompt`, any number of `text`, then `end`; vectors are a `vector` for each
 * text, then `end`; or one of the failures.
 */
export type EngineReport =
  /** The model can be used. */
  | { readonly kind: 'loaded' }
  /** The conversation has this many tokens, and reading it begins. */
  | { readonly kind: 'prompt'; readonly tokens: number }
  /** Whole characters of the answer, made of this many tokens. */
  | { readonly kind: 'text'; readonly text: string; readonly tokens: number }
  | { readonly kind: 'end'; readonly reason: 'stop' | 'length' | 'stopped' }
  /** The next text's vector as the model gives it, of any length; the text has this many tokens. */
  | { readonly kind: 'vector'; readonly numbers: readonly number[]; readonly tokens: number }
  /** The conversation does not fit into the context. */
  | { readonly kind: 'too-long'; readonly tokens: number; readonly limit: number }
  /** The text at this place of the list is too long; nothing has been computed. */
  | {
      readonly kind: 'text-too-long';
      readonly index: number;
      readonly tokens: number;
      readonly limit: number;
    }
  /** The runtime does not read the grammar. */
  | { readonly kind: 'bad-grammar'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

const FIELDS: Readonly<Record<EngineReport['kind'], Readonly<Record<string, string>>>> = {
  loaded: {},
  prompt: { tokens: 'number' },
  text: { text: 'string', tokens: 'number' },
  end: { reason: 'string' },
  vector: { numbers: 'numbers', tokens: 'number' },
  'too-long': { tokens: 'number', limit: 'number' },
  'text-too-long': { index: 'number', tokens: 'number', limit: 'number' },
  'bad-grammar': { message: 'string' },
  failed: { message: 'string' },
};

/** The report; undefined for anything else, because the runtime's own modules can speak over our channel as well. */
export const readReport = (message: unknown): EngineReport | undefined =>
  isReport(message) ? message : undefined;

function isReport(message: unknown): message is EngineReport {
  if (typeof message !== 'object' || message === null) return false;
  const given = new Map(Object.entries(message));
  const kind = given.get('kind');
  const fields = Object.entries(FIELDS).find(([name]) => name === kind)?.[1];
  return (
    fields !== undefined && Object.entries(fields).every(([name, type]) => typeOf(given.get(name)) === type)
  );
}

const typeOf = (value: unknown): string =>
  Array.isArray(value) && value.every((item) => typeof item === 'number') ? 'numbers' : typeof value;
