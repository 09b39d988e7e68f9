// Streams one answer with each client from the address on the command line, and prints what came.
import { AsyncClient, Client } from '@g4f/client';

const [baseURL] = process.argv.slice(2);
const options = { provider: 'openai', baseURL, apiKey: 'sk-test' };
const params = { model: 'gpt-4', messages: 'Say hello.', stream: true };
const pieces = { sync: [], async: [] };
for (const chunk of new Client(options).chat.completions.create(params)) {
  pieces.sync.push(chunk.choices[0]?.delta.content ?? '');
}
for await (const chunk of new AsyncClient(options).chat.completions.create(params)) {
  pieces.async.push(chunk.choices[0]?.delta.content ?? '');
}
console.log(JSON.stringify(pieces));
