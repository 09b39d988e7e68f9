// A question at the terminal that one key answers.

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ESCAPE = '\u001b';

/**
 * Writes the question to stderr and waits for one of these keys. Escape and Ctrl-D are the last of them; Ctrl-C is, too, and interrupts
 * the program as it does elsewhere.
 */
export const askKey = (question: string, keys: readonly string[]): Promise<string> => {
  const { stdin, stderr } = process;
  const no = keys.at(-1) ?? '';
  stderr.write(question);
  return new Promise((resolve) => {
    // Whoever reads keys already sees a Ctrl-C himself.
    const isRead = stdin.isRaw === true;
    const end = (key: string): void => {
      stdin.off('data', look);
      if (!isRead) {
        stdin.pause();
        stdin.setRawMode(false);
      }
      stderr.write(`${key}\n`);
      resolve(key);
    };
    const look = (typed: Buffer | string): void => {
      const [key = ''] = String(typed).toLowerCase();
      if (keys.includes(key)) end(key);
      else if (key === ESCAPE || key === CTRL_D) end(no);
      else if (key === CTRL_C) {
        end(no);
        if (!isRead) process.emit('SIGINT');
      }
    };
    if (!isRead) stdin.setRawMode(true);
    stdin.on('data', look);
    stdin.resume();
  });
};
