// The text of an answer on its way to events: a family that writes its reasoning between tags into it has that apart.
import type { StreamEvent } from '@g4f/core';
import { guessLengthOf, writesThinkTags } from '../../models/thinks-first.ts';
import { ThinkSplitter, type ThoughtOrText } from './think-tags.ts';

/** Whose tags around reasoning are read. */
export type ThinkTags = 'families' | 'any' | 'none';

/** Text and reasoning of one choice. */
export class AnswerText {
  readonly #splitter: ThinkSplitter | undefined;
  readonly #at: { readonly choice: number } | undefined;

  /**
   * @param at which choice it is of, if not the first.
   * @param tags whose tags are read: those of the families that write them, of `any` family, because the service hands its text
   *   through, or of `none`, because the text is to stay as it is.
   */
  constructor(
    request: { readonly model: string; readonly stream: boolean },
    at?: { readonly choice: number },
    tags: ThinkTags = 'families',
  ) {
    const { model, stream } = request;
    this.#splitter =
      tags !== 'none' && (tags === 'any' || writesThinkTags(model))
        ? new ThinkSplitter(guessLengthOf(model, stream))
        : undefined;
    this.#at = at;
  }

  /** Whether text has come that is held back. */
  get holds(): boolean {
    return this.#splitter?.holds === true;
  }

  /** Adds visible text, which may hold reasoning in tags. */
  say(text: string, events: StreamEvent[]): void {
    if (text === '') return;
    const splitter = this.#splitter;
    if (splitter === undefined || splitter.passes(text)) this.#push('text-delta', text, events);
    else this.#add(splitter.push(text), events);
  }

  /** Adds reasoning that came as such: then the text is the answer. */
  think(text: string, events: StreamEvent[]): void {
    if (text === '') return;
    if (this.#splitter !== undefined) this.#add(this.#splitter.reasonsElsewhere(), events);
    this.#push('reasoning-delta', text, events);
  }

  /** Adds what was held back, at the end of the text, good or bad. */
  flush(events: StreamEvent[]): void {
    if (this.#splitter !== undefined) this.#add(this.#splitter.flush(), events);
  }

  #add(parts: readonly ThoughtOrText[], events: StreamEvent[]): void {
    for (const { kind, text } of parts)
      this.#push(kind === 'text' ? 'text-delta' : 'reasoning-delta', text, events);
  }

  // Written out rather than spread: this runs once per chunk, and a spread costs as much as all the rest of it.
  #push(type: 'text-delta' | 'reasoning-delta', text: string, events: StreamEvent[]): void {
    events.push(this.#at === undefined ? { type, text } : { type, text, choice: this.#at.choice });
  }
}
