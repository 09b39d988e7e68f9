// Azure OpenAI answers at the caller's own resource, whose address people have in several forms.
import { expect, it } from 'vitest';
import azure from '../../src/backends/azure-openai.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

const KEY = 'azure-secret-1';
const ask = (context: ReturnType<typeof createFakeContext>) =>
  collect(azure.chat({ model: 'my-deployment', messages: [], stream: true, max_tokens: 9 }, context));

it.each([
  'https://res.openai.azure.com',
  'https://res.openai.azure.com/',
  ' https://res.openai.azure.com/openai/v1/ ',
  'res.openai.azure.com',
  'res.openai.azure.com/openai/deployments/d?api-version=2024-10-21',
  'https://res.openai.azure.com/openai/deployments/d/?api-version=2024-10-21',
  'https://res.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
])('finds its place from %j', async (AZURE_OPENAI_ENDPOINT) => {
  const context = createFakeContext(HELLO, { env: { AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY: KEY } });
  await ask(context);
  const [request] = context.requests;
  expect(request?.url).toBe('https://res.openai.azure.com/openai/v1/chat/completions');
  expect(request?.headers).toMatchObject({ 'api-key': KEY });
  expect(request?.headers).not.toHaveProperty('authorization');
  expect(JSON.parse(request?.body ?? '')).toMatchObject({ model: 'my-deployment', max_completion_tokens: 9 });
});

it.each([
  [
    'https://gateway.example/team/openai/deployments/d?api-version=2024-10-21',
    'https://gateway.example/team/openai/v1',
  ],
  ['https://gateway.example/team/', 'https://gateway.example/team/openai/v1'],
  ['https://res.services.ai.azure.com/api/projects/p', 'https://res.services.ai.azure.com/openai/v1'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/openai/v1'],
])('%s leads to %s', async (AZURE_OPENAI_ENDPOINT, base) => {
  const context = createFakeContext(HELLO, { env: { AZURE_OPENAI_ENDPOINT }, apiKey: KEY });
  await ask(context);
  expect(context.requests[0]?.url).toBe(`${base}/chat/completions`);
});

it('goes to the address that the caller gives, without a resource', async () => {
  const context = createFakeContext(HELLO, { apiKey: KEY, baseURL: 'https://gateway.example/azure/v1' });
  await ask(context);
  expect(context.requests[0]?.url).toBe('https://gateway.example/azure/v1/chat/completions');
});

it.each([
  ['the resource is not known', undefined],
  ['the resource is not known', ''],
  ['AZURE_OPENAI_ENDPOINT is no URL', 'res'],
  ['AZURE_OPENAI_ENDPOINT is no URL', 'ftp://res.openai.azure.com'],
])('says that %s (%j), and sends nothing', async (words, AZURE_OPENAI_ENDPOINT) => {
  const context = createFakeContext(HELLO, { env: { AZURE_OPENAI_ENDPOINT }, apiKey: KEY });
  const message = `azure-openai: ${words}. Set AZURE_OPENAI_ENDPOINT to https://<resource>.openai.azure.com, or pass baseURL.`;
  await expect(ask(context)).rejects.toMatchObject({ code: 'invalid-request', message });
  expect(context.requests).toEqual([]);
});

it('refuses variations of an image before anything is sent: no page of Azure’s has them', async () => {
  const context = createFakeContext(HELLO, { apiKey: KEY, baseURL: 'https://gateway.example/azure/v1' });
  const asked = { model: 'my-deployment', task: 'variation', image: [] } as const;
  const read = async () => {
    for await (const _ of azure.image?.(asked, context) ?? []);
  };
  await expect(read()).rejects.toMatchObject({ code: 'invalid-request', scope: 'provider' });
  expect(context.requests).toEqual([]);
});
