// Marks an attempt whose failure was made up for a rehearsal, so that nothing is learnt from it.

/** By name: a program may have two copies of this package. */
const REHEARSED = Symbol.for('g4f.rehearsed');

/** @param signal the one that the attempt lends to its provider */
export const markRehearsed = (signal: AbortSignal): void =>
  void Object.defineProperty(signal, REHEARSED, { value: true });

/** Whether the failure of the attempt with this signal is no news of its provider. */
export const isRehearsed = (signal: AbortSignal): boolean => REHEARSED in signal;
