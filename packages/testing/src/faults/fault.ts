// One row of what services do wrong, or oddly, as data: how it is done on a wire, and what the reader must get.
import type { ChatRequest, ErrorCode, TimeoutPhase } from '@g4f/core';
import { COUNTS, type MockCall } from '../mock-wires/mock-wire.ts';
import type { FaultResponse } from './fault-response.ts';
import { ALL, HALF } from './fault-text.ts';

/** What the reader of an answer must get. */
export interface Expected {
  /** `complete`, or the codes one of which the answer must fail with. */
  readonly end: 'complete' | readonly ErrorCode[];
  /** The deadline that passes, where one must. */
  readonly phase?: TimeoutPhase;
  /** The text that arrives, exactly; absent where it has no end. */
  readonly text?: string;
  readonly reasoning?: string;
  /** The calls that arrive, whole; ids only where the service gave one. */
  readonly calls?: readonly Partial<MockCall>[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
  /** The error's HTTP status. */
  readonly status?: number;
  /** The error's request id. */
  readonly requestId?: string;
  /** The service's own words, which the error's message repeats. */
  readonly words?: string;
  /** How long the service asks to wait, in ms: at least the first, at most the second. */
  readonly retryAfterMs?: readonly [number, number];
}

/** One row of the table. */
export interface Fault {
  /** kebab-case: a part of a path. */
  readonly name: string;
  /** What the service does, after "the service". */
  readonly does: string;
  /** For a stream. */
  readonly expected: Expected;
  /** For an answer in one piece; absent where the row says nothing of it. */
  readonly whole?: Expected;
  /** The wires that have the row; all of them unless given. */
  readonly only?: readonly string[];
  /** What the request must ask for besides. */
  readonly request?: Partial<ChatRequest>;
  /** Answers one request. */
  act(stage: FaultResponse): void | Promise<void>;
}

/** The usage of every good answer. */
export const USAGE = { prompt_tokens: COUNTS.input, completion_tokens: COUNTS.output } as const;

/** All is well. */
export const COMPLETE: Expected = { end: 'complete', text: ALL, usage: USAGE };
/** Half of the text comes, and then the failure. */
export const fails = (...end: readonly ErrorCode[]): Expected => ({ end, text: HALF });
/** Nothing comes but the failure. */
export const refused = (...end: readonly ErrorCode[]): Expected => ({ end, text: '' });
/** A deadline passes. */
export const late = (phase: TimeoutPhase, text = ''): Expected => ({ end: ['timeout'], phase, text });

/** What every reader of server-sent events passes over. */
export const COMMENT = ': still here\n\n';

/** The wires of server-sent events. */
export const EVENTS: readonly string[] = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'cohere-chat',
];
/** The wires whose finish is not yet their end. */
export const END_MARKED: readonly string[] = ['openai-chat', 'anthropic-messages'];
