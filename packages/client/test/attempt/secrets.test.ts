// What a call was made with that may be a key, wherever it stood: no error and no header of an answer shows it.
import { inspect } from 'node:util';
import { openaiCompatible } from '@g4f/providers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { failureOf } from '../fake-provider.ts';
import { type FakeService, json, sayHello, startService } from '../fake-service.ts';

const hello = { model: 'm', messages: 'hello' } as const;
let service: FakeService;
beforeAll(async () => {
  service = await startService();
});
beforeEach(() => {
  service.answer = sayHello;
});
afterAll(() => service.close());

const repeating = (words: string): void => {
  service.answer = (response) => {
    response.setHeader('x-said', words);
    response.setHeader('x-request-id', words);
    json(response, { error: { message: `no such thing: ${words}`, code: words } }, 400);
  };
};

/** All that is told of the failure. */
const toldOf = async (
  options: CallOptions,
  provider?: ReturnType<typeof openaiCompatible>,
): Promise<string> => {
  const client = new AsyncClient({ env: {}, ...(provider !== undefined && { provider }) });
  const error = await failureOf(client.chat.completions.create(hello, options));
  expect(error).toMatchObject({ code: 'invalid-request', status: 400 });
  return `${error.stack}${inspect(error, { showHidden: true })}${JSON.stringify(error.toData())}`;
};

describe('in the query of the baseURL', () => {
  const CODE = 'Zk3mPq8LrT2xW9vN';

  it.each([
    ['code', CODE, CODE],
    ['api-key', 'short-1', 'short-1'],
    ['code', 'Zk3m%2FPq8L+rT2x', 'Zk3m/Pq8L rT2x'],
  ])('%s=%s', async (name, written, meant) => {
    const baseURL = `${service.url}?${name}=${written}&api-version=2024-10-21`;
    for (const words of [`/chat?${name}=${written}`, `the code ${meant}`]) {
      repeating(words);
      for (const told of [
        await toldOf({ baseURL }),
        await toldOf({}, openaiCompatible({ baseURL, models: { m: 'm' } })),
      ]) {
        expect(told).not.toMatch(/Zk3m|short-1/);
        expect(told).toContain('[redacted]');
      }
    }
  });

  it('versions are none', async () => {
    repeating('the version 2024-10-21');
    expect(await toldOf({ baseURL: `${service.url}?api-version=2024-10-21` })).toContain(
      'the version 2024-10-21',
    );
  });
});

it('in a Basic header: user and password, and the password alone', async () => {
  const headers = { authorization: `Basic ${btoa('admin:Tr0ub4dor-hunter')}` };
  for (const words of [
    'no user admin:Tr0ub4dor-hunter',
    'wrong password Tr0ub4dor-hunter',
    headers.authorization,
  ]) {
    repeating(words);
    const told = await toldOf({ baseURL: service.url, headers });
    expect(told).not.toMatch(/hunter|Tr0ub|YWRtaW4/);
  }
});

it('in the name of a header that the service sends back: the header is left out', async () => {
  const apiKey = 'Zk3mPq8LrT2xW9vN';
  service.answer = (response) => {
    response.setHeader(`x-${apiKey}`, '1');
    response.setHeader('x-key-of-all', '1');
    json(response, { error: { message: 'no' } }, 400);
  };
  const told = await toldOf({ baseURL: service.url, apiKey });
  expect(told).toContain('x-key-of-all');
  expect(told).not.toMatch(/zk3m/i);
});

describe('what was said beside the messages', () => {
  const SAID = 'my own diagnosis.pdf';
  const file = { filename: SAID, file_data: 'data:application/pdf;base64,JVBERi0xLjQK' };

  it.each<[string, object]>([
    ['a prediction', { prediction: { type: 'content', content: SAID } }],
    ['a stop', { stop: SAID }],
    ['one of several stops', { stop: ['x', SAID] }],
    ['the name of a file', { messages: [{ role: 'user', content: [{ type: 'file', file }] }] }],
  ])('is not shown where the service repeats it: %s', async (_, params) => {
    repeating(`wrong: ${SAID}`);
    const client = new AsyncClient({ env: {}, baseURL: service.url });
    const error = await failureOf(client.chat.completions.create({ ...hello, ...params }));
    expect(error.message).toContain('no such thing: wrong: [prompt]');
  });

  it('is not shown where the service repeats it: a stop of a completion', async () => {
    repeating(`wrong: ${SAID}`);
    const { completions } = new AsyncClient({ env: {}, baseURL: service.url });
    const error = await failureOf(completions.create({ model: 'm', prompt: 'x', stop: SAID }));
    expect(error.message).toContain('no such thing: wrong: [prompt]');
  });
});
