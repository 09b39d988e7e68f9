// Streams one answer with AsyncClient alone, for where no thread can be, or may be: async.mjs URL
import { AsyncClient } from '@g4f/client';

const [baseURL] = process.argv.slice(2);
const client = new AsyncClient({ provider: 'openai', baseURL, apiKey: 'sk-test' });
const pieces = [];
for await (const chunk of client.chat.completions.create({
  model: 'gpt-4',
  messages: 'Say hello.',
  stream: true,
})) {
  pieces.push(chunk.choices[0]?.delta.content ?? '');
}
console.log(JSON.stringify({ async: pieces }));
