// As stream.mjs, without an await at the top: a bundle that is CommonJS could not have it.
import { AsyncClient, Client } from '@g4f/client';

const main = async (baseURL) => {
  const options = { provider: 'openai', baseURL, apiKey: 'sk-test' };
  const params = { model: 'gpt-4', messages: 'Say hello.', stream: true };
  const pieces = { sync: [], async: [] };
  for (const chunk of new Client(options).chat.completions.create(params))
    pieces.sync.push(chunk.choices[0]?.delta.content ?? '');
  for await (const chunk of new AsyncClient(options).chat.completions.create(params))
    pieces.async.push(chunk.choices[0]?.delta.content ?? '');
  console.log(JSON.stringify(pieces));
};
main(process.argv[2]);
