// Sends a request through a proxy: over a tunnel, or in absolute form where the proxy refuses to tunnel to an `http:` address.
// Source: https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form
import type { HttpRequest, HttpResponse } from '@g4f/core';
import type { Address } from './address.ts';
import { exchange, type Sender } from './exchange.ts';
import { proxyRefusal, refusedWith } from './network-failure.ts';
import type { Pool } from './transport.ts';
import { proxyAuthorization } from './tunnel.ts';

/** Answers to CONNECT by which a proxy says that it does not tunnel there; it may still forward plain HTTP. */
const DOES_NOT_TUNNEL: ReadonlySet<number> = new Set([400, 403, 404, 405, 501]);

/** Sends the request. @throws G4FError as {@link exchange} does. */
export const exchangeThrough = async (
  pool: Pool,
  address: Address,
  request: HttpRequest,
  sender: Sender,
): Promise<HttpResponse> => {
  const mayForward = address.protocol === 'http:' && pool.forwarder !== undefined;
  if (mayForward && pool.forwards) return await forward(pool, address, request, sender);
  try {
    return await exchange(pool, address, request, sender);
  } catch (error) {
    if (!mayForward || !refusesTunnel(error)) throw error;
    pool.forwards = true;
    sender.enter('connect');
    return await forward(pool, address, request, sender);
  }
};

const refusesTunnel = (error: unknown): boolean => {
  const status = refusedWith(error);
  return status !== undefined && DOES_NOT_TUNNEL.has(status);
};

async function forward(
  { proxy, forwarder }: Pool,
  { origin, path }: Address,
  request: HttpRequest,
  sender: Sender,
): Promise<HttpResponse> {
  // Both are there, or nothing is forwarded.
  if (proxy === undefined || forwarder === undefined) throw new TypeError('there is no proxy to forward');
  const url = new URL(proxy.url);
  const there: Address = { protocol: url.protocol, origin: url.origin, path: origin + path };
  const headers = { host: new URL(origin).host, ...request.headers, ...proxyAuthorization(url) };
  const response = await exchange({ dispatcher: forwarder, proxy }, there, { ...request, headers }, sender);
  if (response.status !== 407) return response;
  response.release();
  throw proxyRefusal(sender.provider, origin, proxy, 407);
}
