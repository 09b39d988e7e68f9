// Perplexity has no list of models, and names the pages it has read.
import { expect, it } from 'vitest';
import perplexity from '../../src/backends/perplexity.ts';
import { collect, createFakeContext } from './fake-context.ts';

it('lists the models of its documentation, and asks nobody for them', async () => {
  const context = createFakeContext();
  const list = await perplexity.listModels(context);
  expect(list.map(({ id }) => id)).toEqual(Object.values(perplexity.models));
  expect(list.length).toBeGreaterThan(0);
  expect(context.requests).toEqual([]);
});

it('tells each page once, though every payload repeats them all', async () => {
  const page = { title: 'A page', url: 'https://a.example', date: '2026-01-01' };
  const payload = (content: string, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({
      id: '1',
      model: 'sonar',
      citations: [page.url],
      search_results: [page],
      choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason }],
    })}\r\n\r\n`;
  const body = payload('Yes') + payload(', it is.') + payload('', 'stop');
  const events = await collect(
    perplexity.chat(
      { model: 'sonar', messages: [{ role: 'user', content: 'hi' }], stream: true },
      createFakeContext({ type: 'text/event-stream', body }, { apiKey: 'k' }),
    ),
  );
  expect(events).toEqual([
    { type: 'answer-start', id: '1', model: 'sonar' },
    { type: 'source', url: page.url, title: page.title },
    { type: 'text-delta', text: 'Yes' },
    { type: 'text-delta', text: ', it is.' },
    { type: 'finish', reason: 'stop', rawReason: 'stop' },
  ]);
});
