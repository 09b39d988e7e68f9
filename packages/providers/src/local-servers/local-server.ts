// A server on the user's machine: where it is, and whether what answers there is really it.
import { type Context, G4FError } from '@g4f/core';
import { askServer } from './ask-server.ts';
import type { ServerId } from './known-servers.ts';

/** A server that is there only when somebody has started it. */
export interface LocalServer {
  readonly id: ServerId;
  /** The name a person knows it by. */
  readonly name: string;
  readonly baseURL: string;
  /** What it may be taken for: another server of the same make. */
  readonly kin?: ServerId;
  /** Where it is for this caller, if not at its base. @throws G4FError if the setting cannot be read. */
  readonly address?: (context: Pick<Context, 'apiKey' | 'env'>) => string | undefined;
}

/** How long a server may take to answer, in ms; one on this machine takes a few. */
const PROBE_MS = 300;

/** `available` of such a server: `start Ollama (nothing answers at …)`, or undefined if it is there. */
export const probeOf =
  (server: LocalServer) =>
  async (context: Context): Promise<string | undefined> => {
    let base: string;
    try {
      base = context.baseURL ?? server.address?.(context) ?? server.baseURL;
    } catch (error) {
      if (error instanceof G4FError) return error.message;
      throw error;
    }
    const { origin } = new URL(base);
    const heard = await askServer(base, context.send, PROBE_MS);
    if (context.signal.aborted) throw context.signal.reason;
    if (heard === 'nothing') return `start ${server.name} (nothing answers at ${origin})`;
    if (heard === 'late') return `start ${server.name} (no answer from ${origin} within ${PROBE_MS} ms)`;
    // It is there, and wants a key: that it has none is not for us to say.
    if (heard.needsKey || heard.id === server.id) return undefined;
    if (heard.id !== undefined && heard.id === server.kin) return undefined;
    const what = heard.id === undefined ? 'something else' : heard.id;
    return `start ${server.name} (what answers at ${origin} is ${what})`;
  };
