// Reads a secret: from what is piped in, or from a person, whose typing is not shown.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { G4FError } from '@g4f/core';

/** No more of it is read. */
const MOST_CHARACTERS = 16_384;

/** What is piped in, or what the person types after `question`. Empty where there is none. @throws G4FError `aborted` at Ctrl-C. */
export const readSecret = async (question: string): Promise<string> => {
  if (process.stdin.isTTY !== true) {
    let text = '';
    process.stdin.setEncoding('utf8');
    for await (const piece of process.stdin) {
      text += piece;
      if (text.length > MOST_CHARACTERS) break;
    }
    return text;
  }
  const nowhere = new Writable({ write: (_, __, done) => done() });
  // Before the question: it stops the terminal from showing what is typed.
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
      lines.once('SIGINT', () => reject(new G4FError('stopped by Ctrl-C.', { code: 'aborted' })));
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
};
