// The engine of a full client: its calls by the plan of its options, and books of what they use.
import type { Announce } from '#platform/announce';
import { createBooks } from '../costs/books.ts';
import type { Closing } from '../errors/client-closing.ts';
import { asCallers } from '../options/unreadable.ts';
import type { ClientOptions } from '../surface/options.ts';
import type { ClientUsage } from '../surface/reports.ts';
import { createEngine, type Engine } from './engine.ts';
import { planFor } from './full-plan.ts';

/** An engine that keeps books. */
export interface FullEngine extends Engine {
  /** What this client has used. */
  usage(): ClientUsage;
}

/** @param announce is told what the person should know; stderr unless given. @param closing ends the calls */
export const createFullEngine = (
  options: ClientOptions,
  announce?: Announce,
  closing?: Closing,
): FullEngine => {
  const books = createBooks();
  return {
    ...createEngine(planFor(options), announce, closing, books, asCallers),
    usage: () => books.report(),
  };
};
