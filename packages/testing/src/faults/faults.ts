// Everything that services do wrong, or oddly, in one table: one row a fault, on every wire that has it.
import { CALL_PIECES } from './call-pieces.ts';
import { DEPARTURES } from './departures.ts';
import { ENDS } from './ends.ts';
import type { Fault } from './fault.ts';
import { LINES_AND_BYTES } from './lines-and-bytes.ts';
import { OTHER_FRAMINGS } from './other-framings.ts';
import { PAYLOADS } from './payloads.ts';
import { REFUSALS } from './refusals.ts';
import { SILENCES } from './silences.ts';
import { TOOLS_AND_REASONING } from './tools-and-reasoning.ts';

/** Every row, the good answer first. */
export const FAULTS: readonly Fault[] = [
  ...LINES_AND_BYTES,
  ...PAYLOADS,
  ...ENDS,
  ...REFUSALS,
  ...SILENCES,
  ...TOOLS_AND_REASONING,
  ...CALL_PIECES,
  ...DEPARTURES,
  ...OTHER_FRAMINGS,
];

/** The rows that a wire has. */
export const faultsOf = (wire: string): readonly Fault[] =>
  FAULTS.filter(({ only }) => only === undefined || only.includes(wire));
