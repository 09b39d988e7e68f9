// What a conversation does: it asks and keeps the answer, asks again, and goes on from another message.
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type Content,
  type ErrorCode,
  G4FError,
  isG4FError,
  type Message,
} from '@g4f/core';
import type { ConversationInput, EntryPlace, ForkParams } from '../../conversations/conversation-input.ts';
import type {
  AnswerFacts,
  ConversationEntry,
  ConversationRecord,
} from '../../conversations/stored-conversation.ts';
import { quote } from '../../errors/quote.ts';
import { noField, wrong } from '../../options/check-option.ts';
import { isFields } from '../../options/plain-value.ts';
import { asking, type Program } from '../running/program.ts';
import {
  type AskedParams,
  alone,
  appending,
  type ConversationState,
  settling,
} from './conversation-state.ts';
import { fitting } from './fitting.ts';
import { readId, reading } from './read-conversation.ts';
import { readContent, readInput } from './read-input.ts';
import { Thread } from './thread.ts';

/** What the reader of a stream is told beside the chunks. */
export interface ToldWarnings {
  warnings: readonly string[];
}

/** `send`: keeps what is said, asks, keeps the answer. What is refused before anybody is asked is left again. */
export const sending = (
  state: ConversationState,
  input: ConversationInput,
  params: AskedParams,
  told: ToldWarnings,
): Program<ChatCompletion> =>
  alone(state, function* () {
    const messages = readInput(input);
    yield* settling(state);
    const { head } = state.thread;
    yield* appending(state, ...chained(head, messages));
    return yield* answeringOr(state, head, params, told);
  });

/** Answers; where nobody could be asked, the conversation is again where it was. @param before the last message then */
function* answeringOr(
  state: ConversationState,
  before: string | null,
  params: AskedParams,
  told: ToldWarnings,
): Program<ChatCompletion> {
  try {
    return yield* answering(state, params, told);
  } catch (error) {
    if (isUnasked(error)) yield* takingBack(state, before);
    throw error;
  }
}

/** `retry`: leaves the last answer, and asks again. Where nobody could be asked, the answer stays. */
export const retrying = (
  state: ConversationState,
  params: AskedParams,
  told: ToldWarnings,
): Program<ChatCompletion> =>
  alone(state, function* () {
    const { thread } = state;
    yield* settling(state);
    const question = thread.entries.findLast(({ message }) => message.role !== 'assistant');
    if (question === undefined)
      throw new G4FError('conversation.retry: there is no message to answer yet. send() one first.', {
        code: 'invalid-request',
      });
    const { head } = thread;
    if (question.id !== head) yield* appending(state, { kind: 'head', id: question.id });
    return yield* answeringOr(state, head, params, told);
  });

/** `edit`: another content in the place of an entry's, after the same message. */
export const editing = (state: ConversationState, at: EntryPlace, content: Content): Program<void> =>
  alone(state, function* () {
    const { thread } = state;
    const { id, message } = thread.entryAt(at, 'edit');
    const edited: Message =
      message.role === 'assistant'
        ? { role: 'assistant', content: readContent(content) }
        : { ...message, content: readContent(content) };
    yield* settling(state);
    yield* appending(state, recordOf(thread.parentOf(id), edited));
  });

/** `fork`: a conversation of its own with the messages up to an entry. Of an answer that is being read it has what has come. */
export function* forking(state: ConversationState, given?: ForkParams): Program<ConversationState> {
  const { id, at } = checkFork(given ?? {});
  const { thread, store } = state;
  const { entries } = thread;
  const last = at === undefined ? entries.at(-1) : thread.entryAt(at, 'fork');
  const known = readId(id);
  if (store !== undefined && id !== undefined && (yield* reading(store, known)).records.length > 0)
    throw new G4FError(
      `conversation.fork: there is a conversation ${quote(known)} already. Give another id.`,
      {
        code: 'invalid-request',
      },
    );
  const copied = last === undefined ? [] : entries.slice(0, entries.indexOf(last) + 1);
  const own: ConversationState = {
    ...state,
    id: known,
    thread: new Thread(),
    counts: new Map(state.counts),
    warnings: [],
    isBusy: false,
  };
  const system = state.system === undefined ? thread.system : state.system;
  const records = [
    ...(system === null ? [] : [{ kind: 'system', content: system } as const]),
    ...copied.flatMap((entry, place) => copyOf(thread, entry, copied[place - 1])),
  ];
  if (records.length > 0) yield* appending(own, ...records);
  return own;
}

function checkFork(given: unknown): ForkParams {
  if (!isFields(given)) throw wrong('the parameters of fork()', 'an object, such as { at: 2 }', given);
  const unknown = Object.keys(given).find((name) => name !== 'id' && name !== 'at');
  if (unknown !== undefined) throw noField('fork()', unknown, ['id', 'at']);
  return given;
}

