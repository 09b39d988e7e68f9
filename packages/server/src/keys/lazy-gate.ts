// The gate, opened with the first request, or before it by a server that wants to know.
import { type Middleware, withMetering } from '@g4f/client/middleware';
import type { Gate, GateTerms } from './gate.ts';

/** A gate that is opened when it is needed: a gateway without virtual keys loads nothing of it. */
export interface LazyGate {
  /** What it was made with. */
  readonly terms: GateTerms;
  /** @throws StateError; the next call tries again */
  open(): Promise<Gate>;
  /** Counts the calls of a client. */
  readonly middleware: Middleware;
  close(): Promise<void>;
}

/** Nothing is opened yet. */
export const lazyGate = (terms: GateTerms): LazyGate => {
  let opening: Promise<Gate> | undefined;
  const open = async (): Promise<Gate> => {
    opening ??= import('./gate.ts').then(({ openGate }) => openGate(terms));
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
    close: async () => (await opening)?.close(),
  };
};
