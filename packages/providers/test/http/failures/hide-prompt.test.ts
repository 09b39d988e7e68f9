// What a caller said is not repeated in an error, however a service repeats it.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { excerpt } from '../../../src/http/failures/excerpt.ts';
import { hidePrompt } from '../../../src/http/failures/hide-prompt.ts';

const PROMPT = 'My diagnosis is secret:\n"Müller, 1979" — tell nobody.';
const messages = [
  { role: 'system', content: 'You are a helpful doctor of rare diseases.' },
  { role: 'user', content: [{ type: 'text', text: PROMPT }] },
];

describe('the time it takes', () => {
  afterEach(() => void vi.restoreAllMocks());

  /** How many characters of texts are looked at, as far as these ways of looking tell. */
  function charactersLookedAt(work: () => void): number {
    let sum = 0;
    const { charCodeAt, includes, indexOf, replaceAll } = String.prototype;
    const counted = <A extends unknown[], R>(method: (this: string, ...args: A) => R, isOne = false) =>
      function (this: string, ...args: A): R {
        sum += isOne ? 1 : this.length;
        return method.apply(this, args);
      };
    vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(counted(charCodeAt, true));
    vi.spyOn(String.prototype, 'includes').mockImplementation(counted(includes));
    vi.spyOn(String.prototype, 'indexOf').mockImplementation(counted(indexOf));
    vi.spyOn(String.prototype, 'replaceAll').mockImplementation(counted(replaceAll));
    const { fill } = Uint8Array.prototype;
    vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (this: Uint8Array, value, from, to) {
      sum += (to ?? this.length) - (from ?? 0);
      return fill.call(this, value, from, to);
    });
    work();
    vi.restoreAllMocks();
    return sum;
  }

  it.each([
    ['dashes', '-'.repeat(300_000), `${'-'.repeat(15)}b`.repeat(37)],
    ['one letter', 'a'.repeat(300_000), 'a'.repeat(600)],
    ['what has nothing in common with it', '0123456789'.repeat(5000), 'abcdefghij '.repeat(50)],
  ])('is that of reading a long text once: %s', (_, content, line) => {
    expect(charactersLookedAt(() => hidePrompt(line, [{ content }]))).toBeLessThan(4 * content.length);
  });

  it.each([
    ['one and the same', () => 'aaaaaaaa', 'a'.repeat(600)],
    ['different ones', (at: number) => String(10_000_000 + at), '1000'.repeat(150)],
    ['different ones of all lengths', (at: number) => 'a'.repeat(5 + (at % 11)) + at, 'a'.repeat(600)],
  ])('is that of reading very many short texts once: %s', (_, textAt, line) => {
    const content = Array.from({ length: 5000 }, (_, at) => ({ type: 'text', text: textAt(at) }));
    const said = content.reduce((sum, { text }) => sum + text.length, 0);
    expect(charactersLookedAt(() => hidePrompt(line, [{ content }]))).toBeLessThan(4 * said);
  });

  it('is not that of a chain of generators where texts stand very deep, or in each other', () => {
    let content: unknown = 'a text of the innermost';
    for (let depth = 0; depth < 50_000; depth++) content = { content: [content, content] };
    expect(hidePrompt('refused: a text of the innermost', [content])).toBe('refused: [prompt]');
  });
});

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

  it('is not shown either where a long text repeats it again and again', () => {
    const text = 'again and again the same words of twenty '.repeat(50_000);
    expect(hidePrompt(`refused: ${text.slice(0, 60)}`, { input: [text] })).toBe('refused: [prompt]');
  });

  it('is not shown either where its lines are broken in another way, or its escapes are its own', () => {
    const content = 'a pattern of mine:\n\n  /\\n\\t\\u00e9/ and no other';
    for (const repeated of [content.replace(/\s+/g, '\n'), content, JSON.stringify(content).slice(1, -1)])
      expect(hidePrompt(`refused: ${repeated}!`, [{ content }])).toBe('refused: [prompt]!');
  });

  it.each([
    ['blanks of no width', 'ฉัน\u200bป่วย\u200bหนักและไม่บอกใคร'],
    ['marks of direction', '\u200fאני\u200f חולה\u202a מאוד ולא מספר לאיש\u202c'],
    ['controls', 'my patient\0 is Zoe\u0001 Quill\u0085 of the harbour'],
    [
      'colours of a terminal',
      'my \u001b[31mpatient\u001b[0m is \u001b]0;Zoe\u0007Quill \u009b1mof the harbour',
    ],
    ['tags that nobody sees', 'my patient\u{e0041} is\u{e0042}\u{e007f} Zoe Quill of the harbour'],
  ])('is not shown where it has %s in it', (_, content) => {
    const ascii = JSON.stringify(content).replace(
      /[^ -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    for (const repeated of [content, JSON.stringify(content).slice(1, -1), ascii.slice(1, -1)]) {
      const shown = excerpt(`refused: (${repeated})`, { messages: [{ content }] });
      expect(shown).toContain('[prompt]');
      expect(shown).not.toMatch(/ป่วย|บอก|אני|מספר|patient|Zoe|Quill|harbour/);
    }
  });

  it('is not shown where the service left out what nobody sees', () => {
    const content = 'ฉัน\u200bป่วย\u200bหนักและไม่บอกใคร';
    expect(excerpt(`refused: ${content.replaceAll('\u200b', '')}!`, { messages: [{ content }] })).toBe(
      'refused: [prompt]!',
    );
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
