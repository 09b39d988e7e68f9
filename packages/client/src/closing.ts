// The end of a client: its calls under way are aborted, and later ones refused.
import { type Abortable, G4FError } from '@g4f/core';

/** Aborted when the client is closed. No LightAbort, because all calls of a client that run at once listen to it. */
export class Closing implements Abortable {
  readonly #told = new Set<() => void>();
  #isClosed = false;

  get aborted(): boolean {
    return this.#isClosed;
  }

  /** For what is under way. */
  get reason(): G4FError {
    return new G4FError('AsyncClient: it was closed in mid-answer.', { code: 'aborted' });
  }

  close(): void {
    this.#isClosed = true;
    for (const tell of [...this.#told]) tell();
    this.#told.clear();
  }

  /** @throws G4FError `invalid-request` when the client has been closed. */
  check(): void {
    if (this.#isClosed)
      throw new G4FError('AsyncClient: it was closed; make a new AsyncClient for more calls.', {
        code: 'invalid-request',
      });
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#told.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#told.delete(listener);
  }
}
