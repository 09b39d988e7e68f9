// The quick look at parameters never passes what the schema would refuse, and passes what most calls are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arePlain } from '../../src/chat/params-fast-path.ts';
import { chatParams } from '../../src/chat/params-schema.ts';
import { readyParams } from '../../src/chat/ready-params.ts';
import { requestOf } from '../../src/chat/request-of.ts';
import type { Fields } from '../../src/options/plain-value.ts';

const odd = fc.constantFrom<unknown>(
  ...[undefined, null, true, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '', 'text', [], {}],
  ...[1n, () => 1, new Date(0), new Map(), [undefined], { deep: { date: new Date(0) } }, { a: [1, 'b'] }],
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
    name: mostly(fc.string()),
    reasoning: mostly(fc.string()),
    cache_control: mostly(fc.jsonValue()),
    function_call: seldom,
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
        ...{ n: seldom, stop: seldom, tools: seldom, tool_choice: seldom, response_format: seldom },
        ...{ logprobs: mostly(fc.boolean()), reasoning_effort: mostly(fc.string()), functions: seldom },
        ...{ stream_options: mostly(fc.record({ include_usage: fc.boolean() })) },
        ...{ x_own: mostly(fc.jsonValue()) },
      },
      some,
    ),
  )
  .map(([needed, more]) => ({ ...needed, ...more }));
const refusedBySchema = (given: Fields): boolean => {
  try {
    const { params } = readyParams(given);
    return !chatParams.safeParse(params).success;
  } catch {
    return true;
  }
};

describe('the quick look', () => {
  it('agrees with the schema wherever it says yes', () => {
    let passed = 0;
    fc.assert(
      fc.property(params, (given) => {
        if (!arePlain(given)) return;
        passed += 1;
        expect(refusedBySchema(given)).toBe(false);
        // And it is sent as it would be then.
        const sent = readyParams(given).params;
        if (arePlain(sent)) expect(requestOf(sent)).toEqual(requestOf(given));
        else expect.unreachable();
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
