// Where the events of a response are put, each with the next number.
import { G4FError, LIMITS, type ResponseStreamEvent, tooMany } from '@g4f/core';

/** The events that have not been handed on. */
export class EventSink {
  readonly #provider: string;
  #events: ResponseStreamEvent[] = [];
  #number = 0;
  #items = 0;
  #characters = 0;

  /** @param provider who speaks, for errors. */
  constructor(provider: string) {
    this.#provider = provider;
  }

  /** The number of the next event. */
  next(): number {
    return this.#number++;
  }

  push(event: ResponseStreamEvent): void {
    this.#events.push(event);
  }

  take(): ResponseStreamEvent[] {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  /** The place of the next item. @throws G4FError `bad-response` above the limit */
  place(): number {
    if (this.#items === LIMITS.items) throw tooMany('items', LIMITS.items, { provider: this.#provider });
    return this.#items++;
  }

  /** Counts what the last event of the response repeats. @throws G4FError `bad-response` above the limit */
  keep(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= LIMITS.foldedCharacters) return;
    throw new G4FError(
      `${this.#provider}: the answer is longer than the limit of ${LIMITS.foldedCharacters} characters. Stream it as a chat, or choose another provider.`,
      { code: 'bad-response', provider: this.#provider },
    );
  }
}
