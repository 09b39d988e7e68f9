// A question at the terminal that one key answers.

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ESCAPE = '\u001b';

/** So long is what was typed before the question read and thrown away, in ms. */
const DRAIN_MS = 50;

/**
 * Writes the question to stderr and waits for one of these keys. What was typed before the question answers nothing, and several keys
 * at once (a paste) do not either; Enter tells the keys again. Escape and Ctrl-D are the last of them; Ctrl-C is, too, and interrupts
 * the program as it does elsewhere.
 */
export const askKey = (question: string, keys: readonly string[]): Promise<string> => {
  const { stdin, stderr } = process;
  const no = keys.at(-1) ?? '';
  return new Promise((resolve) => {
    // Whoever reads keys already sees a Ctrl-C himself.
    const isRead = stdin.isRaw === true;
    let isAsked = false;
    const end = (key: string): void => {
      clearTimeout(timer);
      stdin.off('data', look);
      if (!isRead) {
        stdin.pause();
        stdin.setRawMode(false);
      }
      stderr.write(`${key}\n`);
      resolve(key);
    };
    const look = (given: Buffer | string): void => {
      const typed = String(given).toLowerCase();
      if (typed.includes(CTRL_C)) {
        end(no);
        if (!isRead) process.emit('SIGINT');
      } else if (!isAsked) return;
      else if (keys.includes(typed)) end(typed);
      else if (typed === ESCAPE || typed === CTRL_D) end(no);
      else stderr.write(`\npress one of ${keys.join(', ')}: `);
    };
    const timer = setTimeout(() => {
      isAsked = true;
      stderr.write(question);
    }, DRAIN_MS);
    if (!isRead) stdin.setRawMode(true);
    stdin.on('data', look);
    stdin.resume();
  });
};
