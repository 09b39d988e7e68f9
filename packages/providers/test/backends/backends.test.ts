// What every provider on the shelf says of itself, and where it goes by itself; what it does there, the test kit tells.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ChatRequest, OPERATIONS, type Provider } from '@g4f/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../src/registry/registry.gen.ts';
import { createFakeContext } from './fake-context.ts';

const KEY = 'sk-a-secret-that-nobody-may-read';
const REQUEST: ChatRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'Hi' }],
  stream: true,
  max_tokens: 5,
};

/** What follows the address of a service, by its wire. */
const PATHS: Readonly<Record<string, readonly [chat: string, models: string]>> = {
  'openai-chat': ['/chat/completions', '/models'],
  'openai-responses': ['/responses', '/models'],
  'anthropic-messages': ['/messages', '/models?limit=1000'],
  gemini: ['/models/m:streamGenerateContent?alt=sse', '/models?pageSize=1000'],
  'ollama-chat': ['/api/chat', '/api/tags'],
  'cohere-chat': ['/chat', '/../v1/models?page_size=1000'],
  'replicate-prediction': ['/models/m/predictions', '/collections/language-models'],
  deepgram: ['/speak?model=m', ''],
  elevenlabs: ['/text-to-speech/v/stream?output_format=mp3_44100_128', ''],
};
/** Headers that carry the key, where it is not `authorization: Bearer`. */
const KEY_HEADERS: Readonly<Record<string, string>> = {
  anthropic: 'x-api-key',
  'azure-openai': 'api-key',
  elevenlabs: 'xi-api-key',
  gemini: 'x-goog-api-key',
  'black-forest-labs': 'x-key',
};

interface Departure {
  /** Where it answers once its settings, and its key, are there. */
  readonly base?: string;
  readonly models?: string;
  /** What follows the address, where the service has neither chat nor embeddings. */
  readonly path?: string;
}
const ACCOUNT = 'https://api.cloudflare.com/client/v4/accounts/acc/ai/v1';
const DEPARTURES: Readonly<Record<string, Departure>> = {
  pollinations: { base: 'https://gen.pollinations.ai/v1' },
  'github-models': { models: 'https://models.github.ai/catalog/models' },
  cloudflare: { base: ACCOUNT },
  stability: { path: '/stable-image/generate/sd3' },
  'black-forest-labs': { path: '/m' },
  'azure-openai': { base: 'https://res.openai.azure.com/openai/v1' },
};
const SETTINGS = { CLOUDFLARE_ACCOUNT_ID: 'acc', AZURE_OPENAI_ENDPOINT: 'https://res.openai.azure.com/' };

/** Services that document no list of models. */
const NO_LIST: readonly string[] = [
  'perplexity',
  'voyage',
  'jina',
  'stability',
  'black-forest-labs',
  'elevenlabs',
  'deepgram',
];

const services = Object.values(registry).filter(({ baseURL }) => baseURL !== undefined);

it('tells of every file in src/backends, under its own name', async () => {
  const files = readdirSync(join(import.meta.dirname, '../../src/backends'));
  expect(Object.keys(registry).sort()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort());
  for (const [id, { load }] of Object.entries(registry)) expect((await load()).id).toBe(id);
});

