// How long a call lasts, for what its parameters open: whatever still is open when it ends is closed.
import { type Abortable, G4FError } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { CallSignal } from './call-signal.ts';
import { onAbort } from './on-abort.ts';

/** A call, as those know it who open something of it. */
export interface OpeningCall {
  /** Fires when the call is over, however it ends. */
  untilOver(): Abortable;
}

/** Made by the first who asks: most calls open nothing. */
export class CallLife {
  readonly #over = new LightAbort();
  readonly #bound: CallSignal;

  /** @throws G4FError if it is over before it begins. */
  constructor(...terms: ConstructorParameters<typeof CallSignal>) {
    this.#bound = new CallSignal(...terms);
    const { signal } = this.#bound;
    onAbort(signal, () => this.#over.abort(signal.reason));
  }

  get signal(): Abortable {
    return this.#over;
  }

  end(): void {
    this.#bound.release();
    this.#over.abort(new G4FError('the call is over.', { code: 'aborted' }));
  }
}
