// Where the words of a question go in a template.
import { expect, it } from 'vitest';
import { withWords } from '../src/store/templates.ts';

it.each([
  ['Translate: {{input}}', 'Translate: hi'],
  ['Translate: {{ input }}', 'Translate: hi'],
  ['Check this input', 'Check this input\n\nhi'],
  ['Write {{language}} with an input field', 'Write C with an input field\n\nhi'],
])('%s', (prompt, asked) => {
  expect(withWords({ prompt }, 'hi', { language: 'C' })).toBe(asked);
  expect(withWords({ prompt }, '', { language: 'C' })).toBe(asked.replace(/(?:\n\n)?hi$/, ''));
});
