// In a pseudo-terminal, as a person sees it: chats, comparisons, Ctrl-C at each stage, a terminal of 20 columns.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { FAKE_PIECES, type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';
import { startScripted } from './scripted-service.ts';
import { type Home, startInTerminal, withoutEscapes } from './typed.ts';
import { withService } from './with-service.ts';

const ANSWER = FAKE_PIECES.join('');
const hasTerminals = (() => {
  try {
    return execFileSync('script', ['--version']).includes('util-linux');
  } catch {
    return false;
  }
})();

let service: FakeOpenAI;
let home: Home;
withService(startFakeOpenAI, (made) => {
  ({ service, home } = made);
});

/** A command in a terminal, and what waits until it shows something that it has not shown before. */
const open = (args: readonly string[], env = home.env, columns = 80) => {
  const { child, printed, ended } = startInTerminal(args, env, columns);
  let seen = 0;
  const until = (text: string): Promise<void> =>
    expect
      .poll(() => withoutEscapes(printed.stdout).slice(seen), { message: `until ${text}` })
      .toContain(text)
      .then(() => {
        seen = withoutEscapes(printed.stdout).indexOf(text, seen) + text.length;
      });
  return { type: (keys: string) => child.stdin.write(keys), until, printed, ended };
};

describe.skipIf(!hasTerminals)('in a terminal', () => {
  it('an answer is Markdown with colours, without the escapes of the model, and plain with NO_COLOR', async () => {
    const styled = await startScripted((asked) => {
      asked.say('Some **bold** text\u001b[2J here.');
      asked.end();
    });
    const env = { ...home.env, OPENAI_BASE_URL: styled.url };
    const { stdout, code } = await startInTerminal(['-q', 'hi'], env).ended;
    expect(code).toBe(0);
    expect(stdout).toContain('Some \u001b[1mbold\u001b[22m text[2J here.');
    const colourless = await startInTerminal(['-q', 'hi'], { ...env, NO_COLOR: '1' }).ended;
    expect(colourless.stdout).toContain('Some bold text[2J here.');
    await styled.close();
  });

  it('a chat goes on, completes commands, takes a paste as one message, and ends with Ctrl-D', async () => {
    const chat = open(['chat', '-m', 'gpt-5.4']);
    await chat.until('> ');
    chat.type('hello\r');
    await chat.until(ANSWER);
    await chat.until('> ');
    chat.type('\u001b[200~one\ntwo\nthree\u001b[201~\r');
    await chat.until(ANSWER);
    await chat.until('> ');
    chat.type('/comp\t');
    await chat.until('/compare');
    chat.type(' gpt-5.4-mini\r');
    await chat.until(ANSWER);
    await chat.until('> ');
    chat.type('\u0004');
    expect((await chat.ended).code).toBe(0);
    const [first, second, third] = service.requests.slice(-3).map(({ body }) => body);
    expect(first?.messages).toEqual([{ role: 'user', content: 'hello' }]);
    expect(second?.messages).toEqual([
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: ANSWER },
      { role: 'user', content: 'one\ntwo\nthree' },
    ]);
    expect(third).toMatchObject({
      model: 'gpt-5.4-mini',
      messages: [{}, {}, { content: 'one\ntwo\nthree' }],
    });
  });

  it('Ctrl-C stops the answer and not the chat, and what is typed meanwhile is not mixed in', async () => {
    const left: Promise<void>[] = [];
    const slow = await startScripted((asked) => {
      left.push(asked.left);
      asked.say('the beginning ');
    });
    const chat = open(['chat', '-m', 'gpt-5.4'], { ...home.env, OPENAI_BASE_URL: slow.url });
    await chat.until('> ');
    chat.type('hello\r');
    await chat.until('the beginning');
    chat.type('typed too early');
    chat.type('\u0003');
    await chat.until('stopped.');
    await left[0];
    await chat.until('> ');
    chat.type('/cost\r');
    await chat.until('and what one more answer cost is not known.');
    chat.type('/exit\r');
    expect((await chat.ended).code).toBe(0);
    expect(withoutEscapes(chat.printed.stdout)).not.toContain('typed too early');
    await slow.close();
  });

  it('Ctrl-C on an empty line asks once, and then ends the chat', async () => {
    const chat = open(['chat', '-m', 'gpt-5.4']);
    await chat.until('> ');
    chat.type('half a message\u0003');
    await chat.until('> ');
    chat.type('\u0003');
    await chat.until('Ctrl-C again');
    chat.type('\u0003');
    expect((await chat.ended).code).toBe(0);
  });

  it('models answer side by side, also in a terminal of 20 columns, and the other screen is left', async () => {
    const args = ['compare', '-m', 'gpt-5.4', '-m', 'gpt-5.4-mini', 'hi'];
    const { stdout, code } = await startInTerminal(args, home.env, 20).ended;
    expect(code).toBe(0);
    const [other = '', usual = ''] = stdout.split('\u001b[?1049l');
    expect(other).toContain('\u001b[?1049h');
    expect(withoutEscapes(usual)).toContain(`== gpt-5.4-mini\n${ANSWER}`);
  });

  it('Ctrl-C keeps what came of a comparison, and does not call it failed', async () => {
    const slow = await startScripted((asked) => asked.say('the beginning'));
    const args = ['compare', '-m', 'gpt-5.4', '-m', 'gpt-5.4-mini', 'hi'];
    const compared = open(args, { ...home.env, OPENAI_BASE_URL: slow.url });
    await compared.until('the beginning');
    await compared.until('the beginning');
    compared.type('\u0003');
    const { code, stdout } = await compared.ended;
    expect(code).toBe(130);
    const [, usual = ''] = stdout.split('\u001b[?1049l');
    expect(withoutEscapes(usual).replaceAll('\r', '')).toContain(
      '== gpt-5.4-mini\nthe beginning\n(stopped)\n',
    );
    expect(withoutEscapes(usual)).toMatch(/gpt-5\.4-mini +stopped/);
    expect(usual).not.toMatch(/failed|the caller/);
    await slow.close();
  });

  it('Ctrl-C where a key is asked for: 130', async () => {
    const keys = open(['keys', 'set', 'groq', '--in', 'file']);
    await keys.until('Key of groq:');
    keys.type('\u0003');
    expect((await keys.ended).code).toBe(130);
  });

  it('a key is asked for, and not shown', async () => {
    const keys = open(['keys', 'set', 'groq', '--in', 'file']);
    await keys.until('Key of groq:');
    keys.type('gsk-0123456789-secret\r');
    await keys.until('is kept in');
    const { code, stdout } = await keys.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain('secret');
  });
});
