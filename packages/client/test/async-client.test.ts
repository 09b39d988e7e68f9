// The asynchronous face as a user has it: types, whole answers, the list of models, and errors one can find one's way by.
import type { ChatCompletion, Provider } from '@g4f/core';
import { G4FError } from '@g4f/core';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import type { ChatParams } from '../src/surface/chat.ts';
import type { AsyncChunkStream } from '../src/surface/chat-stream.ts';
import type { AnswerPromise } from '../src/surface/received.ts';
import { collect, failing, failureOf, fakeProvider, saying, start, stop } from './fake-provider.ts';
import {
  begin,
  chunk,
  type FakeService,
  json,
  payload,
  ROLE,
  sayHello,
  startService,
} from './fake-service.ts';

let service: FakeService;
let client: AsyncClient;
beforeAll(async () => {
  service = await startService();
  client = new AsyncClient({ baseURL: service.url, env: {} });
});
afterAll(() => service.close());
beforeEach(() => {
  service.answer = sayHello;
});
const hello = { model: 'm', messages: 'hello' } as const;
const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };

describe('types', () => {
  it('create gives what was asked for', () => {
    const { create } = client.chat.completions;
    expectTypeOf(() => create({ ...hello, stream: true })).returns.toEqualTypeOf<AsyncChunkStream>();
    expectTypeOf(() => create(hello)).returns.toEqualTypeOf<AnswerPromise<ChatCompletion>>();
    expectTypeOf(() => create({ ...hello, stream: false })).returns.toEqualTypeOf<
      AnswerPromise<ChatCompletion>
    >();
    expectTypeOf(() => create({ ...hello, stream: null })).returns.toEqualTypeOf<
      AnswerPromise<ChatCompletion>
    >();
    expectTypeOf((params: ChatParams) => create(params)).returns.toEqualTypeOf<
      AsyncChunkStream | AnswerPromise<ChatCompletion>
    >();
    expectTypeOf((stream: boolean) => create({ ...hello, stream })).returns.toEqualTypeOf<
      AsyncChunkStream | AnswerPromise<ChatCompletion>
    >();
  });
});

describe('whole answers', () => {
  it('from a JSON body', async () => {
    service.answer = (response) =>
      json(response, {
        id: 'chatcmpl-7',
        created: 5,
        model: 'm-2024',
        system_fingerprint: 'fp',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'Hi' },
            finish_reason: 'length',
            logprobs: null,
          },
        ],
        usage,
      });
    expect(await client.chat.completions.create(hello)).toEqual({
      id: 'chatcmpl-7',
      object: 'chat.completion',
      created: 5,
      model: 'm-2024',
      provider: 'custom',
      system_fingerprint: 'fp',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hi', refusal: null },
          finish_reason: 'length',
          logprobs: null,
        },
      ],
      usage,
    });
  });

  it('from a service that streams although it was not asked to: usage, tool calls, two answers', async () => {
    const call = (index: number, id: string | undefined, piece: object) => ({
      tool_calls: [{ index, ...(id !== undefined && { id, type: 'function' }), function: piece }],
    });
    service.answer = (response) => {
      begin(response, ROLE, chunk({ content: 'one' }), chunk({ content: 'two' }, null, 1));
      response.write(chunk(call(0, 'c0', { name: 'f', arguments: '{"a"' })));
      response.write(chunk(call(1, 'c1', { name: 'g', arguments: '{}' })));
      response.write(chunk(call(0, undefined, { arguments: ':1}' })));
      response.write(chunk({}, 'tool_calls') + chunk({}, 'stop', 1) + payload({ choices: [], usage }));
      response.end('data: [DONE]\n\n');
    };
    const answer = await client.chat.completions.create({ ...hello, n: 2 });
    expect(answer.usage).toEqual(usage);
    expect(answer.choices.map(({ message, finish_reason }) => [message.content, finish_reason])).toEqual([
      ['one', 'tool_calls'],
      ['two', 'stop'],
    ]);
    expect(answer.choices[0]?.message.tool_calls).toEqual([
      { id: 'c0', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
      { id: 'c1', type: 'function', function: { name: 'g', arguments: '{}' } },
    ]);
  });

  it('an answer that was cut is none', async () => {
    service.answer = (response) => {
      begin(response, ROLE, chunk({ content: 'half' }));
      response.end();
    };
    expect(await failureOf(client.chat.completions.create(hello))).toMatchObject({
      code: 'stream-truncated',
    });
  });
});

describe('options', () => {
  it('are those the client was made with, whatever becomes of the object afterwards', async () => {
    const keys: unknown[] = [];
    const provider = fakeProvider(
      'keyed',
      (request, context) => {
        keys.push(context.apiKey);
        return saying('hi')(request, context);
      },
      { key: 'required', env: ['NO_KEY'] },
    );
    const options = { env: {}, provider, apiKey: 'first' };
    const first = new AsyncClient(options);
    options.apiKey = 'second';
    const second = new AsyncClient(options);
    for (const one of [first, second]) {
      await one.chat.completions.create(hello);
      await one.chat.completions.create(hello, { maxRetries: 0 });
    }
    expect(keys).toEqual(['first', 'first', 'second', 'second']);
  });
});

