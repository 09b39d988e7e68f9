// What is found in texts: keys, addresses, numbers; and what merely looks a little like them.
import { describe, expect, it } from 'vitest';
import type { PrivateKind } from '../../src/redaction/options.ts';
import { Placeholders } from '../../src/redaction/placeholders.ts';
import { redactionOf } from '../../src/redaction/redaction-of.ts';

const ALL: readonly PrivateKind[] = ['key', 'email', 'phone', 'card'];
const hide = (text: string): string => new Placeholders(redactionOf(ALL, [])).hide(text);

describe('withRedaction finds', () => {
  it.each([
    ['write to ann.o-neil+x@mail.example.co.uk.', 'write to [EMAIL_1].'],
    ["'ann@example.com', <ann@example.com>", "'[EMAIL_1]', <[EMAIL_1]>"],
    ['müller@bücher.de and 用户@例子.公司', '[EMAIL_1] and [EMAIL_2]'],
    ['x@y, @ann, a@b.1, 5 @ 3.50', 'x@y, @ann, a@b.1, 5 @ 3.50'],
  ])('e-mail addresses: %s', (text, hidden) => expect(hide(text)).toBe(hidden));

  it.each([
    ['card 4111 1111 1111 1111 exp 12/27', 'card [CARD_1] exp 12/27'],
    ['4111-1111-1111-1111', '[CARD_1]'],
    ['378282246310005, 5555555555554444', '[CARD_1], [CARD_2]'],
    ['4111 1111 1111 1112', '4111 1111 1111 1112'],
    ['at 1764439200000 ms', 'at 1764439200000 ms'],
  ])('cards: %s', (text, hidden) => expect(hide(text)).toBe(hidden));

  it.each([
    ['call +49 170 1234567, please', 'call [PHONE_1], please'],
    ['+1 (555) 123-4567 or (555) 123-4567', '[PHONE_1] or [PHONE_2]'],
    ['555-234-5678 / 0171/123 45 67 / 0049 171 1234567', '[PHONE_1] / [PHONE_2] / [PHONE_3]'],
    ['0612345678', '[PHONE_1]'],
    [
      '2026-11-29 10:30, 01.02.2026 10:30, 10.0.0.1, 3.14159265358',
      '2026-11-29 10:30, 01.02.2026 10:30, 10.0.0.1, 3.14159265358',
    ],
    ['0.0123456789, order 5551234567, v1.2.3-4', '0.0123456789, order 5551234567, v1.2.3-4'],
  ])('phone numbers: %s', (text, hidden) => expect(hide(text)).toBe(hidden));

  it.each([
    ['OPENAI_API_KEY=sk-proj-abcdefghijkl', 'OPENAI_API_KEY=[KEY_1]'],
    ['authorization: Bearer abcdefgh12345678', 'authorization: Bearer [KEY_1]'],
    ['{"password": "correct horse"}', '{"password": "[KEY_1]"}'],
    ['password: hunter22', 'password: [KEY_1]'],
    ['https://ann:hunter2@db.example.com/x', 'https://[EMAIL_1]/x'],
    ['DB_PASSWORD=correcthorse', 'DB_PASSWORD=[KEY_1]'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----[KEY_1]-----END RSA PRIVATE KEY-----',
    ],
    [
      'const token = readToken(); password = request.body.password',
      'const token = readToken(); password = request.body.password',
    ],
    ['max_tokens: 1000, the key: a metaphor', 'max_tokens: 1000, the key: a metaphor'],
  ])('keys: %s', (text, hidden) => expect(hide(text)).toBe(hidden));
});
