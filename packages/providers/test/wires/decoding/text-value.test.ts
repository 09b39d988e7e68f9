// A text is text in whatever JSON a service writes it; what is none is an error, and never nothing.
import { describe, expect, it } from 'vitest';
import { readTextValue, textOfValue } from '../../../src/wires/decoding/text-value.ts';

describe('the text of a value', () => {
  it.each<[unknown, string | undefined]>([
    ['a', 'a'],
    [1, '1'],
    [-0.5, '-0.5'],
    [false, 'false'],
    [null, ''],
    [undefined, ''],
    [[], ''],
    [{}, ''],
    [['a', 1, ['b', null]], 'a1b'],
    [{ type: 'text', text: 'a' }, 'a'],
    [{ type: 'text', text: null }, ''],
    [[{ type: 'text', text: ['a', 2] }, 'b'], 'a2b'],
    [{ type: 'image', url: 'x' }, undefined],
    [['a', { no: 'text' }], undefined],
  ])('%j is %j', (value, text) => {
    expect(textOfValue(value)).toBe(text);
  });

  it('is not looked for without end', () => {
    expect(textOfValue(JSON.parse(`${'['.repeat(5000)}1${']'.repeat(5000)}`))).toBeUndefined();
  });

  it('that there is not is an error which shows the value, and no key', () => {
    const asked = { provider: 'acme', model: 'm', key: 'acme-secret-1' };
    expect(() => readTextValue({ no: 'acme-secret-1' }, asked)).toThrow(
      expect.objectContaining({ code: 'bad-response', message: expect.stringMatching(/^acme: .*no/) }),
    );
    expect(() => readTextValue({ no: 'acme-secret-1' }, asked)).not.toThrow(/acme-secret-1/);
  });
});
