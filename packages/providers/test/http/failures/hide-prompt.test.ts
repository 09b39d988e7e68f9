// What a caller said is not repeated in an error, however a service repeats it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt } from '../../../src/http/failures/excerpt.ts';
import { hidePrompt } from '../../../src/http/failures/hide-prompt.ts';

const PROMPT = 'My diagnosis is secret:\n"Müller, 1979" — tell nobody.';
const messages = [
  { role: 'system', content: 'You are a helpful doctor of rare diseases.' },
  { role: 'user', content: [{ type: 'text', text: PROMPT }] },
];

describe('what the caller said', () => {
  it.each([
    ['as it is', PROMPT],
    ['as JSON', JSON.stringify(PROMPT)],
    [
      'as JSON in ASCII',
      JSON.stringify(PROMPT).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['with the whole request', JSON.stringify({ model: 'm', messages })],
    ['its beginning', PROMPT.slice(0, 23)],
    ['its end', PROMPT.slice(-26)],
    ['an older message', 'You are a helpful doctor of rare diseases.'],
  ])('is not shown %s', (_, repeated) => {
    const shown = excerpt(`input ${repeated} was refused`, { messages });
    expect(shown).toContain('[prompt]');
    expect(shown).not.toMatch(/diagnosis|1979|nobody|helpful doctor/);
  });

  it('is not shown either where it is longer than what is looked for as it is, wherever in it', () => {
    const secret = 'the patient Zoe Quill, born in 1971, lives at the harbour';
    const filler = Array.from({ length: 60 }, (_, at) =>
      `${at} sheep jumped over the fence of farm ${at}. `.repeat(200),
    );
    for (const input of [[secret, ...filler], [...filler, secret], [filler.join(' ') + secret]]) {
      const shown = excerpt(`input was refused: ${secret}!`, { messages: { input } }, 300);
      expect(shown).toMatch(/^input was refused: ?\[prompt\]!$/);
    }
    const tokens = { input: [[15339, 1917, 374, 264, 5897, 15339, 1917]] };
    expect(excerpt('too long: [15339, 1917, 374, 264, 5897, 15339, 1917]', { messages: tokens })).toBe(
      'too long: [[prompt]]',
    );
  });

  it('leaves nothing of a line that a long text repeats too often to be told apart from', () => {
    const text = 'again and again the same words of twenty '.repeat(50_000);
    expect(hidePrompt(`refused: ${text.slice(0, 60)}`, { input: [text] })).toBe('');
  });

  it('hides nothing else', () => {
    const line = 'The model gpt-9 does not exist for the role assistant: see image_url and content.';
    expect(excerpt(line, { messages })).toBe(line);
    expect(hidePrompt(line, 'no messages')).toBe(line);
    expect(hidePrompt(line, undefined)).toBe(line);
    expect(hidePrompt(line, [null, { content: null }, { content: 'exist' }])).toBe(line);
  });

  it('is never shown, whatever it is', () => {
    const said = fc.string({ minLength: 20, maxLength: 300 }).filter((text) => text.trim().length > 19);
    fc.assert(
      fc.property(said, fc.string(), fc.string(), (content, before, after) => {
        const line = `${before} ${content} ${after}`.replace(/\s+/g, ' ');
        const clean = content.replace(/\s+/g, ' ').trim();
        expect(hidePrompt(line, [{ role: 'user', content }])).not.toContain(clean);
      }),
    );
  });
});
