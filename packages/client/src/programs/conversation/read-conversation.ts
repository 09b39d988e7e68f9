// What a conversation is made with, checked.
import { G4FError } from '@g4f/core';
import type { ConversationStore, StoredConversation } from '../../conversations/stored-conversation.ts';
import { quote } from '../../errors/quote.ts';
import { wrong } from '../../options/check-option.ts';
import { isFields } from '../../options/plain-value.ts';
import { checkId } from '../../stores/check-id.ts';
import { isSendable } from '../../stores/is-message.ts';
import { isAnyRecord, isRecord, RECORD_KINDS } from '../../stores/is-record.ts';
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
  const thread = Thread.from(records, known);
  const unsendable = thread.entries.find(({ message }) => !isSendable(message));
  if (unsendable !== undefined)
    throw damaged(
      `conversation: what the store has of "${known}" is damaged: the message with the id ${quote(unsendable.id)} cannot be sent to a model. ${MEND}`,
    );
  return {
    id: known,
    thread,
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
  if (!isStored(stored))
    throw damaged('conversation: read of the store must give { records }, a list of records.');
  const records: readonly unknown[] = stored.records;
  const wrongAt = records.findIndex((record) => !isReadable(record));
  if (wrongAt === -1) return stored;
  throw damaged(
    `conversation: what the store has of "${id}" is damaged: record ${wrongAt + 1} is no record of a conversation. ${MEND}`,
  );
}

/** Of a newer version there may be other kinds. */
const isReadable = (record: unknown): boolean =>
  isAnyRecord(record) && (isRecord(record) || !RECORD_KINDS.has(record.kind));

const damaged = (message: string): G4FError => new G4FError(message, { code: 'invalid-request' });

const MEND = 'Mend it in the store, or begin another conversation.';
const NOTHING: StoredConversation = { records: [] };

const isStored = (value: unknown): value is StoredConversation =>
  isFields(value) && Array.isArray(value.records);

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
