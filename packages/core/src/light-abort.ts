// Giving up, without the price of a DOM event target: each real AbortSignal costs a call some 6 µs, and its listener 3.

/** What can be asked of an AbortSignal and of a {@link LightAbort} alike. */
export interface Abortable {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An AbortController and its signal in one. A real signal is made when somebody asks for it. */
export class LightAbort implements Abortable {
  /** A list, because most often there is one. */
  readonly #listeners: (() => void)[] = [];
  #controller: AbortController | undefined;
  #aborted = false;
  #reason: unknown;

  get aborted(): boolean {
    return this.#aborted;
  }

  /** What it was aborted with. */
  get reason(): unknown {
    return this.#reason;
  }

  /** A real signal that is aborted with this. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** The first reason counts. */
  abort(reason?: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    for (let tell = this.#listeners.shift(); tell !== undefined; tell = this.#listeners.shift()) tell();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.#aborted && !this.#listeners.includes(listener)) this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at !== -1) this.#listeners.splice(at, 1);
  }
}

/** The real signal of either. */
export const toAbortSignal = (signal: Abortable | AbortSignal): AbortSignal =>
  'signal' in signal ? (signal as LightAbort).signal : (signal as AbortSignal);
