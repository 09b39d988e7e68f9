// Keeps the process alive while somebody waits for what does not: one timer for all, because each costs a request 1 µs.

/** The longest time a timer can count, in ms (24.8 days). */
const LONGEST_MS = 2 ** 31 - 1;

let timer: NodeJS.Timeout | undefined;
let holders = 0;

/** The process does not end before `releaseProcess` was called as often. */
export const holdProcess = (): void => {
  timer ??= setInterval(() => undefined, LONGEST_MS);
  holders += 1;
  if (holders === 1) timer.ref();
};

/** Takes one `holdProcess` back. */
export const releaseProcess = (): void => {
  holders -= 1;
  if (holders === 0) timer?.unref();
};
