// Where the text of an answer goes while it comes: as Markdown to a terminal, as it is to a pipe.
import { columns, isTerminal, out } from '../terminal/output.ts';
import { plainText } from '../terminal/plain-text.ts';
import { spin } from '../terminal/spinner.ts';
import { painterOf } from '../terminal/style.ts';

/** Takes the pieces of an answer. */
export interface ShownAnswer {
  write(piece: string): Promise<void>;
  /** Shows what was held back, and ends the line, because something else is told now; more may follow. */
  pause(): Promise<void>;
  /** Shows what was held back, and ends the last line. */
  end(): Promise<void>;
}

/**
 * @param model named while its first words are waited for.
 * @param raw Markdown is shown as the model wrote it.
 */
export const showAnswer = async (model: string, raw: boolean): Promise<ShownAnswer> => {
  const stopSpinning = spin(`${model} …`);
  // A pipe needs no Markdown.
  const loaded = isTerminal() && !raw ? await import('../terminal/markdown.ts') : undefined;
  const newMarkdown = () => loaded && new loaded.MarkdownStream(painterOf(process.stdout), columns);
  let markdown = newMarkdown();
  const asShown = isTerminal() ? plainText : (text: string): string => text;
  let last = '';
  const print = async (text: string): Promise<void> => {
    if (text === '') return;
    stopSpinning();
    last = text.at(-1) ?? last;
    await out(text);
  };
  const end = async (): Promise<void> => {
    stopSpinning();
    await print(markdown?.end() ?? '');
    if (last !== '' && last !== '\n') await print('\n');
  };
  return {
    write: (piece) => print(markdown?.write(piece) ?? asShown(piece)),
    async pause() {
      // In a pipe nothing else is told on stdout: the text stays as the model wrote it.
      if (!isTerminal()) return stopSpinning();
      await end();
      markdown = newMarkdown();
    },
    end,
  };
};

/** Nothing is shown. */
export const HIDDEN: ShownAnswer = {
  write: async () => {},
  pause: async () => {},
  end: async () => {},
};
