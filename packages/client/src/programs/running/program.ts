// A program of calls: a generator that says what is to be done, and does no I/O. A driver for each client carries it out.
import { type ChatCompletion, type ChatCompletionChunk, G4FError } from '@g4f/core';
import type { ChatParams } from '../../surface/chat.ts';

/** A function of the caller. */
export interface Task {
  /** What it is, for errors: `the tool "weather"`. */
  readonly what: string;
  run(signal: AbortSignal): unknown;
}

/** What became of a task. */
export type TaskOutcome = { readonly value: unknown } | { readonly error: unknown };

/** Several tasks at once, as far as the client can; what one throws is its outcome. */
export interface Tasks {
  readonly kind: 'all';
  readonly tasks: readonly Task[];
  /** How many at most run at once. */
  readonly concurrency: number;
  /** How long each may take, in ms; 0 is for ever. */
  readonly timeout: number;
}

/** How an answer is asked for. */
export interface AskRules {
  /** Its chunks are not handed out. */
  readonly isHidden?: boolean;
  /** Keeps a chunk that has come; it is handed out afterwards. */
  readonly keep?: { readonly what: string; run(chunk: ChatCompletionChunk): unknown };
}

/** What a program wants done. */
export type Effect<Params = ChatParams> =
  | ({ readonly kind: 'ask'; readonly params: Params } & AskRules)
  | { readonly kind: 'call'; readonly task: Task }
  | Tasks;

/** What came of it. A failure is thrown into the program instead. */
export type Reply<Answer = ChatCompletion> =
  | { readonly kind: 'ask'; readonly answer: Answer }
  | { readonly kind: 'call'; readonly value: unknown }
  | { readonly kind: 'all'; readonly outcomes: readonly TaskOutcome[] };

/** The program itself. It asks for chats, unless it says what else. */
export type Program<T, Params = ChatParams, Answer = ChatCompletion> = Generator<
  Effect<Params>,
  T,
  Reply<Answer>
>;

/** A part of a program that asks no model: of any program. */
export type Steps<T> = Program<T, never, unknown>;

/** Asks the model. */
export function* asking<Params = ChatParams, Answer = ChatCompletion>(
  params: Params,
  rules: AskRules = {},
): Program<Answer, Params, Answer> {
  const reply = yield { kind: 'ask', params, ...rules };
  if (reply.kind !== 'ask') throw mismatch();
  return reply.answer;
}

/** Calls one function of the caller, and gives what it returns, or what its promise gives. */
export function* calling(what: string, run: () => unknown): Steps<unknown> {
  const reply = yield { kind: 'call', task: { what, run } };
  if (reply.kind !== 'call') throw mismatch();
  return reply.value;
}

/** Runs tasks. */
export function* running(tasks: Omit<Tasks, 'kind'>): Steps<readonly TaskOutcome[]> {
  const reply = yield { kind: 'all', ...tasks };
  if (reply.kind !== 'all') throw mismatch();
  return reply.outcomes;
}

const mismatch = (): G4FError =>
  new G4FError('the driver of a program gave the reply to another effect.', { code: 'internal' });
