// In Jest's jsdom, which has no fetch: Client streams, and AsyncClient says what is missing until it is given.
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

it('says that there is no fetch', async () => {
  const asked = new AsyncClient(options).chat.completions.create({ ...params, stream: false });
  await expect(asked).rejects.toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('has no fetch'),
  });
});
