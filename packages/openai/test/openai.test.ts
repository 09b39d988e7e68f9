// What this library has and OpenAI's has not, and what it refuses instead of doing nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import OpenAI, {
  APIConnectionError,
  APIError,
  AzureOpenAI,
  BadRequestError,
  InternalServerError,
  OpenAIError,
} from '../src/index.ts';
import {
  type Answer,
  chatting,
  chunks,
  completion,
  events,
  json,
  type Service,
  startService,
} from './service.ts';

let first: Service;
let second: Service;
beforeAll(async () => {
  [first, second] = await Promise.all([startService(), startService()]);
});
beforeEach(() => {
  for (const service of [first, second]) {
    service.asked.length = 0;
    service.answer = chatting('Hello');
  }
});
afterAll(() => Promise.all([first.close(), second.close()]));

const params = { model: 'model-1', messages: [{ role: 'user' as const, content: 'Hi' }] };
const failing: Answer = (response) => json(response, { error: { message: 'Down.' } }, 500);
const textOf = ({ choices }: OpenAI.ChatCompletion): unknown => choices[0]?.message.content;

/** Two servers of one's own, asked in this order. */
const both = () => ({
  backends: [
    { id: 'one', baseURL: first.url, apiKeyEnv: 'ONE_KEY' },
    { id: 'two', baseURL: second.url, apiKeyEnv: 'TWO_KEY' },
  ],
  provider: ['one', 'two'],
  env: { TWO_KEY: 'key-of-two' },
  maxRetries: 0,
});

