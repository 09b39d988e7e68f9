// A conversation as the caller has it: the same for both clients, which differ in how they carry out its programs.
import type { ChatCompletion, ChatCompletionChunk, Content, Message } from '@g4f/core';
import type { ConversationInput, EntryPlace, ForkParams } from '../../conversations/conversation-input.ts';
import { peek } from '../../options/unreadable.ts';
import type { Later, Mode } from '../../surface/mode.ts';
import type { CallOptions } from '../../surface/options.ts';
import type {
  AskAnswer,
  Conversation,
  ConversationParams,
  ProgramStream,
  SendParams,
} from '../../surface/programs.ts';
import { blaming } from '../running/blaming.ts';
import type { Program } from '../running/program.ts';
import { runOptions } from '../running/run-options.ts';
import { type ConversationMeans, type ConversationState, paramsFor } from './conversation-state.ts';
import { tokenCount } from './counting.ts';
import { opening } from './read-conversation.ts';
import { editing, forking, retrying, sending, type ToldWarnings } from './sending.ts';

/** What a program is run with. */
export interface RunTerms {
  /** What may hold a signal: the parameters of the call, or of the conversation. */
  readonly inParams?: Pick<CallOptions, 'signal'> | undefined;
  readonly options?: CallOptions | undefined;
  /** A chunk as it is handed out. */
  readonly show: (chunk: ChatCompletionChunk) => ChatCompletionChunk;
}

/** How a client carries out programs. */
export interface ConversationFace<M extends Mode> {
  readonly means: ConversationMeans;
  run<T>(program: () => Program<T>, terms: RunTerms): ProgramStream<M, ChatCompletionChunk, T>;
  /** @param below the function that the caller called, for the stack of a failure. */
  done<T>(program: () => Program<T>, terms: RunTerms, below: (...given: never[]) => unknown): Later<M, T>;
}

/** Opens one. */
export const openOver = <M extends Mode>(
  face: ConversationFace<M>,
  params: ConversationParams,
  below: (...given: never[]) => unknown,
): Later<M, Conversation<M>> => {
  const program = function* (): Program<Conversation<M>> {
    return conversationOver(yield* blaming([params], () => opening(params, face.means)), face);
  };
  return face.done(program, PLAIN, below);
};

const PLAIN: RunTerms = { show: (chunk) => chunk };

function conversationOver<M extends Mode>(
  state: ConversationState,
  face: ConversationFace<M>,
): Conversation<M> {
  const { thread, system } = state;
  const answer = (
    program: (told: ToldWarnings) => Program<ChatCompletion>,
    params: SendParams | undefined,
    options: CallOptions | undefined,
    below: (...given: never[]) => unknown,
  ) => {
    const told: ToldWarnings = { warnings: [] };
    const inParams = peek(params, 'signal') == null ? state.asked : params;
    const terms = { inParams, options: runOptions(options), show: withWarnings(told) };
    return peek(params, 'stream') === true
      ? face.run(() => program(told), terms)
      : face.done(() => program(told), terms, below);
  };
  const send = (input: ConversationInput, params?: SendParams, options?: CallOptions) =>
    answer(
      (told) =>
        blaming([input, params, options], () => sending(state, input, paramsFor(state, params), told)),
      params,
      options,
      send,
    );
  const retry = (params?: SendParams, options?: CallOptions) =>
    answer(
      (told) => blaming([params, options], () => retrying(state, paramsFor(state, params), told)),
      params,
      options,
      retry,
    );
  const edit = (at: EntryPlace, content: Content): Later<M, void> =>
    face.done(() => blaming([at, content], () => editing(state, at, content)), PLAIN, edit);
  const fork = (params?: ForkParams): Later<M, Conversation<M>> => {
    const program = function* (): Program<Conversation<M>> {
      return conversationOver(yield* blaming([params], () => forking(state, params)), face);
    };
    return face.done(program, PLAIN, fork);
  };
  return {
    id: state.id,
    warnings: state.warnings,
    get entries() {
      return thread.entries;
    },
    get messages(): readonly Message[] {
      const content = system === undefined ? thread.system : system;
      return [
        ...(content === null ? [] : [{ role: 'system', content } as const]),
        ...thread.entries.map(({ message }) => message),
      ];
    },
    send: send as AskAnswer<M, [input: ConversationInput]>,
    retry: retry as AskAnswer<M, []>,
    edit,
    fork,
    tokens: () => face.done(() => tokenCount(state), PLAIN, tokenCount),
  };
}

/** Puts what is to be told on the first chunk. */
const withWarnings =
  (told: ToldWarnings): RunTerms['show'] =>
  (chunk) => {
    if (told.warnings.length === 0) return chunk;
    const warnings = [...told.warnings, ...(chunk.warnings ?? [])];
    told.warnings = [];
    return { ...chunk, warnings };
  };
