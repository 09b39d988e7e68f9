// The gate, opened with the first request, or before it by a server that wants to know.
import { type Middleware, withMetering, withSharedCircuits } from '@g4f/client/middleware';
import { SharedCircuits } from '../circuits/shared-circuits.ts';
import { isRedisUrl } from '../state-engines/open-state.ts';
import type { Gate, GateTerms } from './gate.ts';

/** A gate that is opened when it is needed: a gateway without virtual keys loads nothing of it. */
export interface LazyGate {
  /** What it was made with. */
  readonly terms: GateTerms;
  /** @throws StateError; the next call tries again */
  open(): Promise<Gate>;
  /** Counts the calls of a client. */
  readonly middleware: Middleware;
  /** Inside of all other middleware: shares with other gateways which providers are left alone, where the state is one that they have. */
  readonly shared: readonly Middleware[];
  close(): Promise<void>;
}

/** Nothing is opened yet. */
export const lazyGate = (terms: GateTerms): LazyGate => {
  let opening: Promise<Gate> | undefined;
  const circuits = isRedisUrl(terms.url) ? new SharedCircuits(terms.timeout) : undefined;
  const openNow = async (): Promise<Gate> => {
    const gate = await (await import('./gate.ts')).openGate(terms);
    circuits?.follow(gate.state);
    return gate;
  };
  const open = async (): Promise<Gate> => {
    opening ??= openNow();
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  return {
    terms,
    open,
    middleware: withMetering({ begin: async (call, need) => (await open()).begin(call, need) }),
    shared: circuits === undefined ? [] : [withSharedCircuits(circuits)],
    async close() {
      const gate = await opening;
      circuits?.end();
      await gate?.close();
    },
  };
};
