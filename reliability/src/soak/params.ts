// What a request of a soak asks for.
import type { Question } from '../faces.ts';
import type { FaultServer } from '../fault-server.ts';
import { onlyDeadline } from '../only-deadline.ts';
import type { Plan } from './plan.ts';

/** Where a request is made, and when it is given up. */
export interface Place {
  readonly server: FaultServer;
  /** A signal that all requests have in common. */
  readonly shared: AbortSignal;
  /** A request that has not settled after so long hangs, in ms. */
  readonly hangsMs: number;
}

/** @param shortMs the deadline of rows that a deadline ends. */
export const paramsOf = (
  { spoken, behaviour, expected }: Plan,
  { url, neverConnects }: FaultServer,
  signal: AbortSignal,
  shortMs: number,
) =>
  ({
    model: 'm',
    messages: 'hi',
    max_tokens: 9,
    ...behaviour.request,
    provider: spoken.provider,
    baseURL: `${behaviour.neverConnects ? neverConnects : url}/${behaviour.name}`,
    signal,
    ...onlyDeadline(expected, shortMs),
  }) satisfies Question;
