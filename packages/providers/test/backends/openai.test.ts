// OpenAI takes the most tokens of an answer in the newer field only, whichever the caller used.
import { expect, it } from 'vitest';
import openai from '../../src/backends/openai.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

it.each([{ max_tokens: 9 }, { max_completion_tokens: 9 }, { max_tokens: 5, max_completion_tokens: 9 }])(
  'turns %j into max_completion_tokens',
  async (limit) => {
    const context = createFakeContext(HELLO, { apiKey: 'k' });
    await collect(openai.chat({ model: 'o3', messages: [], stream: true, ...limit }, context));
    const body = JSON.parse(context.requests[0]?.body ?? '');
    expect(body.max_completion_tokens).toBe(9);
    expect(body).not.toHaveProperty('max_tokens');
  },
);

it('offers gpt-4 as gpt-4, and as nothing else', () => {
  expect(openai.models['gpt-4']).toBe('gpt-4');
});
