// The trace of the HTTP request that this program is answering, where nothing else has made a span of it.
// Source: https://nodejs.org/api/diagnostics_channel.html#http and https://www.w3.org/TR/trace-context/
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { type Context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';

const CHANNEL = 'http.server.request.start';

/** Follows what the callers of this program's HTTP servers write as `traceparent`. */
export class IncomingTraces {
  readonly #storage = new AsyncLocalStorage<Context>();

  start(): void {
    subscribe(CHANNEL, this.#onRequest);
  }

  /** The context of the request that is being answered; undefined outside of any. */
  get current(): Context | undefined {
    return this.#storage.getStore();
  }

  stop(): void {
    unsubscribe(CHANNEL, this.#onRequest);
    this.#storage.disable();
  }

  /** Each request sets it anew, so that none sees the trace of the one before it on the same connection. */
  readonly #onRequest = (message: unknown): void => {
    // Node publishes nothing else on this channel.
    const { request } = message as { readonly request: IncomingMessage };
    try {
      this.#storage.enterWith(propagation.extract(ROOT_CONTEXT, request.headers));
    } catch {
      // A propagator of the program's own that throws costs its trace, and nothing else.
      this.#storage.enterWith(ROOT_CONTEXT);
    }
  };
}
