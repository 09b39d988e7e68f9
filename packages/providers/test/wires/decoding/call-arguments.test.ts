// Arguments come out once and whole, however their pieces repeat each other; what is no repetition is never dropped.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/http/text/json-text.ts';
import { CallArguments } from '../../../src/wires/decoding/call-arguments.ts';

const joined = (pieces: readonly string[], isPlain = false): string => {
  const all = new CallArguments(isPlain);
  return pieces.map((piece) => all.add(piece)).join('') + all.end('');
};

describe('arguments', () => {
  it.each<[string, readonly string[], string]>([
    ['equal pieces', ['{"a":"', 'ha', 'ha', '"}'], '{"a":"haha"}'],
    ['a piece equal to the end', ['{"a":', '1', '1', '}'], '{"a":11}'],
    ['whole, and again', ['{"a":1}', '{"a":1}'], '{"a":1}'],
    ['whole, and again with other blanks', ['{"a":', '1}', ' { "a" : 1 }\n'], '{"a":1}'],
    ['all so far with each piece', ['{"ci', '{"city":"B', '{"city":"Bonn"}'], '{"city":"Bonn"}'],
    ['a key that is a bracket', ['{"', '{":1}'], '{"{":1}'],
    ['a brace in a text', ['{"a":"}', '{', '"}'], '{"a":"}{"}'],
    ['an escaped quote', ['{"a":"\\', '"}', '{', '"}'], '{"a":"\\"}{"}'],
    ['{} and blanks first', ['{}', ' ', '{"a":1}'], ' {"a":1}'],
    ['{} and blanks alone', ['{}', ''], '{}'],
    ['not JSON', ['{a:', 'a:', '1'], '{a:a:1'],
    ['a list', ['[1]', '[1]'], '[1][1]'],
  ])('%s', (_name, pieces, whole) => {
    expect(joined(pieces)).toBe(whole);
  });

  it('keep numbers apart that JavaScript cannot', () => {
    const its = new CallArguments();
    its.add('{"id":2512292042121000001}');
    expect(its.isRepeatedBy('{"id":2512292042121000001 }')).toBe(true);
    expect(its.isRepeatedBy('{"id":2512292042121000002}')).toBe(false);
    its.add('{"id":2512292042121000002}');
    expect(its.isBroken).toBe(true);
  });

  it('stay whole with blanks behind them, and are none with anything else', () => {
    const its = new CallArguments();
    its.add('{"a":1}');
    expect(its.isWhole).toBe(true);
    for (const blanks of [' ', '\t\r', '\n']) expect(its.add(blanks)).toBe(blanks);
    expect(its.isWhole).toBe(true);
    expect(its.add('{ "a": 1 }')).toBe('');
    its.add('\u0001');
    expect(its.isWhole).toBe(false);
    expect(its.add('{"a":1}')).toBe('{"a":1}');
  });

  it('of a tool without a schema are text, of which nothing is a repetition', () => {
    expect(joined(['{}', '{}', '{"a":1}', '{"a":1}'], true)).toBe('{}{}{"a":1}{"a":1}');
  });

  it.each([
    ...['{"a":1}', '[1,"]",[2]]', '"a\\"b"', '-12.5', 'true', ' [] '],
    ...['{"a":1}}', '[1][2]', '[1', '["]', '"a', '"a""b"', 'truer', '1 1', ']'],
  ])('in pieces of a character are cut where they are no JSON: %s', (whole) => {
    const its = new CallArguments();
    for (let at = 0; at < whole.length; at++) {
      its.add(whole.charAt(at));
      expect(its.isCut).toBe(parseJson(whole.slice(0, at + 1)) === undefined);
    }
    for (const blank of ' \t\n') {
      its.add(blank);
      expect(its.isCut).toBe(parseJson(whole) === undefined);
    }
  });

  it('of any depth are no reason to fail', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const its = new CallArguments();
    expect(its.add(deep) === deep).toBe(true);
    expect(its.add(deep) === '').toBe(true);
    expect(its.isWhole).toBe(false);
  });

  it('are the JSON that was cut, wherever it was, and when the whole follows', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(object, fc.array(fc.nat(), { maxLength: 8 }), (value, cuts) => {
        const whole = JSON.stringify(value);
        const places = [...cuts.map((cut) => cut % whole.length), whole.length].sort((a, b) => a - b);
        // An object that holds itself, cut right there, cannot be told from one that is repeated.
        fc.pre(
          !places.some((to) => whole.slice(to).startsWith(whole.slice(0, to)) && to > 2 && to < whole.length),
        );
        const pieces = places.map((to, at) => whole.slice(places[at - 1] ?? 0, to));
        expect(joined(pieces)).toBe(whole);
        expect(joined([...pieces, whole])).toBe(whole);
        expect(joined([...pieces, JSON.stringify(value, null, 1)])).toBe(whole);
        expect(joined(places.map((to) => whole.slice(0, to)).filter((so) => so.length > 2))).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });
});
