// Places that a service counts in bytes → places in a JavaScript string.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Utf8Places } from '../../../src/wires/decoding/utf8-places.ts';

it('finds what stands between two bytes, however the text came', () => {
  const unit = fc.oneof(fc.constantFrom('a', 'ü', '€', '😀'), fc.constant('x'.repeat(700)));
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), fc.nat(30), fc.nat(30), (pieces, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const places = new Utf8Places();
      for (const piece of pieces) places.add(piece);
      const before = pieces.slice(0, from).join('');
      const text = pieces.slice(from, to).join('');
      const start = Buffer.byteLength(before);
      expect(places.find(start, start + Buffer.byteLength(text))).toEqual({
        text,
        start: before.length,
        end: before.length + text.length,
      });
    }),
  );
});

it('finds nothing outside the text, inside a character, or backwards', () => {
  const places = new Utf8Places();
  places.add('ü€');
  expect([
    places.find(0, 6),
    places.find(1, 5),
    places.find(2, 0),
    places.find(-1, 2),
    places.find(0.5, 2),
  ]).toEqual(Array.from({ length: 5 }));
});

it('keeps no text that is too long', () => {
  const places = new Utf8Places();
  for (let at = 0; at < 3; at++) places.add('x'.repeat(500_000));
  expect(places.find(0, 1)).toBeUndefined();
});
