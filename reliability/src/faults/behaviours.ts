// The rows of the table: every fault of the kit, in the order of its groups, and what only a client can show.
import { type Expected, FAULTS, type Fault } from '@g4f/testing';

/** A row: what the service does, or the reader, and what the reader must get of a stream, and of an answer in one piece. */
export interface Behaviour extends Pick<Fault, 'name' | 'does' | 'expected' | 'whole' | 'request'> {
  /** The wires that have it; all unless given. */
  readonly only?: readonly string[];
  /** An address of its own instead of the fault's. */
  readonly neverConnects?: boolean;
}

const never: Expected = { end: ['timeout'], phase: 'connect', text: '' };

/** All of them. */
export const BEHAVIOURS: readonly Behaviour[] = [
  ...FAULTS,
  {
    name: 'no-connection',
    does: 'takes the connection and never shakes hands',
    expected: never,
    whole: never,
    neverConnects: true,
  },
];

/** The rows of a wire. */
export const behavioursOf = (wire: string): readonly Behaviour[] =>
  BEHAVIOURS.filter(({ only }) => only === undefined || only.includes(wire));
