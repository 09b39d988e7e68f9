// The text of an answer on its way to events: a family that writes its reasoning between tags into it has that apart.
import type { StreamEvent } from '@g4f/core';
import { guessLengthOf, writesThinkTags } from '../models/thinks-first.ts';
import { ThinkSplitter, type ThoughtOrText } from './think-tags.ts';

/** Text and reasoning of one choice. */
export class AnswerText {
  readonly #splitter: ThinkSplitter | undefined;
  readonly #at: { readonly choice: number } | undefined;

  /** @param at which choice it is of, if not the first. */
  constructor(
    request: { readonly model: string; readonly stream: boolean },
    at?: { readonly choice: number },
  ) {
    const { model, stream } = request;
    this.#splitter = writesThinkTags(model) ? new ThinkSplitter(guessLengthOf(model, stream)) : undefined;
    this.#at = at;
  }

  /** Adds visible text, which may hold reasoning in tags. */
  say(text: string, events: StreamEvent[]): void {
    if (text === '') return;
    const splitter = this.#splitter;
    if (splitter === undefined || splitter.passes(text))
      events.push({ type: 'text-delta', text, ...this.#at });
    else this.#add(splitter.push(text), events);
  }

  /** Adds reasoning that came as such: then the text is the answer. */
  think(text: string, events: StreamEvent[]): void {
    if (text === '') return;
    if (this.#splitter !== undefined) this.#add(this.#splitter.reasonsElsewhere(), events);
    events.push({ type: 'reasoning-delta', text, ...this.#at });
  }

  /** Adds what was held back, at the end of the text, good or bad. */
  flush(events: StreamEvent[]): void {
    if (this.#splitter !== undefined) this.#add(this.#splitter.flush(), events);
  }

  #add(parts: readonly ThoughtOrText[], events: StreamEvent[]): void {
    for (const { kind, text } of parts)
      events.push({ type: kind === 'text' ? 'text-delta' : 'reasoning-delta', text, ...this.#at });
  }
}
