// The quick look at parameters never passes what the schema would refuse, and passes what most calls are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatParams } from '../src/params-schema.ts';
import { arePlain } from '../src/plain-params.ts';

const odd = fc.constantFrom<unknown>(
  ...[undefined, null, true, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '', 'text', [], {}],
);
/** So much is wrong with a call that is wrong: one thing. */
const mostly = <T>(right: fc.Arbitrary<T>) => fc.oneof({ weight: 9, arbitrary: right }, odd);
const seldom = mostly(fc.constant(undefined));
const some = { requiredKeys: [] };
const message = fc.record(
  {
    role: mostly(fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool', 'robot')),
    content: mostly(fc.string()),
    tool_calls: seldom,
    name: odd,
  },
  { requiredKeys: ['role', 'content'] },
);
const messages = mostly(fc.oneof(fc.string(), fc.array(mostly(message), { minLength: 1, maxLength: 3 })));
const number = mostly(fc.double());
const params = fc
  .tuple(
    fc.record({ model: mostly(fc.string({ minLength: 1 })), messages }),
    fc.record(
      {
        ...{ stream: mostly(fc.boolean()), temperature: number, top_p: number, max_tokens: number },
        ...{ max_completion_tokens: number, seed: number, presence_penalty: number },
        ...{ frequency_penalty: number, user: odd },
        ...{ n: seldom, stop: seldom, tools: seldom },
      },
      some,
    ),
  )
  .map(([needed, more]) => ({ ...needed, ...more }));
const refusedBySchema = (given: unknown): boolean => !chatParams.safeParse(given).success;

describe('the quick look', () => {
  it('agrees with the schema wherever it says yes', () => {
    let passed = 0;
    fc.assert(
      fc.property(params, (given) => {
        if (!arePlain(given)) return;
        passed += 1;
        expect(refusedBySchema(given)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
    expect(passed).toBeGreaterThan(200);
  });

  const hello = { role: 'user', content: 'hi' };
  it.each([
    ['nothing but holes', new Array(3)],
    ['a hole before a message', Object.assign([], { 1: hello })],
    ['a list that looks like a message', [Object.assign([], hello)]],
  ])('doubts messages that are %s, as the schema does', (_, messages) => {
    expect(arePlain({ model: 'm', messages })).toBe(false);
    expect(refusedBySchema({ model: 'm', messages })).toBe(true);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a question as text', { messages: 'hi' }],
    ['a streamed one', { messages: 'hi', stream: true }],
    [
      'a conversation with numbers',
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'hi' },
          { role: 'assistant', content: 'hello' },
          { role: 'user', content: '' },
        ],
        temperature: 0.2,
        max_tokens: 100,
        user: 'me',
      },
    ],
  ])('passes %s', (_, given) => {
    expect(arePlain({ model: 'm', ...given })).toBe(true);
  });
});
