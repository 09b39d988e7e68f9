// What the programs of one conversation share: its messages, its store, and what has been counted.
import { G4FError } from '@g4f/core';
import type { ConversationRecord, ConversationStore } from '../../conversations/stored-conversation.ts';
import { MODEL } from '../../errors/expected.ts';
import { wrong } from '../../options/check-option.ts';
import { isFields } from '../../options/plain-value.ts';
import type { ConversationParams, SendParams } from '../../surface/programs.ts';
import type { TokenReport, TokenRequest } from '../../tokens/token-report.ts';
import { calling, type Program } from '../running/program.ts';
import type { Thread } from './thread.ts';

/** What a conversation needs of its client, besides calls. */
export interface ConversationMeans {
  /** What is known of a model, and counts of texts; a promise in AsyncClient. */
  measure(request: TokenRequest): TokenReport | Promise<TokenReport>;
}

/** The parameters of a conversation without what is not sent to a model. */
export type AskedParams = Omit<ConversationParams, (typeof OWN_PARAMS)[number]>;

/** What says how much of a conversation is sent. */
export type FitRules = Pick<ConversationParams, 'contextLength' | 'summarise' | 'countTokens'>;

/** One conversation. */
export interface ConversationState {
  readonly id: string;
  readonly thread: Thread;
  readonly store: ConversationStore | undefined;
  readonly system: ConversationParams['system'];
  readonly asked: AskedParams;
  readonly rules: FitRules;
  readonly warnings: readonly string[];
  readonly means: ConversationMeans;
  /** Tokens of what has been counted, by vocabulary and entry. */
  readonly counts: Map<string, number>;
  /** Whether an answer is being read, or a change written. */
  isBusy: boolean;
}

/** Adds records, once the store has them. */
export function* appending(
  { id, store, thread }: ConversationState,
  ...records: readonly ConversationRecord[]
): Program<void> {
  if (store !== undefined) yield* calling('append of the store', () => store.append(id, records));
  for (const record of records) thread.add(record);
}

/** What is written before anything else: new instructions, and an answer that was left before its end. */
export function* settling(state: ConversationState): Program<void> {
  const { system, thread } = state;
  if (system !== undefined && JSON.stringify(system) !== JSON.stringify(thread.system))
    yield* appending(state, { kind: 'system', content: system });
  if (!thread.isHeadInPieces) return;
  const cut = thread.entries.at(-1);
  if (cut !== undefined)
    yield* appending(state, { kind: 'message', parent: thread.parentOf(cut.id), ...cut });
}

/** The parameters that only a conversation has. */
export const OWN_PARAMS = ['system', 'id', 'store', 'contextLength', 'summarise', 'countTokens'] as const;

/** What has no place among the parameters of a conversation and of its calls, and why. */
const NOT_ASKED = {
  messages: 'a conversation keeps its own messages',
  n: 'a conversation keeps one answer to each message',
} as const;

/** What a call gives, over what the conversation was made with. @throws G4FError `invalid-request` */
export const paramsFor = ({ asked }: ConversationState, given: SendParams = {}): AskedParams => {
  if (!isFields(given)) throw wrong('the parameters of send() and retry()', 'an object', given);
  const { stream: _, ...others } = given;
  for (const name of OWN_PARAMS)
    if (name in others)
      throw new G4FError(
        `conversation: ${name} is of the whole conversation: give it to conversation({ ${name} }).`,
        {
          code: 'invalid-request',
        },
      );
  checkAsked(others);
  const params = { ...asked, ...others };
  checkModel(params.model);
  return params;
};

/** Before its context is looked up. @throws G4FError `invalid-request` */
export const checkModel = (model: unknown): void => {
  if (typeof model !== 'string' || model === '') throw wrong('model', MODEL, model);
};

/** @throws G4FError `invalid-request` for what a conversation decides itself. */
export const checkAsked = (params: object): void => {
  for (const [name, why] of Object.entries(NOT_ASKED))
    if (name in params)
      throw new G4FError(`conversation: ${name} has no place here: ${why}.`, { code: 'invalid-request' });
};

/** Does a thing for a conversation, one at a time. @throws G4FError `invalid-request` while another is done. */
export function* alone<T>(state: ConversationState, program: () => Program<T>): Program<T> {
  take(state);
  try {
    return yield* program();
  } finally {
    state.isBusy = false;
  }
}

function take(state: ConversationState): void {
  if (state.isBusy)
    throw new G4FError(
      'conversation: another answer is still being read. Read it to its end or abort it, or fork() the conversation.',
      { code: 'invalid-request' },
    );
  state.isBusy = true;
}
