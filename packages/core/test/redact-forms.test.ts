// A known key does not survive in a text, whatever form a service gave it; and what is shown steers no terminal.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../src/redact.ts';

const KEY = 'Zq/9v+Lm_2x.Kw-84Rt0pYhN';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Every form by its name. */
const FORMS: Readonly<Record<string, string>> = {
  'as it is': KEY,
  'in base64': base64(KEY),
  'in base64 for addresses': Buffer.from(KEY).toString('base64url'),
  'as the password of Basic': `q ${base64(`user:${KEY}`)}`,
  'as the user of Basic': `q ${base64(`${KEY}:`)}`,
  'with a longer user': base64(`anybody:${KEY}`),
  'with escaped slashes': KEY.replaceAll('/', '\\/'),
  'as JSON in JSON': KEY.replaceAll('/', '\\\\\\/'),
  'as escapes of JSON': [...KEY].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  'URL-encoded': encodeURIComponent(KEY),
  'URL-encoded twice': encodeURIComponent(encodeURIComponent(KEY)),
  'URL-encoded in lower case': encodeURIComponent(KEY).toLowerCase(),
  'as entities of HTML': [...KEY].map((c) => `&#${c.charCodeAt(0)};`).join(''),
  'as entities of HTML in an address': encodeURIComponent(
    [...KEY].map((c) => `&#${c.charCodeAt(0)};`).join(''),
  ),
  'as percent signs in escapes of JSON': [...KEY]
    .map((c) => `\\u0025${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .join(''),
  'as hexadecimal entities': [...KEY].map((c) => `&#x${c.charCodeAt(0).toString(16)};`).join(''),
  'as hexadecimal': Buffer.from(KEY).toString('hex'),
  'as a printed buffer': String(Buffer.from(KEY).toString('hex').match(/../g)?.join(' ')),
  'in upper case': KEY.toUpperCase(),
  'in lower case': KEY.toLowerCase(),
  'cut by a blank': `${KEY.slice(0, 11)} ${KEY.slice(11)}`,
  'cut by a line break': `${KEY.slice(0, 13)}\r\n  ${KEY.slice(13)}`,
  'cut by an escaped line break': `${KEY.slice(0, 13)}\\n${KEY.slice(13)}`,
  'cut by what nobody sees': [...KEY].join('\u200b'),
  'cut by an escape sequence': `${KEY.slice(0, 5)}\u001b[31m${KEY.slice(5)}`,
  'cut by marks of direction': `${KEY.slice(0, 5)}\u202e${KEY.slice(5)}`,
  'cut short': KEY.slice(0, 8),
  'cut short with dots': `${KEY.slice(0, 12)}...`,
  'its end alone': KEY.slice(-9),
};

/** Four characters of it in a row, in any case. */
const isLeft = (text: string, form: string): boolean => {
  for (let at = 0; at + 5 <= form.length; at++) {
    const piece = form.slice(at, at + 5).toLowerCase();
    if (text.toLowerCase().includes(piece)) return true;
  }
  return false;
};

describe('a known key', () => {
  it.each(Object.entries(FORMS))('is not shown %s', (_, form) => {
    for (const [before, after] of [
      ['', ''],
      ['the value "', '" was refused'],
      ['<b>', '</b>'],
      ['see=', '&more=1'],
    ]) {
      const shown = redact(`${before}${form}${after}`, [KEY]);
      expect(isLeft(shown, form), shown).toBe(false);
      expect(shown).toContain('[redacted]');
    }
  });

  it('is not shown wherever the text is cut', () => {
    for (const form of Object.values(FORMS).filter((one) => one.length >= KEY.length)) {
      for (let length = 1; length <= form.length; length++) {
        const shown = redact(`refused ${form.slice(0, length)}`, [KEY]);
        // Eight characters may take six times as many as entities; fewer are no key.
        const left = shown.replace('refused ', '').replace('[redacted]', '');
        expect(left.length, left).toBeLessThanOrEqual(8 * Math.ceil(form.length / KEY.length) + 2);
      }
    }
  });

  it('is never shown, whatever it is', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/+.'.split('');
    const keys = fc.string({ unit: fc.constantFrom(...letters), minLength: 12, maxLength: 120 });
    const around = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(keys, around, around, (key, before, after) => {
        for (const form of [key, base64(key), base64(`u:${key}`), JSON.stringify(key).replaceAll('/', '\\/')])
          expect(redact(`${before}${form}${after}`, [key]).includes(form.slice(4, -4))).toBe(false);
      }),
    );
  });

  it('leaves the rest of the text', () => {
    expect(redact(`The key ${KEY} is wrong, get another.`, [KEY])).toBe(
      'The key [redacted] is wrong, get another.',
    );
    expect(redact('Nothing to hide here: the model does not exist.', [KEY])).toBe(
      'Nothing to hide here: the model does not exist.',
    );
  });
});

describe('what stands where keys stand', () => {
  it.each([
    ['{"api_key":"hunter22x"}', '{"api_key":"[redacted]"}'],
    ['{\\"apiKey\\":\\"hunter22x\\"}', '{\\"apiKey\\":\\"[redacted]\\"}'],
    ['{"token": "abcdefgh"}', '{"token": "[redacted]"}'],
    ["{'key': 'abcdefgh'}", "{'key': '[redacted]'}"],
    ['OPENAI_API_KEY=abcdefgh next', 'OPENAI_API_KEY=[redacted] next'],
    ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=[redacted] psql'],
    ['key: abcd1234efgh', 'key: [redacted]'],
    ['x-api-key: abcd1234efgh', 'x-api-key: [redacted]'],
    ['client_secret=abcdefgh&x=1', 'client_secret=[redacted]&x=1'],
    ['socks5://me:secret@10.0.0.1:1080', 'socks5://[redacted]10.0.0.1:1080'],
    ['postgres://me:sec@ret@db/x', 'postgres://[redacted]db/x'],
    ['http://me:sec/ret@proxy:8080', 'http://[redacted]proxy:8080'],
    ['git+ssh://token@host/x.git', 'git+ssh://[redacted]host/x.git'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
    expect(redact(redact(text))).toBe(expected);
  });

  it.each([
    'Unexpected token: comma at 12',
    'max_tokens=4096 and completion_tokens: 20000000',
    'the key: please set one',
    'http://localhost:8080/@cf/meta/llama',
    'Check it (http://user:password@host:port).',
    'messages[0].role: must be a key of the table',
    'donkey=grey-coloured',
  ])('leaves other words alone: %s', (text) => expect(redact(text)).toBe(text));
});

describe('what steers a terminal', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u009b2Jgone', 'gone'],
    ['\u001b]8;;https://evil\u0007link\u001b]8;;\u0007', 'link'],
    ['\u001b]0;title\u001b\\text', 'text'],
    ['\u001bP1;2|abc\u001b\\text', 'text'],
    ['\u001b(Bplain\u001bc', 'plain'],
    ['back\b\b\bspace\u0000\u007f', 'backspace'],
    ['safe\u202egnp.exe\u2066\u2069\u061c\u200f', 'safegnp.exe'],
    ['hid\u200b\u2060\ufeffden\u{e0041}', 'hidden'],
    ['a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['a\n\tb', 'a\n\tb'],
    ['Grüße, 世界 👩\u200d💻', 'Grüße, 世界 👩\u200d💻'],
  ])('%j is shown as %j', (text, expected) => expect(redact(text)).toBe(expected));

  it('is never shown, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
        expect(redact(text)).not.toMatch(/[\0-\u0008\v-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028]/);
      }),
    );
  });
});
