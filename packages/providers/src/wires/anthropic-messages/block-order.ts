// In which order the blocks of an Anthropic message stand.
import type { StreamEvent } from '@g4f/core';

/** What a block holds, and what a piece is of. */
export type BlockKind = 'text' | 'thinking' | 'call' | 'other';

/** Of a block: what it is, and how many characters of text it holds. */
interface BlockPlace {
  readonly type: BlockKind;
  length?: number;
}

/**
 * The order of a message's blocks, which a message in OpenAI's form does not have: there text, reasoning, calls and what else
 * there is stand apart. It is told as `paused_turn` beside the content of a turn that is to go on.
 */
export class BlockOrder {
  readonly #places: BlockPlace[] = [];

  begin(type: BlockKind): void {
    this.#places.push({ type });
  }

  /** Text of the block that began last. */
  addText(length: number): void {
    const last = this.#places.at(-1);
    if (last !== undefined) last.length = (last.length ?? 0) + length;
  }

  tell(events: StreamEvent[]): void {
    events.push({ type: 'aside', extra: { delta: { paused_turn: this.#places } } });
  }
}
