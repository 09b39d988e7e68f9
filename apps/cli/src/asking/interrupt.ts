// Ctrl-C, a closed terminal and a request to end: the first stops the answer, so that what came of it is kept; the second ends the program at once.
import { EXIT } from '../failure/exit-code.ts';

const SIGNALS = ['SIGINT', 'SIGHUP', 'SIGTERM'] as const;

/** Calls `stop` at the first of them. @returns what takes it back. */
export const onInterrupt = (stop: () => void): (() => void) => {
  let count = 0;
  const listener = (): void => {
    count++;
    if (count > 1) process.exit(EXIT.interrupted);
    stop();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
};
