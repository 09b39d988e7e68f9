// Streams one answer with each client, and prints what came: stream.mjs URL [worker's file]
import { AsyncClient, Client } from '@g4f/client';

const [baseURL, workerURL] = process.argv.slice(2);
const options = { provider: 'openai', baseURL, apiKey: 'sk-test', ...(workerURL && { workerURL }) };
const params = { model: 'gpt-4', messages: 'Say hello.', stream: true };
const pieces = { sync: [], async: [] };
for (const chunk of new Client(options).chat.completions.create(params)) {
  pieces.sync.push(chunk.choices[0]?.delta.content ?? '');
}
for await (const chunk of new AsyncClient(options).chat.completions.create(params)) {
  pieces.async.push(chunk.choices[0]?.delta.content ?? '');
}
console.log(JSON.stringify(pieces));
