// Places in an answer, as shares from 0 to 1: so that a change shrinks, and means something in answers of any length.
import fc from 'fast-check';

/** Evenly spread, which doubles are not. */
export const place: fc.Arbitrary<number> = fc.nat(999_999).map((part) => part / 1_000_000);

/** The place in something of that length. */
export const shareOf = (share: number, length: number): number => Math.floor(share * length);
