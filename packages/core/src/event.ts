// What a provider may say while it answers: plain data, deltas only. `fold` knows the borders.
import type { Usage } from './usage.ts';

/** Why an answer ended, in OpenAI's words. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call';

/** Named values that have no event of their own. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a payload said besides the event it became, kept so that it reaches the chunk it belongs to. */
export interface Extra {
  /** Beside `choices`: `system_fingerprint`, `service_tier`, … */
  readonly chunk?: Fields;
  /** Inside the choice: `logprobs`, `content_filter_results`, … */
  readonly choice?: Fields;
  /** Inside the delta: `audio`, a refusal, a signature, … */
  readonly delta?: Fields;
}

interface Said {
  /** Which answer this belongs to when several were asked for (`n`); 0 if absent. */
  readonly choice?: number;
  readonly extra?: Extra;
}

/**
 * The first event of every stream: who really answers. `created` is in seconds since 1970; `provider` is
 * stamped by the client, so that a provider cannot claim to be another.
 */
export interface AnswerStart extends Said {
  readonly type: 'answer-start';
  readonly id?: string;
  readonly model: string;
  readonly provider?: string;
  /** The model that was asked for, where another answers by the caller's wish; stamped by the client as well. */
  readonly requestedModel?: string;
  readonly created?: number;
}

/** More of the visible answer. */
export interface TextDelta extends Said {
  readonly type: 'text-delta';
  readonly text: string;
}

/** More of the model's reasoning. */
export interface ReasoningDelta extends Said {
  readonly type: 'reasoning-delta';
  readonly text: string;
}

/** More of one tool call. Pieces with one `key` are one call; `arguments` pieces are joined as they come. */
export interface ToolCallDelta extends Said {
  readonly type: 'tool-call-delta';
  readonly key: string;
  readonly id?: string;
  readonly name?: string;
  readonly arguments?: string;
  /** Set if it calls a tool without a schema (OpenAI's `custom`): `arguments` is its input, any text. */
  readonly custom?: true;
  /** What else the service says of the call (Google's `extra_content`), which it may want back. */
  readonly fields?: Fields;
}

/** A picture or other medium the model made, as an `https:` or `data:` URL. */
export interface Media extends Said {
  readonly type: 'media';
  readonly mediaType: string;
  readonly url: string;
}

/**
 * A page or a document the answer rests on, and the part of the text that does: from `start` up to `end`, in UTF-16 units.
 * A document without an address has a title, or the `text` in it that the answer rests on.
 */
export interface Source extends Said {
  readonly type: 'source';
  readonly url?: string;
  readonly title?: string;
  readonly text?: string;
  readonly start?: number;
  readonly end?: number;
}

/** What the request cost so far; the last one counts. */
export interface UsageReport extends Said {
  readonly type: 'usage';
  readonly usage: Usage;
}

/** One answer is complete. `rawReason` is the service's own word; absent if it named none. */
export interface Finish extends Said {
  readonly type: 'finish';
  readonly reason: FinishReason;
  readonly rawReason?: string;
  /** What the request cost, where that is told with the last finish and not by a report of its own. */
  readonly usage?: Usage;
}

/** Something that has no event of its own and came alone. */
export interface Aside extends Said {
  readonly type: 'aside';
  readonly extra: Extra;
}

/** One thing a provider says. */
export type StreamEvent =
  | AnswerStart
  | TextDelta
  | ReasoningDelta
  | ToolCallDelta
  | Media
  | Source
  | UsageReport
  | Finish
  | Aside;

/** What one read of the socket held: the unit in which events travel from a provider to the reader. */
export type Batch = readonly StreamEvent[];

/** What a stream of batches gives when it is asked for the next one. */
export type BatchResult = IteratorResult<Batch, undefined>;

/**
 * Whether the event carries something of the answer itself. A start, a token count, an aside or an empty
 * delta is no content: it neither ends the wait for the first word nor commits the reader to this provider.
 */
export const isContent = (event: StreamEvent): boolean => {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
      return event.text !== '';
    case 'tool-call-delta':
    case 'media':
      return true;
    case 'aside':
      return event.extra.delta !== undefined;
    default:
      return false;
  }
};
