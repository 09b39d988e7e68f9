// When the caller leaves: before anything was said, or in the middle of an answer.
import type { Abortable } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import type { Exchange } from './exchange.ts';

const NEVER = new AbortController().signal;

/**
 * Aborted when the caller's connection closes before the answer is complete, or when the server that ends gives no more time. On Node
 * the socket itself says so; asking the request for its signal would cost a `Request` of the platform's for each call, and a real signal
 * half as much: clients of this project follow a light one as well, and make a real one where a provider asks for it.
 */
export const leavingOf = ({
  node,
  request,
  ending,
}: Pick<Exchange, 'node' | 'request' | 'ending'>): AbortSignal => {
  if (node === undefined) return request.signal ?? NEVER;
  const { outgoing } = node;
  const leaving = new LightAbort();
  const end = (): void => leaving.abort(ending?.reason);
  const leave = (): void => {
    ending?.removeEventListener('abort', end);
    if (!outgoing.writableFinished) leaving.abort();
  };
  if (ending?.aborted) end();
  else ending?.addEventListener('abort', end, { once: true });
  if (outgoing.destroyed) leave();
  else outgoing.once('close', leave);
  const signal: Abortable = leaving;
  return signal as AbortSignal;
};
