// Conversations in the memory of the process.
import type { ConversationRecord, LocalStore } from '../conversations/stored-conversation.ts';

/** What is kept of a conversation: pieces apart, so that those of an answer that has come go at once. */
interface KeptRecords {
  readonly records: ConversationRecord[];
  /** By the id of their answer. */
  readonly pieces: Map<string, ConversationRecord[]>;
}

/** Keeps conversations as long as the process runs, so that one can be opened again by its id. */
export const memoryStore = (): LocalStore => {
  const kept = new Map<string, KeptRecords>();
  return {
    read(id) {
      const { records = [], pieces = new Map() } = kept.get(id) ?? {};
      return { records: structuredClone([...records, ...[...pieces.values()].flat()]) };
    },
    append(id, records) {
      const own = kept.get(id) ?? { records: [], pieces: new Map() };
      kept.set(id, own);
      for (const record of records) add(own, structuredClone(record));
    },
    list: () => [...kept.keys()],
    remove: (id) => void kept.delete(id),
    close: () => kept.clear(),
  };
};

function add({ records, pieces }: KeptRecords, record: ConversationRecord): void {
  const { kind } = record;
  if (kind !== 'piece') {
    records.push(record);
    // The pieces of an answer that has come are needless.
    if (kind === 'message') pieces.delete(record.id);
    return;
  }
  const others = pieces.get(record.id);
  if (others === undefined) pieces.set(record.id, [record]);
  else others.push(record);
}
