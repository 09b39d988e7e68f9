// The same from CommonJS, where a loop over the synchronous client needs no top-level await.
const { AsyncClient, Client, G4FError } = require('@g4f/client');

const [baseURL] = process.argv.slice(2);
const options = { provider: 'openai', baseURL, apiKey: 'sk-test' };
const params = { model: 'gpt-4', messages: 'Say hello.', stream: true };
const pieces = { sync: [], async: [] };
for (const chunk of new Client(options).chat.completions.create(params)) {
  pieces.sync.push(chunk.choices[0]?.delta.content ?? '');
}
(async () => {
  for await (const chunk of new AsyncClient(options).chat.completions.create(params)) {
    pieces.async.push(chunk.choices[0]?.delta.content ?? '');
  }
  // The ESM build's error, known to the CommonJS build.
  const foreign = new (await import('@g4f/core')).G4FError('x', { code: 'server' });
  console.log(JSON.stringify({ ...pieces, known: foreign instanceof G4FError }));
})();