describe('errors', () => {
  it('of a service keep its words, status and request id, and never the key', async () => {
    service.answer = (response) => {
      response.setHeader('x-request-id', 'req-7');
      json(response, { error: { message: 'slow down, sk-verysecretkey0123456789' } }, 429);
    };
    const error = await failureOf(
      client.chat.completions.create(hello, { apiKey: 'sk-verysecretkey0123456789' }),
    );
    expect(error).toMatchObject({ code: 'rate-limit', status: 429, requestId: 'req-7', provider: 'custom' });
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('verysecret');
  });

  it("have the caller's own line in their stack, from a stream, a whole answer and a list", async () => {
    const provider = fakeProvider('broken', failing('server'), {
      listModels: async () => {
        throw new G4FError('no list', { code: 'server' });
      },
    });
    const myOwnFunction = {
      stream: async () => collect(client.chat.completions.create({ ...hello, provider, stream: true })),
      whole: async () => client.chat.completions.create({ ...hello, provider }),
      list: async () => client.models.list({ provider }),
    };
    for (const doing of Object.values(myOwnFunction)) {
      const { stack = '', message } = await failureOf(doing());
      const [callers = '', inside, ...more] = stack.split('    at (inside the call)\n');
      expect(callers).toMatch(`G4FError: ${message}\n`);
      expect(callers).toContain('async-client.test.ts');
      // Our own lines come after the caller's.
      expect(callers).not.toContain('/src/');
      expect(inside).toMatch(/^\s+at /);
      expect(more).toEqual([]);
    }
  });

  it('are thrown where the program makes lists of frames of stacks', async () => {
    service.answer = (response) => json(response, { error: { message: 'wrong' } }, 400);
    const { prepareStackTrace } = Error;
    Error.prepareStackTrace = (_, frames) => frames;
    try {
      const { completions } = client.chat;
      for (const asked of [
        completions.create(hello),
        collect(completions.create({ ...hello, stream: true })),
      ])
        await expect(asked).rejects.toMatchObject({ name: 'G4FError', code: 'invalid-request', status: 400 });
    } finally {
      Error.prepareStackTrace = prepareStackTrace;
    }
  });

  it('keep the stack they have where nobody waits for them yet', async () => {
    const provider = fakeProvider('broken', failing('server'));
    const failed = await new Promise<unknown>((resolve) => {
      // Between timers that are due together Node settles promises from within: its own lines are no caller.
      setTimeout(() => void client.chat.completions.create({ ...hello, provider }).catch(resolve));
      for (let timer = 0; timer < 50; timer++) setTimeout(() => undefined);
    });
    expect(failed).toBeInstanceOf(G4FError);
    expect(String(failed instanceof Error && failed.stack)).not.toContain('inside the call');
  });

  it('are never left unhandled, however a stream is left', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    process.on('unhandledRejection', note);
    const ways: readonly ((chunks: AsyncChunkStream) => unknown)[] = [
      (chunks) => chunks.abort(),
      (chunks) => chunks.return?.(),
      (chunks) => void chunks.next().catch(() => undefined),
      (chunks) => collect(chunks).catch(() => undefined),
      async (chunks) => {
        const pending = chunks.next();
        chunks.abort();
        await pending;
      },
      async (chunks) => {
        await chunks.next().catch(() => undefined);
        await chunks.return?.();
      },
    ];
    const deaf: Provider['chat'] = async function* (_, { signal }) {
      yield [start(), { type: 'text-delta', text: 'x' }];
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    for (const leave of ways) {
      for (const chat of [saying('x'), failing('server'), failing('network', [start()]), deaf]) {
        const controller = new AbortController();
        const provider = fakeProvider('one', chat ?? saying());
        const options = { provider, signal: controller.signal };
        void leave(client.chat.completions.create({ ...hello, stream: true, ...options }));
        await new Promise(setImmediate);
        controller.abort();
      }
      service.answer = (response) => response.destroy();
      await leave(client.chat.completions.create({ ...hello, stream: true }));
    }
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});

describe('keys and hosts', () => {
  it('no key of the environment goes to an address nobody named a provider for', async () => {
    const env = { OPENAI_API_KEY: 'sk-openai', GROQ_API_KEY: 'gsk-groq', CUSTOM_API_KEY: 'custom' };
    const client = new AsyncClient({ baseURL: service.url, env });
    await client.chat.completions.create({ ...hello, model: 'gpt-4o' });
    await client.models.list().catch(() => undefined);
    expect(service.requests.slice(-2).map(({ method }) => method)).toEqual(['POST', 'GET']);
    for (const { headers, body } of service.requests.slice(-2)) {
      expect(headers.authorization).toBeUndefined();
      expect(JSON.stringify([headers, body])).not.toMatch(/sk-openai|gsk-groq/);
    }
  });

  it('a provider that was named takes its key to the address it was given', async () => {
    const client = new AsyncClient({ env: { GROQ_API_KEY: 'gsk-groq', GROQ_BASE_URL: service.url } });
    const answer = await client.chat.completions.create({ ...hello, model: 'groq:some-model' });
    expect(answer.provider).toBe('groq');
    expect(service.requests.at(-1)?.headers.authorization).toBe('Bearer gsk-groq');
    expect(service.requests.at(-1)?.body.model).toBe('some-model');
  });

  it('no prompt goes to a second provider when the first was named alone', async () => {
    const sent = service.requests.length;
    const env = { OPENAI_API_KEY: 'k', GROQ_API_KEY: 'k', GROQ_BASE_URL: service.url };
    service.answer = (response) => json(response, { error: { message: 'down' } }, 503);
    const error = await failureOf(
      new AsyncClient({ env, maxRetries: 0 }).chat.completions.create({ ...hello, model: 'groq:some-model' }),
    );
    expect(error).toMatchObject({ code: 'server', provider: 'groq', status: 503 });
    expect(service.requests.length).toBe(sent + 1);
  });

  it('an answer without a word is still an answer', async () => {
    const provider = fakeProvider('empty', async function* () {
      yield [start(), stop];
    });
    const answer = await client.chat.completions.create({ ...hello, provider });
    expect(answer.choices[0]).toMatchObject({ message: { content: '' }, finish_reason: 'stop' });
  });
});
