// Sends the HTTP requests of one call: finds the address and the pool, and begins the exchange.
import type { Send } from '@g4f/core';
import { isPromise, toAbortSignal } from '@g4f/core/internal';
import { addressOf } from './address.ts';
import { abortError, exchange, type Sender } from './exchange.ts';
import { createSend as createSendByFetch } from './send.browser.ts';
import { poolFor, type Transport } from './transport.ts';

/** One call's way to the network. Its `enter` is told of `prepare` and `connect` as well. */
export interface SendOptions extends Transport, Sender {}

/** A {@link Send} for one call. */
export const createSend =
  (options: SendOptions): Send =>
  async (request) => {
    const sender = request.signal === undefined ? options : withSignal(options, request.signal);
    const { provider, signal } = sender;
    if (signal.aborted) throw abortError(provider, signal);
    const address = addressOf(request.url, provider);
    // The first pool has undici to load: that is no time in which a service could have answered.
    options.enter('prepare');
    const known = poolFor(options, address);
    const pool = isPromise(known) ? await known : known;
    const isDirect = pool === 'fetch' || pool.proxy === undefined;
    // Only who goes through a proxy pays for it.
    const through = isDirect ? undefined : await import('./through-proxy.ts');
    if (signal.aborted) throw abortError(provider, signal);
    if (pool === 'fetch') return createSendByFetch(sender)(request);
    options.enter('connect');
    // Awaited, because a promise that is returned as it is takes two turns more.
    return await (through?.exchangeThrough ?? exchange)(pool, address, request, sender);
  };

/** The same, bounded by the request's own signal too. */
const withSignal = (sender: Sender, own: AbortSignal): Sender => ({
  provider: sender.provider,
  enter: (phase) => sender.enter(phase),
  leftMs: sender.leftMs,
  received: (headers, sent, status) => sender.received?.(headers, sent, status),
  signal: AbortSignal.any([toAbortSignal(sender.signal), own]),
});
