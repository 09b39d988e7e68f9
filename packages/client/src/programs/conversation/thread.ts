// The messages of a conversation as its records tell them: a tree, because an edit and a retry leave what was there, and the path to its last one.
import { type AssistantMessage, type Content, G4FError } from '@g4f/core';
import type { EntryPlace } from '../../conversations/conversation-input.ts';
import type { ConversationEntry, ConversationRecord } from '../../conversations/stored-conversation.ts';
import { quote } from '../../errors/quote.ts';

interface ThreadNode {
  readonly parent: string | null;
  /** What is recorded; undefined for an answer of which there are pieces alone. */
  entry: ConversationEntry | undefined;
  readonly createdAt: number;
  text: string;
  reasoning: string;
}

type RecordOf<Kind extends ConversationRecord['kind']> = Extract<ConversationRecord, { readonly kind: Kind }>;

/** Reads records, whether they come from a store or from a call under way. */
export class Thread {
  readonly #nodes = new Map<string, ThreadNode>();
  readonly #summaries = new Map<string, string>();
  #head: string | null = null;
  #system: Content | null = null;

  /** Reads what was stored. @throws G4FError `invalid-request` for a message whose predecessor is not there. */
  static from(records: readonly ConversationRecord[], id: string): Thread {
    const thread = new Thread();
    // Pieces are stored beside the messages: they may be younger than all of these.
    for (const record of records) if (record.kind !== 'piece') thread.add(record);
    for (const record of records) if (record.kind === 'piece') thread.add(record);
    thread.#check(id);
    return thread;
  }

  get system(): Content | null {
    return this.#system;
  }

  /** The id of the last entry; null if there is none. */
  get head(): string | null {
    return this.#head;
  }

  /** Of the entry that ends the text: what stands for it and all before it. */
  summaryThrough(id: string): string | undefined {
    return this.#summaries.get(id);
  }

  add(record: ConversationRecord): void {
    switch (record.kind) {
      case 'system':
        this.#system = record.content;
        break;
      case 'message':
        this.#addMessage(record);
        break;
      case 'piece':
        this.#addPiece(record);
        break;
      case 'head':
        if (record.id === null || this.#nodes.has(record.id)) this.#head = record.id;
        break;
      case 'summary':
        this.#summaries.set(record.through, record.text);
        break;
      // Of a newer version.
      default:
    }
  }

  /** From the first entry to the last. */
  get entries(): readonly ConversationEntry[] {
    const path: ConversationEntry[] = [];
    for (const [id, node] of this.#upwards()) path.push(node.entry ?? partial(id, node));
    return path.reverse();
  }

  /** The parent of an entry. */
  parentOf(id: string): string | null {
    return this.#nodes.get(id)?.parent ?? null;
  }

  /** Whether the last entry is an answer of which there are pieces alone. */
  get isHeadInPieces(): boolean {
    return this.#head !== null && this.#nodes.get(this.#head)?.entry === undefined;
  }

  /** @throws G4FError `invalid-request` if there is no such entry. */
  entryAt(at: EntryPlace, method: string): ConversationEntry {
    const { entries } = this;
    const found = typeof at === 'number' ? entries.at(at) : entries.find(({ id }) => id === at);
    if (found !== undefined && (typeof at === 'string' || Number.isInteger(at))) return found;
    throw new G4FError(
      `conversation.${method}: there is no entry ${quote(at)} among ${entries.length}. Give the id of one of \`entries\`, or its place there.`,
      { code: 'invalid-request' },
    );
  }

  #addMessage({ kind: _, parent, ...entry }: RecordOf<'message'>): void {
    const known = this.#nodes.get(entry.id);
    // Two processes may tell of one answer: the whole one is it.
    if (known?.entry !== undefined && known.entry.cut !== true && entry.cut === true) return;
    if (known === undefined)
      this.#nodes.set(entry.id, { parent, entry, createdAt: entry.createdAt, text: '', reasoning: '' });
    else known.entry = entry;
    this.#head = entry.id;
  }

  #addPiece({ id, parent, createdAt, text = '', reasoning = '' }: RecordOf<'piece'>): void {
    const known = this.#nodes.get(id);
    if (known?.entry !== undefined) return;
    if (known !== undefined) {
      known.text += text;
      known.reasoning += reasoning;
      return;
    }
    this.#nodes.set(id, { parent, entry: undefined, createdAt, text, reasoning });
    if (this.#head === parent) this.#head = id;
  }

  *#upwards(): Generator<readonly [string, ThreadNode]> {
    const seen = new Set<string>();
    let id = this.#head;
    while (id !== null && !seen.has(id)) {
      const node = this.#nodes.get(id);
      if (node === undefined) return;
      seen.add(id);
      yield [id, node];
      id = node.parent;
    }
  }

  #check(id: string): void {
    const last = [...this.#upwards()].at(-1);
    if (last === undefined || last[1].parent === null) return;
    throw new G4FError(
      `the conversation ${quote(id)} is damaged: its message ${quote(last[0])} follows one that the store does not have. Restore the store from a copy, or begin another conversation.`,
      { code: 'invalid-request' },
    );
  }
}

const partial = (id: string, { text, reasoning, createdAt }: ThreadNode): ConversationEntry => {
  const message: AssistantMessage = {
    role: 'assistant',
    content: text,
    ...(reasoning !== '' && { reasoning }),
  };
  return { id, message, createdAt, cut: true };
};
