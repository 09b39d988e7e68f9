// How long what may still follow an answer that has finished is waited for.
import { type SlicedTimer, slicedTimer } from '@g4f/core/internal';
import { BEFORE_DEADLINE_MS } from '../failures/failure.ts';

/** After every finish reason, for how long what still belongs to the answer (its usage) is awaited, in ms. */
const SILENCE_MS = 2000;
/** How long such waits may be in all, in ms: a service that goes on sending pings ends here. */
const LAST_WAITS_MS = 5 * SILENCE_MS;

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

  /**
   * The next read; done at the end of the body, when it breaks, or when the silence has been long enough.
   * @param leftMs until a deadline of the call passes: it counts on where the thread stands still
   */
  async next(
    bytes: AsyncIterator<Uint8Array>,
    leftMs = Number.POSITIVE_INFINITY,
  ): Promise<IteratorResult<Uint8Array>> {
    const left = leftMs - BEFORE_DEADLINE_MS;
    const since = performance.now();
    const allowed = Math.max(0, Math.floor(Math.min(this.#silence, this.#inAll)));
    if (allowed === 0 || left <= 0) return DONE;
    let timer: SlicedTimer | undefined;
    let deadline: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<IteratorReturnResult<undefined>>((resolve) => {
      timer = slicedTimer(allowed, () => resolve(DONE));
      if (left < LAST_WAITS_MS) deadline = setTimeout(resolve, left, DONE);
    });
    try {
      return await Promise.race([bytes.next(), enough]);
    } catch {
      // Every answer has finished: a connection that breaks now takes nothing from them.
      return DONE;
    } finally {
      clearTimeout(deadline);
      const waited = Math.min(performance.now() - since, timer?.end() ?? 0);
      this.#silence -= waited;
      this.#inAll -= waited;
    }
  }
}
