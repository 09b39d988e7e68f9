// Numbers keep their digits from one text to the other, and every text that is written can be read.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exactParts,
  parseExactly,
  parseJson,
  parseShown,
  writeJson,
} from '../../../src/http/text/json-text.ts';

describe('numbers that JavaScript would round', () => {
  it.each([
    '{"id":2512292042121000001}',
    '{"a":[-9007199254740993,{"b":0.12345678901234567890}],"c":1e400}',
    '[12345678.1234567890123,9007199254740993,1]',
    '{"text":"2512292042121000001 \\" 9007199254740993","n":9007199254740993}',
    '9007199254740993',
    '[1e-999]',
  ])('%s is written as it was read', (text) => {
    expect(writeJson(parseExactly(text))).toBe(text);
    expect(writeJson({ deep: [parseExactly(text)] })).toBe(`{"deep":[${text}]}`);
  });

  it('are plain numbers where nothing is lost', () => {
    expect(parseExactly('{"a":1.50,"b":9007199254740991,"c":1e3}')).toEqual({
      a: 1.5,
      b: 9007199254740991,
      c: 1000,
    });
  });

  it('leave every other value as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(writeJson(parseExactly(text)))).toEqual(JSON.parse(text));
      }),
    );
    expect(parseExactly('{"id":2512292042121000001')).toBeUndefined();
    expect(parseJson('{')).toBeUndefined();
  });

  it('cannot be forged by a text', () => {
    const marked = parseExactly('[9007199254740993]');
    expect(writeJson('number-:9007199254740993')).toBe('"number-:9007199254740993"');
    expect(writeJson(marked)).toBe('[9007199254740993]');
  });
});

describe('parts of a payload', () => {
  const text =
    '{"calls":[{"args":{"id":1}},{"args":{"id":2512292042121000001,"ids":[9007199254740993, 7, 1e400]}}]}';
  const payload: unknown = JSON.parse(text);
  const [small, big] = (payload as { readonly calls: readonly { readonly args: unknown }[] }).calls.map(
    ({ args }) => args,
  );

  it('have the digits of their own place', () => {
    const parts = exactParts(payload, text);
    expect(parts.has(small)).toBe(false);
    expect(writeJson(parts.get(big))).toBe('{"id":2512292042121000001,"ids":[9007199254740993,7,1e400]}');
  });

  it('are not told where the text is another', () => {
    for (const other of ['[1]', '{}', '']) expect(exactParts(payload, other).size).toBe(0);
  });

  it('are shown with the text of their digits', () => {
    expect(parseShown('{"a":[9007199254740993,1]}')).toEqual({ a: ['9007199254740993', 1] });
    expect(parseShown('{"a":')).toBeUndefined();
  });
});

describe('what is too much', () => {
  it('is no JSON: too deep, or too many values', () => {
    const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseJson(deep(200))).toBeDefined();
    for (const levels of [201, 1_000_000]) expect(parseJson(deep(levels))).toBeUndefined();
    const many = (count: number): string => `[${'0,'.repeat(count)}0]`;
    expect(parseJson(many(999_000))).toBeDefined();
    expect(parseJson(many(1_000_001))).toBeUndefined();
    expect(parseJson(`"${',[{'.repeat(1_000_000)}"`)).toBeDefined();
  });

  it('is a string of nothing but escapes beside a long number', () => {
    const text = `["${'\\n'.repeat(2_000_000)}",9007199254740993]`;
    expect(writeJson(parseExactly(text))).toBe(text);
  });
});

describe('halves of surrogate pairs', () => {
  it.each([
    ['\ud83d', '"\ufffd"'],
    ['a\udc00\udc00b', '"a\ufffd\ufffdb"'],
    ['😀', '"😀"'],
    // What only looks like one stays.
    ['\\ud83d', '"\\\\ud83d"'],
    ['\\\ud83d', '"\\\\\ufffd"'],
    ['{"a":"\\ud83d"}', '"{\\"a\\":\\"\\\\ud83d\\"}"'],
  ])('%j is written as %s', (text, written) => {
    expect(writeJson(text)).toBe(written);
  });

  it('are the only thing that changes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
        expect(JSON.parse(writeJson({ [text]: text }))).toEqual({ [whole]: whole });
      }),
    );
  });
});
