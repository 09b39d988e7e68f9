// What the blocks of an Anthropic message have in common.
import type { StreamEvent } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import type { AnswerText } from '../decoding/answer-text.ts';
import type { Json } from '../decoding/json.ts';
import type { PayloadFields } from '../decoding/payload-fields.ts';
import type { BlockKind, BlockOrder } from './block-order.ts';

/** Reads the pieces of one block. */
export interface Block {
  readonly kind: BlockKind;
  /** Adds what it begins with. */
  open(events: StreamEvent[]): void;
  /** Adds one more piece of it. */
  add(delta: Json, events: StreamEvent[]): void;
  /** Adds what is known only at its end. */
  close(events: StreamEvent[]): void;
  /** Whether it is a call whose arguments are not whole. */
  isCutCall(): boolean;
}

/** What the blocks of one answer share. */
export interface BlockContext {
  readonly fields: PayloadFields;
  readonly text: AnswerText;
  readonly order: BlockOrder;
  readonly asked: RequestFacts;
  /** The calls that have begun, by the key of their id. */
  readonly calls: Map<string, RepeatableCall>;
}

/** A call that may be sent once more. */
export interface RepeatableCall extends Block {
  /** Whether these are its arguments. */
  isRepeatedBy(text: string): boolean;
}
