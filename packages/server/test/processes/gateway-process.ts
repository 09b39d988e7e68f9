// A gateway as a process of its own, in front of a provider that it has in itself: the options of `serve` are its argument, its address
// its first line.
import { serve } from '../../src/index.ts';

const server = await serve({
  port: 0,
  ...JSON.parse(process.argv[2] ?? '{}'),
  client: {
    maxRetries: 0,
    env: {},
    provider: {
      id: 'made-up',
      name: 'made up',
      website: 'https://example.com',
      key: 'none',
      models: { 'model-a': 'model-a' },
      async *chat() {
        yield [{ type: 'answer-start', id: 'answer-1', model: 'm', created: 1 }];
        yield [{ type: 'text-delta', text: 'Hello' }];
        const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
        yield [
          { type: 'usage', usage },
          { type: 'finish', reason: 'stop' },
        ];
      },
    },
  },
});
console.log(server.url);
