// Where the messages of a chat come from: a person at a terminal, with history and completion, or lines of a pipe.
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { dataFolder } from '../store/folders.ts';
import { readText, writePrivate } from '../store/private-file.ts';
import { PASTE_OFF, PASTE_ON, PastedInput, withNewLines } from './pasted-input.ts';

/** Gives one message after another. */
export interface LineSource {
  /** The next one; undefined at the end (Ctrl-D). */
  next(): Promise<string | undefined>;
  /** Between two messages: what is typed is dropped, and Ctrl-C calls the program's own listeners. */
  whileAnswering<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

/** Gives what may follow, and what of the line it completes. */
export type Completer = (line: string) => [found: string[], completed: string];

const MOST_KEPT = 500;
const MOST_CHARACTERS = 4_000;
const historyPath = (): string => join(dataFolder(), 'chat-history.json');

/** From a pipe: each line is a message. */
export const pipedLines = (): LineSource => {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const iterator = lines[Symbol.asyncIterator]();
  return {
    async next() {
      const { value, done } = await iterator.next();
      return done ? undefined : value;
    },
    whileAnswering: (work) => work(),
    close: () => lines.close(),
  };
};

/** From a person. A line that ends with a backslash goes on in the next one. */
export class TypedLines implements LineSource {
  readonly #completer: Completer;
  readonly #input = new PastedInput(process.stdin);
  readonly #isKept: boolean;
  #history: readonly string[] = readHistory();

  /** @param isKept whether what is typed is there in the next chat. */
  constructor(completer: Completer, isKept: boolean) {
    this.#completer = completer;
    this.#isKept = isKept;
    process.stdout.write(PASTE_ON);
    process.on('exit', endPaste);
  }

  async next(): Promise<string | undefined> {
    let text = '';
    for (let prompt = '> '; ; prompt = '… ') {
      const line = await this.#line(prompt);
      if (line === undefined) return text === '' ? undefined : text;
      if (!line.endsWith('\\')) return text + line;
      text += `${line.slice(0, -1)}\n`;
    }
  }

  async whileAnswering<T>(work: () => Promise<T>): Promise<T> {
    const { stdin } = process;
    // Keys as they are: what is typed does not mix with the answer, and Ctrl-C comes as a key.
    stdin.setRawMode(true);
    const onKeys = (keys: Buffer): void => {
      if (keys.includes(3)) process.emit('SIGINT');
    };
    stdin.on('data', onKeys);
    stdin.resume();
    try {
      return await work();
    } finally {
      stdin.off('data', onKeys);
      stdin.pause();
      stdin.setRawMode(false);
    }
  }

  close(): void {
    process.off('exit', endPaste);
    endPaste();
    if (this.#isKept) writeHistory(this.#history);
  }

  #line(prompt: string): Promise<string | undefined> {
    process.stdin.pipe(this.#input);
    const editor = createInterface({
      ...{ input: this.#input, output: process.stdout, terminal: true, prompt },
      ...{ history: [...this.#history], historySize: MOST_KEPT, completer: this.#completer },
    });
    editor.on('history', (lines) => {
      this.#history = lines;
    });
    return this.#answerOf(editor).finally(() => {
      editor.close();
      process.stdin.unpipe(this.#input);
      process.stdin.pause();
    });
  }

  #answerOf(editor: Interface): Promise<string | undefined> {
    return new Promise((resolve) => {
      let asked = false;
      editor.once('line', (line) => resolve(withNewLines(line)));
      editor.once('close', () => resolve(undefined));
      editor.on('SIGINT', () => {
        // Once it drops the line, twice in a row on an empty one it ends the chat.
        if (editor.line === '' && asked) return editor.close();
        asked = editor.line === '';
        process.stdout.write(asked ? '\n(Ctrl-C again, Ctrl-D or /exit ends the chat)\n' : '\n');
        editor.write(null, { ctrl: true, name: 'e' });
        editor.write(null, { ctrl: true, name: 'u' });
        editor.prompt();
      });
      editor.prompt();
    });
  }
}

/** The terminal belongs to the shell again. */
const endPaste = (): void => {
  process.stdout.write(PASTE_OFF);
};

function readHistory(): readonly string[] {
  try {
    const lines: unknown = JSON.parse(readText(historyPath()) ?? '[]');
    return Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : [];
  } catch {
    return [];
  }
}

function writeHistory(lines: readonly string[]): void {
  try {
    const kept = lines.filter(({ length }) => length <= MOST_CHARACTERS).slice(0, MOST_KEPT);
    writePrivate(historyPath(), `${JSON.stringify(kept)}\n`);
  } catch {
    // A home that cannot be written must not end a chat with an error.
  }
}
