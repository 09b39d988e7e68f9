// How long what may still follow an answer that has finished is waited for.

/** After every finish reason, for how long what still belongs to the answer (its usage) is awaited, in ms. */
const SILENCE_MS = 2000;
/** How long such waits may be in all, in ms: a service that goes on sending pings ends here. */
const LAST_WAITS_MS = 5 * SILENCE_MS;

/** So much of a wait counts at once, in ms: a thread that was blocked for longer has not had the chance to read what came. */
const SLICE_MS = 250;

/** Nothing more comes. */
export const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Waits after the finish. Only time spent in waiting counts: a slow reader must not cost the answer its usage. */
export class Patience {
  #silence = SILENCE_MS;
  #inAll = LAST_WAITS_MS;

  /** Something came: the silence begins anew, and may last `ms`. */
  renew(ms = SILENCE_MS): void {
    this.#silence = ms;
  }

  /** The next read; done at the end of the body, when it breaks, or when the silence has been long enough. */
  async next(bytes: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    const since = performance.now();
    const allowed = Math.max(0, Math.floor(Math.min(this.#silence, this.#inAll)));
    if (allowed === 0) return DONE;
    let left = allowed;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<IteratorReturnResult<undefined>>((resolve) => {
      const wait = (): void => {
        const ms = Math.min(left, SLICE_MS);
        left -= ms;
        timer = setTimeout(left > 0 ? wait : () => resolve(DONE), ms);
      };
      wait();
    });
    try {
      return await Promise.race([bytes.next(), enough]);
    } catch {
      // Every answer has finished: a connection that breaks now takes nothing from them.
      return DONE;
    } finally {
      clearTimeout(timer);
      const waited = Math.min(performance.now() - since, allowed - left);
      this.#silence -= waited;
      this.#inAll -= waited;
    }
  }
}
