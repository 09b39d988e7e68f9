// The last events of a stream in the order in which OpenAI tells them, whatever order its provider tells them in.
import type { Batch, Finish, StreamEvent, Usage } from '@g4f/core';
import { withFields } from '@g4f/core/internal';
import type { RequestScope } from '../attempt/request-scope.ts';

/** The attempt, as far as it is concerned. */
type Billed = Pick<RequestScope, 'bill'>;

/**
 * Holds back the finish and the token counts until the end, because the last `finish_reason` that a reader sees must be one:
 * the counts come with it, or after it where they were asked for (`stream_options.include_usage`). Content is never held.
 * Source: https://platform.openai.com/docs/api-reference/chat/create#chat-create-stream_options
 */
export class Ending {
  readonly #usageAlone: boolean;
  readonly #scope: Billed;
  #finish: Finish | undefined;
  #usage: Usage | undefined;

  /**
   * @param usageAlone whether the counts come in an event of their own.
   * @param scope whose bill they are for.
   */
  constructor(usageAlone: boolean, scope: Billed) {
    this.#usageAlone = usageAlone;
    this.#scope = scope;
  }

  /** Whether a batch may pass as it is. @param ends whether there is a finish or token counts in it. */
  passes(ends: boolean): boolean {
    return !ends && this.#finish === undefined;
  }

  /** What of the batch may be told now. */
  arrange(batch: Batch): Batch {
    const told: StreamEvent[] = [];
    for (const event of batch) {
      if (event.type === 'usage') {
        this.#usage = event.usage;
        if (event.extra !== undefined) told.push({ type: 'aside', extra: event.extra });
        continue;
      }
      // Another choice goes on, or finishes after this one.
      if (this.#finish !== undefined && event.type !== 'aside') told.push(this.#finish);
      if (event.type !== 'aside') this.#finish = undefined;
      if (event.type === 'finish') this.#finish = event;
      else told.push(event);
    }
    return told;
  }

  /** What was held, at the end. */
  take(): Batch {
    const finish = this.#finish;
    const counted = this.#usage ?? finish?.usage;
    const usage = counted && (this.#scope.bill?.told(counted) ?? counted);
    this.#finish = undefined;
    this.#usage = undefined;
    if (usage === undefined) return finish === undefined ? [] : [finish];
    if (finish === undefined) return [{ type: 'usage', usage }];
    return this.#usageAlone ? [finish, { type: 'usage', usage }] : [withFields(finish, { usage })];
  }
}
