// Streams through both clients in Jest's default, which is CommonJS; the service's address is in G4F_TEST_URL.
const { AsyncClient, Client } = require('@g4f/client');

const options = { provider: 'openai', baseURL: process.env.G4F_TEST_URL, apiKey: 'sk-test' };
const params = { model: 'gpt-4', messages: 'Say hello.', stream: true };
const heard = {};

afterAll(() => require('node:fs').writeFileSync(process.env.G4F_TEST_HEARD, JSON.stringify(heard)));

it('streams through Client', () => {
  heard.sync = [];
  for (const chunk of new Client(options).chat.completions.create(params))
    heard.sync.push(chunk.choices[0]?.delta.content ?? '');
});

it('streams through AsyncClient', async () => {
  heard.async = [];
  for await (const chunk of new AsyncClient(options).chat.completions.create(params))
    heard.async.push(chunk.choices[0]?.delta.content ?? '');
});

it('loads what it needs for odd parameters', async () => {
  const odd = { ...params, stream: false, temperature: null };
  await new AsyncClient(options).chat.completions.create(odd);
});
