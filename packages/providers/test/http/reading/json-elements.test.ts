// The elements of one JSON list, each as soon as it has come, however the bytes are cut.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElementDecoder } from '../../../src/http/reading/json-elements.ts';
import { framesIn, readFrames } from '../read-frames.ts';

const read = (chunks: readonly Uint8Array[], limit?: number): unknown[] =>
  readFrames(new ElementDecoder('acme', limit), chunks).map(({ data }) => JSON.parse(data));
const cutAt = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((to, at) => bytes.subarray(places[at], to));
};

const LIST = [
  { text: 'brackets ] } [ { and "quotes" \\ and \\" both', nested: [[{ a: [] }], {}] },
  { text: 'Grüße ☀️ 𝄞' },
  [],
  {},
];

describe('the elements of a list', () => {
  it.each([JSON.stringify(LIST), JSON.stringify(LIST, null, 2), `\uFEFF ${JSON.stringify(LIST)}\n`])(
    'are found in %j',
    (text) => {
      expect(read([Buffer.from(text)])).toEqual(LIST);
    },
  );

  it('may be followed by a failure, which is one of them', () => {
    const text = `${JSON.stringify(LIST)}\n{"error":{"code":503,"details":[{}]}}\n{"b":[]}`;
    const bytes = Buffer.from(text);
    const all = [...LIST, { error: { code: 503, details: [{}] } }, { b: [] }];
    expect(read([bytes])).toEqual(all);
    expect(read(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(all);
  });

  it('are the same wherever the bytes are cut', () => {
    const bytes = Buffer.from(JSON.stringify(LIST, null, 1));
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        expect(read(cutAt(bytes, cuts))).toEqual(LIST);
      }),
    );
  });

  it('are handed out when they are whole, not at the end of the list', () => {
    const decoder = new ElementDecoder('acme');
    expect(framesIn(decoder, Buffer.from('[{"a":1},{"b"'))).toEqual([{ event: 'message', data: '{"a":1}' }]);
    expect(framesIn(decoder, Buffer.from(':2}]')).map(({ data }) => data.trim())).toEqual(['{"b":2}']);
  });

  it('may be long up to a limit, which is named', () => {
    expect(() => read([Buffer.from(`[{"a":"${'x'.repeat(5000)}`)], 1024)).toThrow(/longer than the limit/);
  });
});
