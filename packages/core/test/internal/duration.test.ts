// Durations in messages are short, and never less than what they stand for.
import { describe, expect, it } from 'vitest';
import { readableDuration } from '../../src/internal/duration.ts';

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [350, '350 ms'],
    [1000, '1 s'],
    [7001, '8 s'],
    [59_001, '1 min'],
    [432_000, '7 min 12 s'],
    [3_599_500, '1 h'],
    [3_720_000, '1 h 2 min'],
    [86_400_000, '24 h'],
  ])('of %d ms is %s', (ms, text) => {
    expect(readableDuration(ms)).toBe(text);
  });
});
