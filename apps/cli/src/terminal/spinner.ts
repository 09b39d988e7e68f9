// A sign on stderr that something is waited for, where a person looks at a terminal.
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const EVERY_MS = 100;

/** Shows that `what` is waited for. @returns what takes the sign away; it may be called twice. */
export const spin = (what: string): (() => void) => {
  const { stderr, stdout } = process;
  if (stderr.isTTY !== true || stdout.isTTY !== true || process.env.TERM === 'dumb') return () => {};
  let frame = 0;
  let isShown = false;
  const timer = setInterval(() => {
    isShown = true;
    const text = `${FRAMES[frame++ % FRAMES.length]} ${what}`;
    stderr.write(`\r${text.slice(0, Math.max(1, (stderr.columns || 80) - 1))}`);
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (isShown) stderr.write('\r\u001b[K');
    isShown = false;
  };
};
