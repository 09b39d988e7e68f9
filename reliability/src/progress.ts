// Where somebody watches a long run: one line that is written over; nothing where the output goes to a file.

/** Is told how many are done; `done` takes the line away. */
export interface Progress {
  (done: number): void;
  done(): void;
}

const WIDTH = 30;
const EVERY_MS = 100;

/** @param what what is counted. @param total how many there will be. */
export const progressLine = (what: string, total: number): Progress => {
  const { stderr } = process;
  let last = 0;
  const show = (done: number): void => {
    if (!stderr.isTTY || performance.now() - last < EVERY_MS) return;
    last = performance.now();
    const bar = '█'.repeat(Math.min(WIDTH, Math.round((done / total) * WIDTH))).padEnd(WIDTH, '░');
    stderr.write(`\r\u001b[2K${bar} ${done} of ${total} ${what}`);
  };
  return Object.assign(show, {
    done: () => void (stderr.isTTY && stderr.write('\r\u001b[2K')),
  });
};
