// Where the text of an answer goes while it comes: as Markdown to a terminal, as it is to a pipe.
import { MarkdownStream } from '../terminal/markdown.ts';
import { columns, isTerminal, out } from '../terminal/output.ts';
import { plainText } from '../terminal/plain-text.ts';
import { spin } from '../terminal/spinner.ts';
import { painterOf } from '../terminal/style.ts';

/** Takes the pieces of an answer. */
export interface ShownAnswer {
  write(piece: string): Promise<void>;
  /** Shows what was held back, and ends the last line. */
  end(): Promise<void>;
}

/**
 * @param model named while its first words are waited for.
 * @param raw Markdown is shown as the model wrote it.
 */
export const showAnswer = (model: string, raw: boolean): ShownAnswer => {
  const stopSpinning = spin(`${model} …`);
  const markdown = isTerminal() && !raw ? new MarkdownStream(painterOf(process.stdout), columns) : undefined;
  const asShown = isTerminal() ? plainText : (text: string): string => text;
  let last = '';
  const print = async (text: string): Promise<void> => {
    if (text === '') return;
    stopSpinning();
    last = text.at(-1) ?? last;
    await out(text);
  };
  return {
    write: (piece) => print(markdown?.write(piece) ?? asShown(piece)),
    async end() {
      stopSpinning();
      await print(markdown?.end() ?? '');
      if (last !== '' && last !== '\n') await print('\n');
    },
  };
};

/** Nothing is shown. */
export const HIDDEN: ShownAnswer = { write: async () => {}, end: async () => {} };
