// What a client has used is added up for each model apart, in whatever order its attempts end.
import { expect, it } from 'vitest';
import { createBooks } from '../../src/costs/books.ts';

it('adds each attempt to its own model, provider and operation, also where they take turns', () => {
  const books = createBooks();
  const models = [
    { provider: 'groq', model: 'one', operation: undefined },
    { provider: 'groq', model: 'two', operation: undefined },
    { provider: 'openai', model: 'two', operation: undefined },
    { provider: 'openai', model: 'two', operation: 'embed' },
  ] as const;
  for (let turn = 1; turn <= 2; turn += 1)
    for (const [at, model] of models.entries())
      books.add(model, 'whole', { prompt_tokens: at + 1, completion_tokens: 0, total_tokens: at + 1 });
  const { total, models: told } = books.report();
  expect(total).toMatchObject({ attempts: 8, prompt_tokens: 20 });
  expect(told.map(({ provider, model, prompt_tokens }) => [provider, model, prompt_tokens])).toEqual([
    ['groq', 'one', 2],
    ['groq', 'two', 4],
    ['openai', 'two', 6],
    ['openai', 'two', 8],
  ]);
});
