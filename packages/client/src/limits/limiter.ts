// The places that a provider has for requests of a client: so many at once, so many in a span of time, and none while it asks to wait.
import { isG4FError } from '@g4f/core';
import PQueue from 'p-queue';
import { sleep } from '../attempt/sleep.ts';
import type { ProviderLimit } from './options.ts';

/** The longest wait that a service may ask for (`Retry-After`), in ms: above it, failover has the better answer. */
const MOST_PAUSE_MS = 10_000;

/** Of one provider. Whoever waits is let in by order of arrival. */
export class Limiter {
  readonly #queue: PQueue;
  /** On the clock of `performance.now()`. */
  #pausedUntil = 0;

  constructor({ concurrency, requests, perMs }: ProviderLimit) {
    this.#queue = new PQueue({
      ...(concurrency !== undefined && { concurrency }),
      // Any span of that length, and not only one that begins at a full minute.
      ...(requests !== undefined &&
        perMs !== undefined && { intervalCap: requests, interval: perMs, strict: true }),
    });
  }

  /**
   * Waits for a place.
   * @returns gives it back
   * @throws the signal's reason, when it is aborted before
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    const leave = await new Promise<() => void>((resolve, reject) => {
      // The task ends when the place is given back.
      this.#queue.add(() => new Promise<void>((end) => resolve(end)), { signal }).catch(reject);
    });
    try {
      // It may have been asked to wait meanwhile.
      for (let ms = this.#pauseMs(); ms > 0; ms = this.#pauseMs()) await sleep(ms, signal);
      signal.throwIfAborted();
    } catch (thrown) {
      leave();
      throw thrown;
    }
    return leave;
  }

  /** A request has failed: nobody else is let in before the time that the service asks for has passed. */
  failed(thrown: unknown): void {
    if (!isG4FError(thrown) || thrown.code !== 'rate-limit') return;
    const { retryAfterMs = 0 } = thrown;
    if (retryAfterMs > 0 && retryAfterMs <= MOST_PAUSE_MS)
      this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + retryAfterMs);
  }

  #pauseMs(): number {
    return Math.ceil(this.#pausedUntil - performance.now());
  }
}