describe('routing', () => {
  it('asks the next provider when the first fails, and gives a key and headers to the first alone', async () => {
    first.answer = failing;
    const client = new OpenAI({ ...both(), apiKey: 'key-of-one', defaultHeaders: { 'x-team': 'red' } });
    const answer = await client.chat.completions.create(params, { headers: new Headers({ 'x-call': '1' }) });
    expect([textOf(answer), answer.provider]).toEqual(['Hello', 'two']);
    expect(first.asked[0]?.headers).toMatchObject({
      authorization: 'Bearer key-of-one',
      'x-team': 'red',
      'x-call': '1',
    });
    expect(second.asked[0]?.headers.authorization).toBe('Bearer key-of-two');
    expect(second.asked[0]?.headers).not.toHaveProperty('x-team');
    expect(second.asked[0]?.headers).not.toHaveProperty('x-call');
  });

  it('says who was tried when all fail, by the class of their common failure', async () => {
    first.answer = second.answer = failing;
    const client = new OpenAI({ ...both(), apiKey: 'key-of-one' });
    const error = await client.chat.completions.create(params).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error).toMatchObject({
      cause: { code: 'no-provider', attempts: [{ provider: 'one' }, { provider: 'two' }] },
    });
  });

  it('makes a key for each call, and sends it to no provider of another call', async () => {
    let made = 0;
    const client = new OpenAI({ ...both(), provider: 'one', apiKey: async () => `key-${++made}` });
    await client.chat.completions.create(params);
    await client.chat.completions.stream(params).finalContent();
    await client.chat.completions.create(params, { provider: 'two' });
    expect(first.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer key-1', 'Bearer key-2']);
    expect(second.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer key-of-two']);
  });

  it('tells a function that makes no key, and sends nothing', async () => {
    const client = new OpenAI({ baseURL: first.url, apiKey: async () => '' });
    await expect(client.chat.completions.create(params)).rejects.toThrow(/apiKey must give a text/);
    expect(first.asked).toEqual([]);
  });

  it('gives the key to a provider that is named with its model, and not to the next', async () => {
    const client = new OpenAI({ ...both(), provider: ['one:model-a', 'two:model-b'], apiKey: 'key-of-one' });
    await client.chat.completions.create(params);
    first.answer = failing;
    await client.chat.completions.create(params);
    expect(first.asked[0]).toMatchObject({
      headers: { authorization: 'Bearer key-of-one' },
      body: { model: 'model-a' },
    });
    expect(second.asked[0]?.headers.authorization).toBe('Bearer key-of-two');
  });

  it('says which key is missing', async () => {
    const error = await new OpenAI({ env: {} }).chat.completions
      .create({ ...params, model: 'gpt-5.4' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({
      status: undefined,
      message: expect.stringContaining('set OPENAI_API_KEY'),
    });
  });

  it('sends an idempotency key, and changes options in another client', async () => {
    const client = new OpenAI({ baseURL: first.url, apiKey: 'a' }).withOptions({ apiKey: 'b' });
    await client.chat.completions.create(params, { idempotencyKey: 'once' });
    expect(first.asked[0]?.headers).toMatchObject({ 'idempotency-key': 'once', authorization: 'Bearer b' });
  });
});

describe('answers', () => {
  it('tells a stream that was cut, which OpenAI’s library gives for whole', async () => {
    first.answer = (response) => {
      events(
        response,
        chunks([{ content: 'Hel' }])
          .split('\n\n')
          .slice(0, 2)
          .join('\n\n')
          .concat('\n\n'),
      );
      response.end();
    };
    const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
    const stream = await client.chat.completions.create({ ...params, stream: true });
    const found: unknown[] = [];
    const reading = (async () => {
      for await (const chunk of stream) found.push(chunk.choices[0]?.delta.content);
    })();
    await expect(reading).rejects.toBeInstanceOf(APIConnectionError);
    expect(found).toEqual(['', 'Hel']);
  });

  it('refuses a parameter that is wrong before anything is sent, as a bad request', async () => {
    const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
    const wrong = client.chat.completions.create({ ...params, temperature: JSON.parse('"warm"') });
    const error = await wrong.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ status: 400, headers: undefined });
    expect(first.asked).toEqual([]);
  });

  it('refuses parameters that are no object', () => {
    const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
    expect(() => client.chat.completions.create(JSON.parse('null'))).toThrow(BadRequestError);
    expect(() => client.chat.completions.runTools(JSON.parse('"x"'))).toThrow(BadRequestError);
  });

  it('tells tools that are none by the promise of the run', async () => {
    const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
    const runner = client.chat.completions.runTools({ ...params, tools: JSON.parse('"x"') });
    await expect(runner.finalContent()).rejects.toBeInstanceOf(BadRequestError);
  });
});

describe('what is absent', () => {
  it.each(['files', 'batches', 'fineTuning', 'vectorStores', 'beta', 'post'])('names client.%s', (name) => {
    const client = new OpenAI({ apiKey: 'a' });
    expect(() => Reflect.get(client, name)).toThrow(OpenAIError);
    expect(() => Reflect.get(client, name)).toThrow(name);
  });

  it('names methods and options', () => {
    const client = new OpenAI({ apiKey: 'a' });
    expect(() => Reflect.get(client.chat.completions, 'list')).toThrow('chat.completions.list');
    expect(() => Reflect.get(client.responses, 'compact')).toThrow('responses.compact');
    const made = (options: object) => () => new OpenAI({ apiKey: 'a', ...options });
    expect(made({ fetch: () => undefined })).toThrow('no option `fetch`');
    expect(made({ defaultQuery: { a: '1' } })).toThrow('no option `defaultQuery`');
    expect(made({ maxRetries: -1 })).toThrow(APIError);
    expect(made({ organization: null, fetchOptions: undefined, logger: undefined })).not.toThrow();
  });

  it('refuses a path where a file belongs: the program may have it from an end user', async () => {
    const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
    const file = JSON.parse('"/etc/hostname"');
    await expect(client.audio.transcriptions.create({ model: 'm', file })).rejects.toBeInstanceOf(
      BadRequestError,
    );
    await expect(client.images.edit({ model: 'm', prompt: 'p', image: [file] })).rejects.toThrow(
      /^image\[0\]/,
    );
    await expect(
      client.images.edit({ model: 'm', prompt: 'p', image: { ...{ data: file } } as never }),
    ).rejects.toThrow('createReadStream');
    expect(first.asked).toEqual([]);
  });
});

describe('AzureOpenAI', () => {
  it('asks the deployment of the resource by key', async () => {
    const endpoint = first.url.replace('/v1', '/');
    const client = new AzureOpenAI({
      endpoint,
      apiKey: 'azure-key',
      apiVersion: '2024-10-21',
      deployment: 'mine',
    });
    expect(textOf(await client.chat.completions.create({ ...params, model: 'gpt-4o' }))).toBe('Hello');
    expect(first.asked[0]).toMatchObject({
      path: '/openai/v1/chat/completions',
      headers: { 'api-key': 'azure-key' },
      body: { model: 'mine' },
    });
  });

  it('is changed into another client of Azure', async () => {
    const client = new AzureOpenAI({
      baseURL: second.url,
      azureADTokenProvider: async () => 'a',
      deployment: 'mine',
    });
    const endpoint = first.url.replace('/v1', '');
    const other = client.withOptions({ endpoint, apiKey: 'azure-key' });
    expect(other).toBeInstanceOf(AzureOpenAI);
    expect(other.deploymentName).toBe('mine');
    await other.chat.completions.create(params);
    await other.withOptions({ deployment: 'yours' }).chat.completions.create(params);
    expect(first.asked).toMatchObject([
      { path: '/openai/v1/chat/completions', headers: { 'api-key': 'azure-key' }, body: { model: 'mine' } },
      { path: '/openai/v1/chat/completions', headers: { 'api-key': 'azure-key' }, body: { model: 'yours' } },
    ]);
    expect(second.asked).toEqual([]);
  });

  it('asks with a token that is made for each call', async () => {
    first.answer = (response) => json(response, completion({ content: 'Hello' }));
    let made = 0;
    const azureADTokenProvider = async () => `token-${++made}`;
    const client = new AzureOpenAI({ baseURL: first.url, azureADTokenProvider });
    await client.chat.completions.create(params);
    await client.withOptions({ maxRetries: 0 }).chat.completions.create(params);
    expect(first.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(() => new AzureOpenAI({ endpoint: first.url, baseURL: first.url })).toThrow('exclude each other');
  });
});

it('has the types by their names', () => {
  const message: OpenAI.ChatCompletionMessageParam = { role: 'user', content: 'Hi' };
  const asked: OpenAI.Chat.Completions.ChatCompletionCreateParams = { model: 'm', messages: [message] };
  const tool: OpenAI.ChatCompletionTool = { type: 'function', function: { name: 'a' } };
  expect([asked.messages.length, tool.type]).toEqual([1, 'function']);
});