describe.each(services)('$id', ({ id, baseURL = '', load, ends: _, prices: __, operations, ...facts }) => {
  const base = DEPARTURES[id]?.base ?? baseURL;
  let backend: Provider;
  beforeAll(async () => {
    backend = await load();
  });
  /** The caller has a key in the provider's own variable, where it has one, and in those of all others. */
  const keys = Object.fromEntries(
    services.flatMap((service) => service.env ?? []).map((name) => [name, `${KEY}-of-${name}`]),
  );
  const env = { ...SETTINGS, ...keys };
  const own = facts.env?.[0];
  const header = KEY_HEADERS[id] ?? 'authorization';
  const sentKey =
    own === undefined
      ? undefined
      : `${header === 'authorization' ? (id === 'deepgram' ? 'Token ' : 'Bearer ') : ''}${KEY}-of-${own}`;
  const [chatPath, modelsPath] = PATHS[backendWire(id)] ?? ['', ''];
  const chats = operations.includes('chat');

  it('has the facts that the registry tells of it', () => {
    expect(backend).toMatchObject({ id, baseURL, ...facts });
    expect(facts.website).toMatch(/^https:\/\//);
    if (chats) expect(backend.features).toBeDefined();
    expect(operations).toEqual(OPERATIONS.filter((operation) => backend[operation] !== undefined));
  });

  it('asks its own service, with its own key', async () => {
    const context = createFakeContext({ status: 418 }, { env });
    await expect(read(backend, context)).rejects.toMatchObject({ provider: id });
    const [request] = context.requests;
    expect(request).toMatchObject({
      method: 'POST',
      url: `${base}${chats || operations.includes('speech') ? chatPath : (DEPARTURES[id]?.path ?? '/embeddings')}`,
    });
    expect(request?.headers[header]).toBe(sentKey);
  });

  it.skipIf(NO_LIST.includes(id))('asks its own service for its models (where it has a list)', async () => {
    const context = createFakeContext({ status: 418 }, { env });
    await expect(backend.listModels?.(context)).rejects.toMatchObject({ provider: id });
    const [request] = context.requests;
    expect(new URL(request?.url ?? '').href).toBe(
      new URL(DEPARTURES[id]?.models ?? `${base}${modelsPath}`).href,
    );
    expect(request?.headers[header]).toBe(sentKey);
  });

  it('takes the key that the caller gives', async () => {
    const context = createFakeContext({ status: 418 }, { env, apiKey: 'from-the-call' });
    await expect(read(backend, context)).rejects.toMatchObject({ provider: id });
    expect(context.requests[0]?.headers[header]).toContain('from-the-call');
  });

  it.skipIf(own === undefined)('says where a refused key came from (where it takes one)', async () => {
    const body = JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}-of-${own}.` } });
    const context = createFakeContext({ status: 401, body }, { env });
    await expect(read(backend, context)).rejects.toMatchObject({
      code: 'auth',
      message: expect.stringContaining(`taken from ${own}`),
    });
  });
});

it.each([
  ['cloudflare', 'CLOUDFLARE_ACCOUNT_ID'],
  ['azure-openai', 'AZURE_OPENAI_ENDPOINT'],
])('%s names the setting it cannot do without', async (id, variable) => {
  const backend = await registry[id]?.load();
  const context = createFakeContext({}, { apiKey: 'k' });
  if (backend === undefined) throw new Error(`there is no ${id}`);
  await expect(read(backend, context)).rejects.toThrow(`Set ${variable}`);
  expect(context.requests).toEqual([]);
});

/** Known before the provider is loaded, so that the story can be told for each. */
function backendWire(id: string): string {
  const own: Readonly<Record<string, string>> = {
    anthropic: 'anthropic-messages',
    cohere: 'cohere-chat',
    deepgram: 'deepgram',
    elevenlabs: 'elevenlabs',
    gemini: 'gemini',
    ollama: 'ollama-chat',
    'openai-responses': 'openai-responses',
    replicate: 'replicate-prediction',
  };
  return own[id] ?? 'openai-chat';
}

async function read(backend: Provider, context: ReturnType<typeof createFakeContext>): Promise<void> {
  const { chat, embed, image, speech } = backend;
  const parts: AsyncIterable<unknown> | undefined =
    chat?.(REQUEST, context) ??
    embed?.({ model: 'm', input: ['Hi'] }, context) ??
    image?.({ model: 'm', task: 'generate', prompt: 'Hi' }, context) ??
    speech?.({ model: 'm', input: 'Hi', voice: 'v' }, context);
  if (parts === undefined) throw new Error('it can do nothing');
  for await (const _ of parts);
}
