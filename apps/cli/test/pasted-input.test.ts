// A paste is one message, wherever the terminal's marks are cut.
import { expect, it } from 'vitest';
import { PastedInput, withNewLines } from '../src/chatting/pasted-input.ts';

const typed = async (pieces: readonly string[]): Promise<string> => {
  const input = new PastedInput(process.stdin);
  let text = '';
  input.on('data', (piece) => {
    text += piece;
  });
  for (const piece of pieces) input.write(piece);
  await new Promise<void>((resolve) => input.end(resolve));
  return text;
};

const PASTE = 'a\u001b[200~one\r\ntwo\nthree\u001b[201~\r';

it('turns ends of lines into a sign, and back', async () => {
  expect(await typed([PASTE])).toBe('aone␤two␤three\r');
  expect(withNewLines('one␤two')).toBe('one\ntwo');
});

it('wherever the marks are cut', async () => {
  for (let at = 1; at < PASTE.length; at++) {
    // A single escape is a key, which nothing may hold back.
    if (PASTE[at - 1] === '\u001b') continue;
    expect(await typed([PASTE.slice(0, at), PASTE.slice(at)])).toBe('aone␤two␤three\r');
  }
});
