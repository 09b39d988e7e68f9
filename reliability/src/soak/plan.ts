// What one request of a soak is: a wire, a fault on it, and a reader of some temper.
import type { Expected } from '@g4f/testing';
import { type Behaviour, behavioursOf } from '../faults/behaviours.ts';
import { type SpokenWire, WIRES } from '../wires.ts';
import { oneOf } from './random.ts';

/** How a reader reads: to the end, or leaves after so many chunks, or after so many ms (a blocked one: after the chunks). */
export type Temper =
  | { readonly kind: 'reads' }
  | { readonly kind: 'breaks' | 'throws' | 'drops'; readonly chunks: number }
  | { readonly kind: 'aborts'; readonly chunks: number; readonly ms: number };

/** One request. */
export interface Plan {
  readonly spoken: SpokenWire;
  readonly behaviour: Behaviour;
  readonly stream: boolean;
  readonly expected: Expected;
  readonly temper: Temper;
}

/**
 * Rows that cost megabytes, or seconds, each time, and those where the reader must be quicker than a reset, which a machine
 * that does a hundred things at once is not; the fault table runs them once.
 */
const HEAVY: ReadonlySet<string> = new Set([
  'long-event',
  'too-long-event',
  'byte-by-byte',
  'finish-and-open',
  'reset',
  'reset-after-end',
]);

/** @param random from 0 up to 1. @param wires the request is on one of these. */
export const planRequest = (random: () => number, wires: readonly SpokenWire[] = WIRES): Plan => {
  const spoken = oneOf(wires, random);
  const behaviour = oneOf(
    behavioursOf(spoken.wire).filter(({ name }) => !HEAVY.has(name)),
    random,
  );
  const stream = behaviour.whole === undefined || random() < 0.7;
  const expected = stream ? behaviour.expected : (behaviour.whole ?? behaviour.expected);
  return { spoken, behaviour, stream, expected, temper: temperOf(expected, stream, random) };
};

function temperOf({ text }: Expected, stream: boolean, random: () => number): Temper {
  const is = random();
  const chunks = 1 + Math.floor(random() * 6);
  if (is < 0.1) return { kind: 'aborts', chunks, ms: Math.floor(random() * 40) };
  // Of what never ends everybody has enough at some time.
  if (text === undefined) return { kind: oneOf(['breaks', 'throws', 'drops'] as const, random), chunks };
  if (!stream || is < 0.7) return { kind: 'reads' };
  return { kind: oneOf(['breaks', 'throws', 'drops'] as const, random), chunks };
}
