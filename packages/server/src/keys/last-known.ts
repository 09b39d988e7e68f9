// The terms of keys as they were last seen: for a time when the state is away.
import { LIMITS } from '@g4f/core';
import type { KeyRecord } from '../state/state.ts';

/** Keys by their digest; the one seen longest ago goes first. */
export class LastKnown {
  readonly #records = new Map<string, KeyRecord>();

  set(hash: string, record: KeyRecord | undefined): void {
    this.#records.delete(hash);
    if (record === undefined) return;
    this.#records.set(hash, record);
    const [oldest] = this.#records.keys();
    if (this.#records.size > LIMITS.rememberedKeys && oldest !== undefined) this.#records.delete(oldest);
  }

  get(hash: string): KeyRecord | undefined {
    return this.#records.get(hash);
  }
}
