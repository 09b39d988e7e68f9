// Ctrl-C: the first one stops the answer, so that what came of it is kept; the second ends the program at once.
import { EXIT } from '../failure/exit-code.ts';

/** Calls `stop` at the first Ctrl-C. @returns what takes it back. */
export const onInterrupt = (stop: () => void): (() => void) => {
  let count = 0;
  const listener = (): void => {
    count++;
    if (count > 1) process.exit(EXIT.interrupted);
    stop();
  };
  process.on('SIGINT', listener);
  return () => process.off('SIGINT', listener);
};
