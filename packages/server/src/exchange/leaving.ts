// When the caller leaves: before anything was said, or in the middle of an answer.
import type { Exchange } from './exchange.ts';

/**
 * Aborted when the caller's connection closes before the answer is complete. On Node the socket itself says so; asking the request for
 * its signal would cost a `Request` of the platform's for each call.
 */
export const leavingOf = ({ node, request }: Pick<Exchange, 'node' | 'request'>): AbortSignal => {
  if (node === undefined) return request.signal;
  const { outgoing } = node;
  const leaving = new AbortController();
  const leave = (): void => {
    if (!outgoing.writableFinished) leaving.abort();
  };
  if (outgoing.destroyed) leave();
  else outgoing.once('close', leave);
  return leaving.signal;
};
