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
  // Most often there is one listener, and no list is made for it.
  #listener: (() => void) | undefined;
  #others: (() => void)[] | undefined;
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
    for (let tell = this.#next(); tell !== undefined; tell = this.#next()) tell();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (this.#aborted || this.#listener === listener || this.#others?.includes(listener)) return;
    if (this.#listener === undefined) this.#listener = listener;
    else if (this.#others === undefined) this.#others = [listener];
    else this.#others.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    if (this.#listener === listener) this.#listener = this.#others?.shift();
    else this.#others = this.#others?.filter((other) => other !== listener);
  }

  /** Takes the listener that has waited longest. */
  #next(): (() => void) | undefined {
    const first = this.#listener;
    this.#listener = this.#others?.shift();
    return first;
  }
}

/** The real signal of either. */
export const toAbortSignal = (signal: Abortable | AbortSignal): AbortSignal =>
  'signal' in signal ? (signal as LightAbort).signal : (signal as AbortSignal);
