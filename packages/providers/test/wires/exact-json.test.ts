// Integers above 2^53 keep their digits between the text that came and the text that is sent.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactPart, parseExact, writeExact } from '../../src/wires/exact-json.ts';

describe('an integer', () => {
  it.each([
    ['2512292042121000001', 2512292042121000001n],
    ['-9007199254740993', -9007199254740993n],
    ['123456789012345678901234567890', 123456789012345678901234567890n],
    ['9007199254740991', 9007199254740991],
    ['1', 1],
  ])('%s is read with its digits', (text, value) => {
    expect(parseExact(text)).toBe(value);
    expect(writeExact(value)).toBe(text);
  });

  it.each([
    ['"2512292042121000001"'],
    ['{"2512292042121000001":1}'],
    ['["a\\"2512292042121000001",0.12345678901234568]'],
    ['[1.2345678901234567e+30]'],
  ])('%s holds none, and stays as it is', (text) => {
    expect(JSON.stringify(parseExact(text))).toBe(text);
  });

  it.each(['{1234567890123456789:0}', '01234567890123456789', '[1234567890123456789', ''])(
    '%j is not JSON, and does not become it',
    (text) => {
      expect(parseExact(text)).toBeUndefined();
    },
  );

  it('is written wherever it stands, and nothing else is changed', () => {
    const integer = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n });
    const written = fc.letrec((tie) => ({
      value: fc.oneof(
        integer.map(String),
        fc.string().map((text) => JSON.stringify(text)),
        fc.array(tie('value')).map((items) => `[${items.join(',')}]`),
        fc
          .uniqueArray(
            fc.tuple(
              fc.string({ minLength: 1 }).filter((name) => !/^\d+$/.test(name)),
              tie('value'),
            ),
            {
              selector: ([name]) => name,
            },
          )
          .map(
            (fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`,
          ),
      ),
    })).value;
    fc.assert(
      fc.property(written, (text) => {
        expect(writeExact(parseExact(text))).toBe(text);
      }),
    );
  });
});

describe('a part of a payload', () => {
  const text =
    '{"calls":[{"args":{"id":1}},{"args":{"id":2512292042121000001,"ids":[9007199254740993, 7]}}]}';
  const payload: unknown = JSON.parse(text);
  const parts = payload as { readonly calls: readonly { readonly args: unknown }[] };

  it('has the digits of its own place', () => {
    expect(parts.calls.map(({ args }) => writeExact(exactPart(args, payload, text)))).toEqual([
      '{"id":1}',
      '{"id":2512292042121000001,"ids":[9007199254740993,7]}',
    ]);
  });

  it('has them where the payload is one of a list', () => {
    const args = parts.calls[1]?.args;
    expect(writeExact(exactPart(args, payload, `[{"a":1},${text}]`))).toContain('2512292042121000001');
    expect(writeExact(exactPart(args, payload, '[1]'))).toBe(JSON.stringify(args));
  });

  it('is written as it was parsed where the text is not known', () => {
    expect(writeExact(exactPart({ id: 2 ** 60 }, {}, undefined))).toBe('{"id":1152921504606847000}');
    expect(writeExact(exactPart({ id: 2 ** 60 }, {}, '{}'))).toBe('{"id":1152921504606847000}');
  });
});