function copyOf(
  thread: Thread,
  entry: ConversationEntry,
  before: ConversationEntry | undefined,
): readonly ConversationRecord[] {
  const text = thread.summaryThrough(entry.id);
  return [
    { kind: 'message', parent: before?.id ?? null, ...entry },
    ...(text === undefined ? [] : [{ kind: 'summary', through: entry.id, text } as const]),
  ];
}

/** Asks with what fits, and keeps what comes. */
function* answering(
  state: ConversationState,
  params: AskedParams,
  told: ToldWarnings,
): Program<ChatCompletion> {
  const { thread } = state;
  const { messages, warnings } = yield* fitting(state, params);
  told.warnings = warnings;
  const id = crypto.randomUUID();
  const parent = thread.head;
  let facts: Pick<AnswerFacts, 'provider' | 'model'> | undefined;
  let isOver = false;
  const keep = {
    what: 'append of the store',
    run(chunk: ChatCompletionChunk): unknown {
      facts = { provider: chunk.provider, model: chunk.model };
      const piece = pieceOf(chunk, id, parent);
      // What was under way when the answer was aborted may still come.
      if (piece === undefined || isOver) return undefined;
      thread.add(piece);
      return state.store?.append(state.id, [piece]);
    },
  };
  try {
    const answer = yield* asking({ ...params, messages }, { keep });
    yield* appending(state, answerRecord(answer, id, parent));
    return warnings.length === 0
      ? answer
      : { ...answer, warnings: [...new Set([...warnings, ...(answer.warnings ?? [])])] };
  } catch (error) {
    yield* keepingCut(state, facts);
    throw error;
  } finally {
    isOver = true;
  }
}

/** Failures that come before anybody is asked, unless a service answered or was tried. */
const UNASKED: ReadonlySet<ErrorCode> = new Set([
  'invalid-request',
  'no-provider',
  'model-not-found',
  'auth',
]);

/**
 * Whether nobody was asked: something that was given is wrong, there is no such provider or model, no key, or what stands before the
 * providers (a guard, a budget) did not let it pass. What a service refuses has a status, or the headers of its answer.
 */
const isUnasked = (error: unknown): boolean => {
  if (!isG4FError(error)) return false;
  const { code, provider, scope, status, headers, attempts = [] } = error;
  if (status !== undefined || headers !== undefined || attempts.length > 0) return false;
  return UNASKED.has(code) || (provider === undefined && scope === 'request');
};

/** Leaves messages that can never be sent: they would be refused, or said twice, with whatever is sent next. */
function* takingBack(state: ConversationState, head: string | null): Program<void> {
  try {
    yield* appending(state, { kind: 'head', id: head });
  } catch {
    // The failure of the call is what the caller must hear of.
  }
}

/** What came of an answer that failed. Where not even that can be written, its pieces are in the store. */
function* keepingCut(
  state: ConversationState,
  facts: Pick<AnswerFacts, 'provider' | 'model'> | undefined,
): Program<void> {
  const { thread } = state;
  const cut = thread.isHeadInPieces ? thread.entries.at(-1) : undefined;
  if (cut === undefined) return;
  const answer = facts === undefined ? {} : { answer: facts };
  try {
    yield* appending(state, { kind: 'message', parent: thread.parentOf(cut.id), ...cut, ...answer });
  } catch {
    // The failure of the answer is what the caller must hear of.
  }
}

function pieceOf(
  { choices: [choice] }: ChatCompletionChunk,
  id: string,
  parent: string | null,
): ConversationRecord | undefined {
  const { content, reasoning } = choice?.delta ?? {};
  const text = typeof content === 'string' && content !== '' ? { text: content } : {};
  const thought = typeof reasoning === 'string' && reasoning !== '' ? { reasoning } : {};
  const piece = { ...text, ...thought };
  if (Object.keys(piece).length === 0) return undefined;
  return { kind: 'piece', id, parent, createdAt: Date.now(), ...piece };
}

/** @throws G4FError `bad-response` for an answer without a choice */
function answerRecord(
  { choices: [choice], provider, model, usage }: ChatCompletion,
  id: string,
  parent: string | null,
): ConversationRecord {
  if (choice === undefined)
    throw new G4FError(`${provider}: the answer has no choice. Send again.`, {
      code: 'bad-response',
      provider,
      model,
    });
  const { finish_reason, message } = choice;
  const answer = { provider, model, finish_reason, ...(usage !== undefined && { usage }) };
  const { tool_calls: calls = [], ...words } = message;
  // At its limit it stopped in the midst of a call, perhaps.
  const isCut = finish_reason === 'length' && calls.length > 0;
  const kept = isCut ? ({ message: words, cut: true } as const) : { message };
  return { kind: 'message', id, parent, ...kept, createdAt: Date.now(), answer };
}

const chained = (head: string | null, messages: readonly Message[]): readonly ConversationRecord[] => {
  let parent = head;
  return messages.map((message) => {
    const record = recordOf(parent, message);
    parent = record.id;
    return record;
  });
};

const recordOf = (parent: string | null, message: Message) =>
  ({
    kind: 'message',
    id: crypto.randomUUID() as string,
    parent,
    message,
    createdAt: Date.now(),
  }) as const;
