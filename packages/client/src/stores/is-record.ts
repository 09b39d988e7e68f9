// Whether what a store has read is a record of a conversation.

import type { ConversationRecord } from '../conversations/stored-conversation.ts';
import { isContent, isMessage } from './is-message.ts';

/** What every record has. */
export interface AnyRecord {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** Whether it names its kind, known or not. */
export const isAnyRecord = (value: unknown): value is AnyRecord =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

/** The kinds that there are. */
export const RECORD_KINDS: ReadonlySet<string> = new Set(['system', 'message', 'piece', 'head', 'summary']);

/** Whether it has the fields of its kind. */
export const isRecord = (value: unknown): value is ConversationRecord => {
  if (!isAnyRecord(value)) return false;
  const { kind, id, parent, createdAt, message } = value;
  const isPlaced =
    typeof id === 'string' &&
    (parent === null || typeof parent === 'string') &&
    typeof createdAt === 'number';
  switch (kind) {
    case 'message':
      return isPlaced && isMessage(message);
    case 'piece':
      return isPlaced && isText(value.text) && isText(value.reasoning);
    case 'head':
      return id === null || typeof id === 'string';
    case 'system':
      return value.content === null || isContent(value.content);
    case 'summary':
      return typeof value.through === 'string' && typeof value.text === 'string';
    default:
      return false;
  }
};

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';
