// What a conversation is made with, checked.
import { G4FError } from '@g4f/core';
import type { ConversationStore, StoredConversation } from '../../conversations/stored-conversation.ts';
import { wrong } from '../../options/check-option.ts';
import { isFields } from '../../options/plain-value.ts';
import { checkId } from '../../stores/check-id.ts';
import type { ConversationParams } from '../../surface/programs.ts';
import { withoutSlips } from '../running/own-names.ts';
import { calling, type Program } from '../running/program.ts';
import {
  type ConversationMeans,
  type ConversationState,
  checkAsked,
  checkModel,
  type FitRules,
  OWN_PARAMS,
} from './conversation-state.ts';
import { readContent } from './read-input.ts';
import { Thread } from './thread.ts';

/** Opens a conversation: reads what its store has. @throws G4FError `invalid-request` for what is wrong with the parameters */
export function* opening(given: ConversationParams, means: ConversationMeans): Program<ConversationState> {
  const {
    system,
    id,
    store,
    contextLength: _,
    summarise: __,
    countTokens: ___,
    ...asked
  } = withoutSlips('conversation', given, OWN_PARAMS);
  checkModel(asked.model);
  checkAsked(asked);
  if ('stream' in asked)
    throw new G4FError('conversation: stream has no place here: give it to send(input, { stream: true }).', {
      code: 'invalid-request',
    });
  if (system != null) readContent(system);
  const rules = rulesOf(given);
  const known = readId(id);
  if (store !== undefined) checkStore(store);
  if (id !== undefined && store === undefined)
    throw new G4FError(
      'conversation: an id needs the store that has it, such as store: fileStore("conversations").',
      { code: 'invalid-request' },
    );
  const { records, warnings = [] } =
    store === undefined || id === undefined ? NOTHING : yield* reading(store, known);
  return {
    id: known,
    thread: Thread.from(records, known),
    store,
    system,
    asked,
    rules,
    warnings,
    means,
    counts: new Map(),
    isBusy: false,
  };
}

/** What a store has under an id. */
export function* reading(store: ConversationStore, id: string): Program<StoredConversation> {
  const stored = yield* calling('read of the store', () => store.read(id));
  if (isStored(stored)) return stored;
  throw new G4FError('conversation: read of the store must give { records }, a list of records.', {
    code: 'invalid-request',
  });
}

const NOTHING: StoredConversation = { records: [] };

const isStored = (value: unknown): value is StoredConversation =>
  isFields(value) && Array.isArray(value.records) && value.records.every(isFields);

/** The id that is given, or a new one. @throws G4FError `invalid-request` */
export const readId = (id: unknown): string => (id === undefined ? crypto.randomUUID() : checkId(id));

function checkStore(store: unknown): void {
  if (isFields(store) && typeof store.read === 'function' && typeof store.append === 'function') return;
  throw wrong('store', 'a store with read() and append(), such as fileStore("conversations")', store);
}

function rulesOf({ contextLength, summarise, countTokens }: ConversationParams): FitRules {
  if (contextLength != null && !(Number.isSafeInteger(contextLength) && contextLength > 0))
    throw wrong('contextLength', 'a whole number of tokens, 1 or more', contextLength);
  if (
    summarise != null &&
    typeof summarise !== 'boolean' &&
    (typeof summarise !== 'string' || summarise === '')
  )
    throw wrong('summarise', 'true, false or the name of a model', summarise);
  if (countTokens != null && typeof countTokens !== 'function')
    throw wrong('countTokens', 'a function', countTokens);
  return {
    ...(contextLength != null && { contextLength }),
    ...(summarise != null && { summarise }),
    ...(countTokens != null && { countTokens }),
  };
}
