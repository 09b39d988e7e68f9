// The address and the key of a client: from the program, or from the variables that OpenAI's library reads.
import { inspect } from 'node:util';
import * as theirs from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import OpenAI, { APIError, AzureOpenAI } from '../src/index.ts';
import { chatting, type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
beforeEach(() => {
  service.asked.length = 0;
  service.answer = chatting('Hello');
});
afterAll(() => service.close());

const params = { model: 'model-1', messages: [{ role: 'user' as const, content: 'Hi' }] };
const keyOf = (asked: Service['asked'][number] | undefined): unknown => asked?.headers.authorization;

describe('OPENAI_BASE_URL', () => {
  it.each([
    ['the program', { apiKey: 'sk-own' }, 'Bearer sk-own'],
    ['its variable', {}, 'Bearer sk-variable'],
  ])('is asked with the key of %s', async (_, options, key) => {
    const env = { OPENAI_BASE_URL: service.url, OPENAI_API_KEY: 'sk-variable' };
    await new OpenAI({ ...options, env, maxRetries: 0 }).chat.completions.create(params);
    expect(service.asked.map(keyOf)).toEqual([key]);
  });

  it('gets no key of the program where a provider is named', async () => {
    const env = { OPENAI_BASE_URL: service.url };
    const client = new OpenAI({ apiKey: 'sk-own', provider: 'openai', env, maxRetries: 0 });
    await expect(client.chat.completions.create(params)).rejects.toThrow(/OPENAI_BASE_URL/);
    expect(service.asked).toEqual([]);
  });
});

describe('what a client tells of itself', () => {
  it.each([
    [
      'given',
      { apiKey: 'sk-1', baseURL: 'http://127.0.0.1:9/v1', maxRetries: 5, organization: 'o', project: 'p' },
    ],
    ['not given', { apiKey: 'sk-1' }],
  ])('is what OpenAI’s tells where options are %s', (_, options) => {
    const told = ({ baseURL, apiKey, maxRetries, organization, project }: OpenAI | theirs.OpenAI) => ({
      baseURL,
      apiKey,
      maxRetries,
      organization,
      project,
    });
    expect(told(new OpenAI({ ...options, env: {} }))).toEqual(told(new theirs.OpenAI(options)));
  });

  it('is read of the variables, and of no other provider’s', () => {
    const env = { OPENAI_API_KEY: 'sk-2', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
    const client = new OpenAI({ env });
    expect([client.apiKey, client.baseURL]).toEqual(['sk-2', 'http://127.0.0.1:9/v1']);
    const other = new OpenAI({ env, provider: 'groq' });
    expect([other.apiKey, other.baseURL]).toEqual([undefined, undefined]);
    const azure = new AzureOpenAI({ env, endpoint: 'https://mine.openai.azure.com', apiKey: 'k' });
    expect([azure.apiKey, azure.baseURL]).toEqual(['k', 'https://mine.openai.azure.com/openai/v1']);
  });

  it('is the account that is sent', async () => {
    const env = { OPENAI_API_KEY: 'sk-2', OPENAI_ORG_ID: 'org-1', OPENAI_PROJECT_ID: 'proj-1' };
    const own = new OpenAI({ env: { ...env, OPENAI_BASE_URL: service.url }, maxRetries: 0 });
    await own.chat.completions.create(params);
    expect(service.asked[0]?.headers['openai-organization']).toBeUndefined();
    expect([own.organization, own.project]).toEqual([null, null]);
    const other = new OpenAI({ env, provider: 'groq' });
    expect([other.organization, other.project]).toEqual([null, null]);
    const plain = new OpenAI({ env });
    expect([plain.organization, plain.project]).toEqual(['org-1', 'proj-1']);
  });

  it('has no key where a client is printed', () => {
    expect(inspect(new OpenAI({ apiKey: 'sk-own', env: {} }), { depth: 9 })).not.toContain('sk-own');
  });
});

it('is made without a key, which the first call then asks for', async () => {
  const client = new OpenAI({ env: {} });
  const failed = await client.chat.completions
    .create({ ...params, model: 'gpt-5.4' })
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(APIError);
  expect(String(failed)).toContain('OPENAI_API_KEY');
});
