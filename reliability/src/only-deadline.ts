// The deadlines of a row that one of them ends: that one is short, and no other can pass before it on a busy machine.
import type { Expected } from '@g4f/testing';

const OPTION = {
  connect: 'connect',
  headers: 'headers',
  'first-content': 'firstContent',
  idle: 'idle',
} as const;

/** Deadlines in ms, by the names of the client's option. */
type Deadlines = Readonly<Partial<Record<(typeof OPTION)[keyof typeof OPTION], number>>>;

/** The text that comes before the silence must have come before this deadline, so it has more time than the others. */
const IDLE_TIMES = 4;

/** `timeout` for a row; none for a row that names no deadline. @param ms how short the deadline that it names is */
export const onlyDeadline = ({ phase }: Expected, ms: number): { readonly timeout?: Deadlines } => {
  if (phase === undefined || phase === 'total') return {};
  return { timeout: { [OPTION[phase]]: phase === 'idle' ? IDLE_TIMES * ms : ms } };
};
