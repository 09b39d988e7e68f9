// Messages in the place of deltas: no word lost, none said twice, whichever way a service means them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageTexts } from '../../../src/wires/decoding/message-texts.ts';
import { openaiChat } from '../../../src/wires/openai-chat/index.ts';
import { DONE, says, sse } from '../acme.ts';
import { folded, hearWire, textOf } from '../hear-wire.ts';

const joined = (texts: readonly string[]): string => {
  const messages = new MessageTexts();
  return texts.map((text) => messages.add(text)).join('') + messages.end();
};

describe('messages', () => {
  it.each<[string, readonly string[], string]>([
    ['of pieces', ['Hel', 'lo'], 'Hello'],
    ['of pieces that repeat each other', ['ha', 'ha', 'haha', '!'], 'hahahaha!'],
    ['of pieces that begin with the one before', [' ', ' a', 'b'], '  ab'],
    ['of pieces that are one word', ['ha', 'haha'], 'hahaha'],
    ['of pieces, the last as all before it', ['ha', 'ho', 'haho', '!'], 'hahohaho!'],
    ['of pieces, and all of them', ['ha', 'ho', 'haho'], 'haho'],
    ['of pieces, and more than all of them', ['Hel', 'lo', 'Hello!'], 'Hello!'],
    ['of pieces, and all of one word', ['ha', 'x', 'hax', ''], 'hax'],
    ['of all so far', ['H', 'He', 'Hel', 'Hell', 'Hello'], 'Hello'],
    ['of all so far, in two', ['Hel', 'Hello'], 'Hello'],
    ['of all so far, some of them again', ['H', 'H', 'He', 'He', 'Hel', 'Hel'], 'Hel'],
    ['of nothing', ['', ''], ''],
  ])('%s', (_name, texts, whole) => {
    expect(joined(texts)).toBe(whole);
  });

  it('wait no longer than it takes to know', () => {
    const messages = new MessageTexts();
    expect(['Hi', 'Hi the', 'Hi there', 'Hi there.'].map((text) => messages.add(text))).toEqual([
      'Hi',
      '',
      ' there',
      '.',
    ]);
    const pieces = new MessageTexts();
    expect(['\n', '\n\n', 'Hi', ' all'].map((text) => pieces.add(text))).toEqual([
      '\n',
      '',
      '\n\nHi',
      ' all',
    ]);
  });

  it('that take back what they said are an error', async () => {
    const heard = await hear(['H', 'He', 'Hel', 'Bye']);
    expect([textOf(heard), heard.error?.code]).toEqual(['Hel', 'bad-response']);
  });

  it('of all so far are the text, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 9 }), (pieces) => {
        const all = pieces.map((_, at) => pieces.slice(0, at + 1).join(''));
        const whole = pieces.join('');
        const word = pieces[0] ?? '';
        // The same word again and again may be pieces as well.
        fc.pre(pieces.length === 1 || whole.replaceAll(word, '') !== '');
        expect(joined(all)).toBe(whole);
      }),
    );
  });
});

const message = (content: unknown, more: object = {}, finish_reason: string | null = null): unknown => ({
  choices: [{ index: 0, message: { role: 'assistant', content, ...more }, finish_reason }],
});
const hear = (texts: readonly unknown[]) =>
  hearWire(openaiChat, sse(...texts.map((text) => message(text)), message('', {}, 'stop'), DONE));

describe('in a stream, messages', () => {
  it('of all so far hold reasoning, calls and parts as well', async () => {
    const call = (text: string) => ({ type: 'function', function: { name: 'f', arguments: text } });
    const heard = await hearWire(
      openaiChat,
      sse(
        message('', { reasoning_content: 'h' }),
        message('', { reasoning_content: 'hm' }),
        message([{ type: 'text', text: 'a' }], { reasoning_content: 'hm.' }),
        message([{ type: 'text', text: 'ab' }], { reasoning_content: 'hm.', tool_calls: [call('{"a"')] }),
        message('abc', { reasoning_content: 'hm.', tool_calls: [call('{"a":1}'), call('{"a":2}')] }),
        message(
          'abc',
          { reasoning_content: 'hm.', tool_calls: [call('{"a":1}'), call('{"a":2}')] },
          'tool_calls',
        ),
        DONE,
      ),
    );
    expect(heard.error).toBeUndefined();
    const { message: said } = (await folded(heard)).choices[0] ?? {};
    expect([said?.content, said?.reasoning]).toEqual(['abc', 'hm.']);
    expect(said?.tool_calls?.map(({ function: fn }) => fn.arguments)).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('may wait, and are said before deltas that follow them, and at a bad end', async () => {
    const followed = await hearWire(
      openaiChat,
      sse(message('Hi'), message('Hi the'), says('re', 'stop'), DONE),
    );
    expect(textOf(followed)).toBe('Hi there');
    const broken = await hearWire(openaiChat, sse(message('Hi'), message('Hi the')), { breaks: true });
    expect([textOf(broken), broken.error?.code]).toEqual(['Hi the', 'network']);
  });
});
