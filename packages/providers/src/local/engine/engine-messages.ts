// What we and the engine's process say to each other, as plain data. One generation at a time, so nothing carries an id.
import type { Sampling, TemplateMessage } from './runtime.ts';

/** The first thing said: what to load. */
export interface LoadOrder {
  readonly kind: 'load';
  /** The URL of the runtime's module. */
  readonly runtime: string;
  /** The GGUF file. */
  readonly model: string;
  /** The longest conversation, in tokens; less if the model was trained for less or memory is short. */
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

/** One answer, please. */
export interface GenerateOrder {
  readonly kind: 'generate';
  readonly messages: readonly TemplateMessage[];
  readonly choosing: Choosing;
  readonly maxTokens: number;
  /** What the answer must look like, in GBNF. */
  readonly grammar?: string;
}

/** What we say to the engine. `stop` ends the answer that is under way, if there is one. */
export type EngineOrder = LoadOrder | GenerateOrder | { readonly kind: 'stop' };

/** What the engine says to us. An answer is `prompt`, any number of `text`, then `end`; or one of the failures. */
export type EngineReport =
  /** The model can be used. */
  | { readonly kind: 'loaded' }
  /** The conversation has this many tokens, and reading it begins. */
  | { readonly kind: 'prompt'; readonly tokens: number }
  /** Whole characters of the answer, made of this many tokens. */
  | { readonly kind: 'text'; readonly text: string; readonly tokens: number }
  | { readonly kind: 'end'; readonly reason: 'stop' | 'length' | 'stopped' }
  /** The conversation does not fit into the context. */
  | { readonly kind: 'too-long'; readonly tokens: number; readonly limit: number }
  /** The runtime does not read the grammar. */
  | { readonly kind: 'bad-grammar'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

const FIELDS: Readonly<Record<EngineReport['kind'], Readonly<Record<string, string>>>> = {
  loaded: {},
  prompt: { tokens: 'number' },
  text: { text: 'string', tokens: 'number' },
  end: { reason: 'string' },
  'too-long': { tokens: 'number', limit: 'number' },
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
    fields !== undefined && Object.entries(fields).every(([name, type]) => typeof given.get(name) === type)
  );
}
