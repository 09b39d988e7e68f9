// Where a secret begins and ends in a text that holds it in another form: what stands around it stays.
import { expect, it } from 'vitest';
import { hideSecrets } from '../src/secret-forms.ts';

const SECRET = 'sk-secret-value-0123';
const each = (write: (code: string) => string): string =>
  [...SECRET].map((sign) => write(sign.charCodeAt(0).toString(16).padStart(2, '0'))).join('');

it.each([
  ['as it is', SECRET],
  ['in other case', SECRET.toUpperCase()],
  ['in escapes of JSON', each((hex) => `\\u00${hex}`)],
  ['in percent signs', each((hex) => `%${hex}`)],
  ['in entities', each((hex) => `&#x${hex};`)],
  ['in escapes of JSON in an address', each((hex) => `%5Cu00${hex}`)],
  ['in entities in escapes of JSON', each((hex) => `\\u0026#x${hex};`)],
  ['in entities in escapes of JSON in an address', each((hex) => `%5Cu0026#x${hex};`)],
  ['with what is no printable sign in it', [...SECRET].join('%00')],
  ['with escaped blanks in it', [...SECRET].join('\\u0009')],
  ['in entities in entities', each((hex) => `&amp;#x${hex};`)],
  [
    'in decimal entities in two others',
    [...SECRET].map((sign) => `&amp;amp;#${sign.charCodeAt(0)};`).join(''),
  ],
  ['as a list of bytes', JSON.stringify([...Buffer.from(SECRET)]).slice(1, -1)],
  [
    'as a list of bytes that is indented',
    JSON.stringify([...Buffer.from(SECRET)], undefined, 2).slice(4, -2),
  ],
  ['in base64 twice', btoa(btoa(SECRET))],
  ['in base64 twice behind another', btoa(btoa(`user:${SECRET}`))],
  ['in base64 of UTF-16', Buffer.from(SECRET, 'utf16le').toString('base64')],
  ['in base64 of UTF-16, the other end first', Buffer.from(SECRET, 'utf16le').swap16().toString('base64')],
  ['in hexadecimal of UTF-16', Buffer.from(SECRET, 'utf16le').toString('hex')],
  ['in hexadecimal', each((hex) => hex)],
  ['in base64', btoa(SECRET)],
  ['in base64 behind one sign', btoa(`:${SECRET}`)],
  ['in base64 behind two', btoa(`u:${SECRET}`)],
  ['in base64 of addresses', btoa(`ü?>${SECRET}`).replaceAll('+', '-').replaceAll('/', '_')],
])('%s', (_, form) => {
  const [before, after] = ['It says [é%20\\n', '], and ends. %41'];
  expect(hideSecrets(`${before}${form}${after}`, [SECRET], '***')).toMatch(
    /^It says \[é.{0,5}\*\*\*\], and ends\. %41$/,
  );
  expect(hideSecrets(`${before} ${form} ${after}`, [SECRET], '***')).toBe(`${before} *** ${after}`);
});

it('hides nothing that only looks like it', () => {
  const text = `AAAAAAAAAAAAAAAA ${btoa('\0\0\0\0\0\0\0\0')} ${SECRET.slice(0, 7)} ${'\\u0000'.repeat(9)}`;
  expect(hideSecrets(text, [SECRET], '***')).toBe(text);
});
