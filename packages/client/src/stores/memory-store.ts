// Conversations in the memory of the process.
import type { ConversationRecord, LocalStore } from '../conversations/stored-conversation.ts';

/** Keeps conversations as long as the process runs, so that one can be opened again by its id. */
export const memoryStore = (): LocalStore => {
  const kept = new Map<string, ConversationRecord[]>();
  return {
    read: (id) => ({ records: structuredClone(kept.get(id) ?? []) }),
    append(id, records) {
      const own = kept.get(id) ?? [];
      kept.set(id, own);
      const whole = new Set(records.map((record) => (record.kind === 'message' ? record.id : undefined)));
      // The pieces of an answer that has come are needless.
      for (let at = own.length - 1; own[at]?.kind === 'piece'; at--)
        if (isPieceOf(own[at], whole)) own.splice(at, 1);
      for (const record of records) own.push(structuredClone(record));
    },
    list: () => [...kept.keys()],
    remove: (id) => void kept.delete(id),
    close: () => kept.clear(),
  };
};

const isPieceOf = (record: ConversationRecord | undefined, ids: ReadonlySet<string | undefined>): boolean =>
  record?.kind === 'piece' && ids.has(record.id);
