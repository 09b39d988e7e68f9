// Ways to change the bytes of an answer: harmless ones, which no reader may notice, and others, which may do anything.
import fc from 'fast-check';

/** A change, as data: so that a failing one can be printed, shrunk and run again. Places are shares from 0 to 1. */
export type Mutation =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'flip'; readonly at: number; readonly byte: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: readonly number[] }
  | { readonly kind: 'remove'; readonly at: number; readonly length: number }
  | { readonly kind: 'double' | 'drop'; readonly event: number }
  | { readonly kind: 'swap'; readonly event: number; readonly with: number }
  | { readonly kind: 'comment'; readonly event: number }
  | { readonly kind: 'line-ends'; readonly ends: readonly string[] };

/** Evenly spread, which doubles are not. */
export const place: fc.Arbitrary<number> = fc.nat(999_999).map((part) => part / 1_000_000);
const byte = fc.nat(255);

/** Any change. */
export const anyMutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('flip' as const), at: place, byte }),
  fc.record({ kind: fc.constant('insert' as const), at: place, bytes: fc.array(byte, { maxLength: 12 }) }),
  fc.record({ kind: fc.constant('remove' as const), at: place, length: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ kind: fc.constantFrom('double' as const, 'drop' as const), event: place }),
  fc.record({ kind: fc.constant('swap' as const), event: place, with: place }),
);

const comment = fc.record({ kind: fc.constant('comment' as const), event: place });
const lineEnds = fc.record({
  kind: fc.constant('line-ends' as const),
  ends: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 4 }),
});

/** A change that means nothing: other line ends, and comments between events. */
export const harmlessMutation: fc.Arbitrary<Mutation> = fc.oneof(comment, lineEnds);

/** How many bytes come at once, by turns. */
export const pieceSizes: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.constant([Number.MAX_SAFE_INTEGER]),
  fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }),
);

const at = (share: number, length: number): number => Math.floor(share * length);
const BETWEEN_EVENTS = /(?<=\r\n\r\n|\n\n|\r\r)/;

/** The bytes after the change. */
export const mutate = (bytes: Buffer, mutation: Mutation): Buffer => {
  switch (mutation.kind) {
    case 'cut':
      return bytes.subarray(0, at(mutation.at, bytes.length));
    case 'flip': {
      const changed = Buffer.from(bytes);
      if (changed.length > 0) changed[at(mutation.at, changed.length)] = mutation.byte;
      return changed;
    }
    case 'insert': {
      const where = at(mutation.at, bytes.length);
      return Buffer.concat([bytes.subarray(0, where), Buffer.from(mutation.bytes), bytes.subarray(where)]);
    }
    case 'remove': {
      const where = at(mutation.at, bytes.length);
      return Buffer.concat([bytes.subarray(0, where), bytes.subarray(where + mutation.length)]);
    }
    default:
      return Buffer.from(mutateText(bytes.toString('latin1'), mutation), 'latin1');
  }
};

type TextMutation = Exclude<Mutation, { kind: 'cut' | 'flip' | 'insert' | 'remove' }>;

/** One character is one byte here. */
function mutateText(text: string, mutation: TextMutation): string {
  // An answer in lines of JSON has no blank lines: there a line is an event.
  const events = BETWEEN_EVENTS.test(text) ? text.split(BETWEEN_EVENTS) : text.split(/(?<=\n)/);
  if (mutation.kind === 'line-ends') {
    // The same within an event, because a CR before an LF would be one line end with it.
    const { ends } = mutation;
    return events
      .map((event, line) => event.replace(/\r\n|\n|\r/g, ends[line % ends.length] ?? '\n'))
      .join('');
  }
  const first = at(mutation.event, events.length);
  const event = events[first] ?? '';
  if (mutation.kind === 'comment') events.splice(first, 0, ': still here\n\n');
  if (mutation.kind === 'double') events.splice(first, 0, event);
  if (mutation.kind === 'drop') events.splice(first, 1);
  if (mutation.kind === 'swap') {
    const second = at(mutation.with, events.length);
    events[first] = events[second] ?? '';
    events[second] = event;
  }
  return events.join('');
}
