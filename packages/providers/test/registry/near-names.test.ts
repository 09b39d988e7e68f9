// Names that a misspelt one may have meant.
import { describe, expect, it } from 'vitest';
import { nearNames } from '../../src/registry/near-names.ts';

const NAMES = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'llama-3.3-70b', 'o3', 'DeepSeek-V3'];

describe('nearNames', () => {
  it('puts the nearest first, whatever the case', () => {
    expect(nearNames('gpt-4', NAMES)).toEqual(['gpt-4o', 'gpt-4.1']);
    expect(nearNames('lama-3.3-70B', NAMES)).toEqual(['llama-3.3-70b']);
    expect(nearNames('deepseek-v3', NAMES)).toEqual(['DeepSeek-V3']);
  });

  it('takes no more than were asked for, each once', () => {
    expect(nearNames('gpt-4', [...NAMES, ...NAMES], 1)).toEqual(['gpt-4o']);
    expect(nearNames('gpt-4', [...NAMES, ...NAMES])).toEqual(['gpt-4o', 'gpt-4.1']);
  });

  it('is silent where nothing is near', () => {
    expect(nearNames('claude', NAMES)).toEqual([]);
    expect(nearNames('', NAMES)).toEqual([]);
  });

  it('does not measure what cannot be near: a prompt in place of a name costs nothing', () => {
    // Measured letter by letter it would take minutes.
    expect(nearNames('x'.repeat(100_000_000), NAMES)).toEqual([]);
  });

  it('compares no more characters than a person can mean, however many and long the names are that a service lists', () => {
    // Every character that is compared is counted, by names that cannot be read otherwise.
    let lowered = 0;
    const counted = (name: string): string =>
      Object.assign(Object(name), {
        toLowerCase() {
          lowered += name.length;
          return name.toLowerCase();
        },
      });
    const ids = (length: number) =>
      Array.from({ length: 20_000 }, (_, i) => counted(String(i).padStart(length, 'x')));
    expect(nearNames('y'.repeat(200), ids(195))).toEqual([]);
    expect(lowered).toBe(0);
    expect(nearNames('y'.repeat(100), ids(95))).toEqual([]);
    expect(lowered).toBe(1000 * 95);
  });

  it('finds of long names what differs in a few characters at any place', () => {
    const long = 'accounts/fireworks/models/llama-v3p1-405b-instruct-with-a-long-tail';
    expect(nearNames(long.replace('fireworks', 'firework'), [long])).toEqual([long]);
    expect(nearNames(long.slice(0, -8), [long])).toEqual([long]);
    expect(nearNames(long.slice(8), [long])).toEqual([long]);
    expect(nearNames(long.slice(9), [long])).toEqual([]);
  });
});

it('has nothing for a name of which no character needs to be the same', () => {
  for (const given of ['m', 'x', 'a', ':', '']) expect(nearNames(given, ['o3', 'xai', 'm1'])).toEqual([]);
  expect(nearNames('o4', ['o3', 'gpt'])).toEqual(['o3']);
});
