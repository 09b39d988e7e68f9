// Sends one HTTP request over undici and hands back the answer as soon as its headers are there.
import {
  type Abortable,
  G4FError,
  type HttpRequest,
  type HttpResponse,
  type Send,
  toAbortSignal,
  type WaitPhase,
} from '@g4f/core';
import type { Dispatcher } from 'undici';
import { BodyQueue } from './body.ts';
import { decodeContent } from './content-encoding.ts';
import { networkFailure } from './network-failure.ts';
import { excerpt } from './redact.ts';
import { poolFor, type Transport } from './transport.ts';

/** One call's way to the network. */
export interface SendOptions extends Transport {
  /** Who sends, for errors. */
  readonly provider: string;
  readonly signal: Abortable;
  /** Is told what is waited for: `prepare`, `connect`, `headers`, and then `first-content`. */
  enter(phase: WaitPhase): void;
}

/** A {@link Send} for one call. */
export const createSend =
  (options: SendOptions): Send =>
  async (request) => {
    const { provider } = options;
    const signal =
      request.signal === undefined
        ? options.signal
        : AbortSignal.any([toAbortSignal(options.signal), request.signal]);
    if (signal.aborted) throw abortError(provider, signal);
    const address = addressOf(request.url, provider);
    // The first pool has undici to load: that is no time in which a service could have answered.
    options.enter('prepare');
    const pool = await poolFor(options, address.protocol);
    if (signal.aborted) throw abortError(provider, signal);
    options.enter('connect');
    return exchange(pool, address, request, { ...options, signal });
  };

/** The longest time setTimeout can count, in ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** What to throw when the signal is aborted: its own reason if it is ours (a deadline), else `aborted`. */
const abortError = (provider: string, signal: Abortable): G4FError =>
  signal.reason instanceof G4FError
    ? signal.reason
    : new G4FError(`${provider}: the request was aborted by the caller.`, {
        code: 'aborted',
        provider,
        cause: signal.reason,
      });

function exchange(
  pool: Dispatcher,
  { origin, path }: Address,
  request: HttpRequest,
  options: SendOptions,
): Promise<HttpResponse> {
  const { provider, signal } = options;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let body: BodyQueue | undefined;
    let connecting: NodeJS.Timeout | undefined;
    let hasFailed = false;
    const stopListening = (): void => signal.removeEventListener('abort', onAbort);
    const fail = (error: Error): void => {
      hasFailed = true;
      clearTimeout(connecting);
      stopListening();
      const failure = signal.aborted
        ? abortError(provider, signal)
        : networkFailure(error, { provider, origin, answering: body !== undefined });
      if (body === undefined) reject(failure);
      else body.fail(failure);
    };
    const onAbort = (): void => {
      const error = abortError(provider, signal);
      fail(error);
      controller?.abort(error);
    };
    signal.addEventListener('abort', onAbort);
    // The headers are copied: undici adds the host to them when there is a proxy.
    const { method, headers, body: content = null } = request;
    const what = { origin, path, method, headers: { ...headers }, body: content };
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        clearTimeout(connecting);
        controller = started;
        if (signal.aborted) started.abort(abortError(provider, signal));
        else options.enter('headers');
      },
      onResponseStart(started, status, received) {
        if (status < 200) return;
        options.enter('first-content');
        body = new BodyQueue(started, stopListening);
        const plain = plainHeaders(received);
        resolve({ status, headers: plain, ...decodeContent(body, plain['content-encoding'], provider) });
      },
      onResponseData(_, chunk) {
        body?.push(chunk);
      },
      onResponseEnd() {
        body?.end();
      },
      onResponseError(_, error) {
        fail(error);
      },
    };
    try {
      pool.dispatch(what, handler);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
    // A socket that is still connecting does not keep the process alive; this does, as long as somebody waits for it.
    if (controller === undefined && !hasFailed) connecting = setTimeout(() => undefined, MAX_TIMER_MS);
  });
}

interface Address {
  readonly protocol: string;
  readonly origin: string;
  readonly path: string;
}

let last: { readonly url: string; readonly address: Address } | undefined;

/** The last one is kept: most requests of a program go to the same place. */
function addressOf(url: string, provider: string): Address {
  if (last?.url !== url) last = { url, address: parse(url, provider) };
  return last.address;
}

function parse(url: string, provider: string): Address {
  if (URL.canParse(url)) {
    const { protocol, origin, pathname, search } = new URL(url);
    if (/^https?:$/.test(protocol)) return { protocol, origin, path: pathname + search };
  }
  throw new G4FError(`${provider}: "${excerpt(url)}" is not an http(s) URL. Correct the baseURL.`, {
    code: 'invalid-request',
    provider,
  });
}

const plainHeaders = (headers: Record<string, string | string[] | undefined>): Record<string, string> => {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
};
