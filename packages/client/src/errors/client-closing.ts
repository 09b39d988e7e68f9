// The end of a client: its calls under way are aborted, and later ones refused.
import { type Abortable, G4FError } from '@g4f/core';

/** What a call of a closed client is refused with. @param face the name of its class. */
export const closedError = (face: 'AsyncClient' | 'Client'): G4FError =>
  new G4FError(`${face}: it was closed; make a new ${face} for more calls.`, { code: 'invalid-request' });

/** What a call that ran meanwhile ends with. */
export const closedMeanwhile = (face: 'AsyncClient' | 'Client'): G4FError =>
  new G4FError(`${face}: it was closed in mid-answer.`, { code: 'aborted' });

/** Aborted when the client is closed. No LightAbort, because all calls of a client that run at once listen to it. */
export class Closing implements Abortable {
  readonly #told = new Set<() => void>();
  #isClosed = false;

  get aborted(): boolean {
    return this.#isClosed;
  }

  /** For what is under way. */
  get reason(): G4FError {
    return closedMeanwhile('AsyncClient');
  }

  close(): void {
    this.#isClosed = true;
    for (const tell of [...this.#told]) tell();
    this.#told.clear();
  }

  /** @throws G4FError `invalid-request` when the client has been closed. */
  check(): void {
    if (this.#isClosed) throw closedError('AsyncClient');
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#told.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#told.delete(listener);
  }
}
