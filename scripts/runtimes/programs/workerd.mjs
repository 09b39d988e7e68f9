// Streams one answer in workerd, as the test that `workerd test` runs; the address comes by a binding.
import { AsyncClient } from '@g4f/client';

export default {
  async test(_controller, { URL: baseURL }) {
    const client = new AsyncClient({ provider: 'openai', baseURL, apiKey: 'sk-test', env: {} });
    const pieces = [];
    for await (const chunk of client.chat.completions.create({
      model: 'gpt-4',
      messages: 'Say hello.',
      stream: true,
    }))
      pieces.push(chunk.choices[0]?.delta.content ?? '');
    console.log(JSON.stringify({ async: pieces }));
  },
};
