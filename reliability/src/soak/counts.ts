// Counts what came of the requests of a soak, and keeps the first bad ones in words.
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

/** How often what came of a request: as its row says, its reader left, or what must not be. */
export type Counts = Readonly<Record<Outcome['kind'], number>>;

/** Of each client. */
export interface CountsOfBoth {
  readonly AsyncClient: Counts;
  readonly Client: Counts;
}

/** The counts so far. */
export interface Ledger {
  readonly counts: CountsOfBoth;
  /** The first that hung or were wrong: which, and what they did. */
  readonly examples: readonly string[];
  note(face: keyof CountsOfBoth, number: number, plan: Plan, outcome: Outcome): void;
}

const EXAMPLES = 5;

/** @param seed stands in the examples. @param progress is told after each request. */
export const createLedger = (seed: number, progress: (done: number) => void): Ledger => {
  const none = () => ({ delivered: 0, failed: 0, left: 0, hung: 0, wrong: 0 });
  const counts = { AsyncClient: none(), Client: none() };
  const examples: string[] = [];
  let done = 0;
  return {
    counts,
    examples,
    note(face, number, { spoken, behaviour, stream, temper }, outcome) {
      counts[face][outcome.kind] += 1;
      progress(++done);
      if ((outcome.kind !== 'wrong' && outcome.kind !== 'hung') || examples.length >= EXAMPLES) return;
      const what = outcome.kind === 'wrong' ? outcome.what : 'it hung';
      const how = `${stream ? 'streamed' : 'whole'}, its reader ${temper.kind}`;
      const which = `request ${number} of seed ${seed}, ${face}`;
      examples.push(`${which}: ${behaviour.name} on ${spoken.wire}, ${how}: ${what}`);
    },
  };
};
