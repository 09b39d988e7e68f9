// Damage to the bytes of an answer: to single ones, to lines, to events, and to values inside a payload.
import fc from 'fast-check';
import { place, shareOf } from './place.ts';
import { withValue } from './values.ts';

/** One damage, as data: so that a failing case can be printed, shrunk and run again. */
export type Mutation =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'flip'; readonly at: number; readonly byte: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: readonly number[] }
  | { readonly kind: 'remove'; readonly at: number; readonly length: number }
  | {
      readonly kind: 'double' | 'drop';
      readonly of: 'event' | 'line';
      readonly at: number;
    }
  | { readonly kind: 'swap'; readonly at: number; readonly with: number }
  | { readonly kind: 'value'; readonly at: number; readonly inside: number; readonly json: string };

const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('\r\n\t :"\\{}[],0').values()));
/** `undefined` is no JSON: the field is left out. */
const VALUES = [
  'undefined',
  'null',
  '""',
  '"x"',
  '0',
  '-1',
  '1e400',
  'true',
  '[]',
  '[null]',
  '{}',
  '{"a":1}',
];

/** Any damage. */
export const anyMutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('flip' as const), at: place, byte }),
  fc.record({ kind: fc.constant('insert' as const), at: place, bytes: fc.array(byte, { maxLength: 12 }) }),
  fc.record({ kind: fc.constant('remove' as const), at: place, length: fc.integer({ min: 1, max: 300 }) }),
  fc.record({
    kind: fc.constantFrom('double' as const, 'drop' as const),
    of: fc.constantFrom('event' as const, 'line' as const),
    at: place,
  }),
  fc.record({ kind: fc.constant('swap' as const), at: place, with: place }),
  fc.record({
    kind: fc.constant('value' as const),
    at: place,
    inside: place,
    json: fc.constantFrom(...VALUES),
  }),
);

const BETWEEN_EVENTS = /(?<=\r\n\r\n|\n\n|\r\r)/;
const BETWEEN_LINES = /(?<=\n|\r(?!\n))/;

/** The bytes after the damage. */
export const mutate = (bytes: Buffer, mutation: Mutation): Buffer => {
  switch (mutation.kind) {
    case 'cut':
      return bytes.subarray(0, shareOf(mutation.at, bytes.length));
    case 'flip': {
      const changed = Buffer.from(bytes);
      if (changed.length > 0) changed[shareOf(mutation.at, changed.length)] = mutation.byte;
      return changed;
    }
    case 'insert': {
      const at = shareOf(mutation.at, bytes.length);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(mutation.bytes), bytes.subarray(at)]);
    }
    case 'remove': {
      const at = shareOf(mutation.at, bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + mutation.length)]);
    }
    default:
      // One character is one byte here.
      return Buffer.from(mutateText(bytes.toString('latin1'), mutation), 'latin1');
  }
};

type TextMutation = Extract<Mutation, { kind: 'double' | 'drop' | 'swap' | 'value' }>;

function mutateText(text: string, mutation: TextMutation): string {
  // An answer in lines of JSON has no blank lines: there a line is an event.
  const byLine = ('of' in mutation && mutation.of === 'line') || !BETWEEN_EVENTS.test(text);
  const parts = text.split(byLine ? BETWEEN_LINES : BETWEEN_EVENTS);
  const first = shareOf(mutation.at, parts.length);
  const part = parts[first] ?? '';
  if (mutation.kind === 'double') parts.splice(first, 0, part);
  if (mutation.kind === 'drop') parts.splice(first, 1);
  if (mutation.kind === 'value') parts[first] = withValue(part, mutation.inside, mutation.json);
  if (mutation.kind === 'swap') {
    const second = shareOf(mutation.with, parts.length);
    parts[first] = parts[second] ?? '';
    parts[second] = part;
  }
  return parts.join('');
}
