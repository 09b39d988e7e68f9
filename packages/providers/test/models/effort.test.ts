// The nearest level that a model has: thinking stays thinking, and a service's own word stays as it is.
import { expect, it } from 'vitest';
import { nearestEffort } from '../../src/models/effort.ts';

it.each<[string, readonly string[], string]>([
  ['high', ['low', 'high'], 'high'],
  ['medium', ['low', 'high'], 'low'],
  ['max', ['low', 'medium', 'high'], 'high'],
  ['max', ['none', 'low', 'xhigh'], 'xhigh'],
  ['minimal', ['none', 'medium', 'high'], 'medium'],
  ['none', ['minimal', 'low'], 'minimal'],
  ['none', ['none', 'low'], 'none'],
  ['auto', ['low', 'high'], 'auto'],
])('%s of %j is %s', (wanted, levels, level) => {
  expect(nearestEffort(wanted, levels)).toBe(level);
});
