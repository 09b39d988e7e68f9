// `use`: what a middleware sees, and what it may do.
import { type Batch, type ChatRequest, type Context, G4FError, type Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { WholeParams } from '../../src/surface/chat.ts';
import type { Handler, Middleware, MiddlewareCall } from '../../src/surface/middleware.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import {
  collect,
  failing,
  failureOf,
  fakeProvider,
  recording,
  saying,
  start,
  stop,
  text,
  wordsOf,
} from '../fake-provider.ts';

const ok = fakeProvider('ok', saying('a', 'b'));
const clientWith = (use: readonly Middleware[], provider: Provider = ok, more: object = {}) =>
  new AsyncClient({ env: {}, provider, maxRetries: 0, use, ...more });
const whole = (client: AsyncClient, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'x' }, options);
const stream = (client: AsyncClient, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'x', stream: true }, options);
const said = (answer: Awaited<ReturnType<typeof whole>>) => answer.choices[0]?.message.content;

/** Answers by itself. */
const own: Handler<'chat'> = async function* (call) {
  yield [start(call.request.model), text('mine')];
  yield [stop];
};

describe('what it sees', () => {
  it('is the operation, the checked request with the model as it was written, and how it is carried out', async () => {
    const calls: MiddlewareCall[] = [];
    const client = clientWith([
      (call, next) => {
        calls.push(call);
        return next();
      },
    ]);
    const params = { model: 'ok:family', messages: 'x', temperature: 0.5, stream: true } as const;
    await collect(
      client.chat.completions.create(params, {
        apiKey: 'sk-secret-secret',
        headers: { 'x-team': 'red', 'x-api-key': 'sk-secret-other' },
      }),
    );
    const [call] = calls;
    expect(call).toMatchObject({
      operation: 'chat',
      request: {
        model: 'ok:family',
        messages: [{ role: 'user', content: 'x' }],
        temperature: 0.5,
        stream: true,
      },
      options: { provider: ['ok'], cache: true, headers: { '*': { 'x-team': 'red' } } },
    });
    expect(call?.signal).toBeInstanceOf(AbortSignal);
    expect(call?.route).toMatchObject([{ provider: 'ok', model: 'ok-model' }]);
    expect(JSON.stringify(call)).not.toContain('sk-secret');
  });

  it('is every operation for a function, and those it knows for an object', async () => {
    const seen: string[] = [];
    const provider = { ...fakeEmbedder('both'), chat: saying('hi'), models: { family: 'm' } };
    const client = clientWith(
      [
        (call, next) => {
          seen.push(`all ${call.operation}`);
          return next();
        },
        {
          chat(call, next) {
            seen.push(`chat ${call.request.messages.length}`);
            return next();
          },
        },
      ],
      provider,
    );
    await whole(client);
    await client.embeddings.create({ model: 'vectors', input: 'x' });
    expect(seen).toEqual(['all chat', 'chat 1', 'all embed']);
  });

  it('is no call whose options or parameters are wrong', async () => {
    let calls = 0;
    const client = clientWith([
      (_call, next) => {
        calls += 1;
        return next();
      },
    ]);
    const wrong: WholeParams = { model: 'family', messages: [{ role: 'nobody' as 'user', content: '' }] };
    expect((await failureOf(client.chat.completions.create(wrong))).code).toBe('invalid-request');
    expect((await failureOf(whole(client, { timeout: -1 }))).code).toBe('invalid-request');
    expect((await failureOf(collect(stream(client, { timeout: -1 })))).code).toBe('invalid-request');
    expect(calls).toBe(0);
  });
});

describe('what is carried out', () => {
  it('is what was checked, though the caller has changed it since', async () => {
    const asked: { request: ChatRequest; context: Context }[] = [];
    const params = { model: 'family', messages: 'x' };
    const slow: Middleware = (_call, next) => {
      params.messages = 'y';
      return next();
    };
    await clientWith([slow], fakeProvider('asked', recording(asked))).chat.completions.create(params);
    expect(asked[0]?.request.messages).toEqual([{ role: 'user', content: 'x' }]);
  });
});

describe('what it may do', () => {
  it('is to stand around the next one, the first outermost', async () => {
    const order: string[] = [];
    const named =
      (name: string): Middleware =>
      async (_call, next) => {
        order.push(`${name} in`);
        const parts = next();
        order.push(`${name} out`);
        return parts;
      };
    expect(said(await whole(clientWith([named('one'), named('two')])))).toBe('ab');
    expect(order).toEqual(['one in', 'one out', 'two in', 'two out']);
  });

  it('is to answer by itself: nobody is asked, and nobody is the better or worse for it', async () => {
    const asked: never[] = [];
    const provider = fakeProvider('unasked', recording(asked));
    const client = clientWith([{ chat: own }], provider);
    expect(await whole(client)).toMatchObject({
      model: 'family',
      choices: [{ message: { content: 'mine' } }],
    });
    const answer = stream(client);
    expect(wordsOf(await collect(answer))).toBe('mine');
    expect(answer.route).toEqual([]);
    expect(answer.requestId).toBeNull();
    expect(asked).toEqual([]);
    expect(await client.health()).toEqual([]);
  });

  it('is to answer where nobody can be asked, also when the stream is awaited first', async () => {
    const client = new AsyncClient({ env: {}, provider: 'openai', use: [{ chat: own }] });
    const awaited = await client.chat.completions.create({ model: 'gpt-4o', messages: 'x', stream: true });
    expect(wordsOf(await collect(awaited))).toBe('mine');
  });

  it('is to leave what is known at once to be told when the stream is awaited', async () => {
    const client = new AsyncClient({ env: {}, provider: 'openai', use: [(_call, next) => next()] });
    const error = await failureOf(async () => {
      await client.chat.completions.create({ model: 'gpt-4o', messages: 'x', stream: true });
    });
    expect(error).toMatchObject({ code: 'no-provider' });
  });

  it('is to change parts', async () => {
    const loud: Middleware = {
      async *chat(_call, next) {
        for await (const batch of next())
          yield batch.map((event) =>
            event.type === 'text-delta' ? { ...event, text: event.text.toUpperCase() } : event,
          );
      },
    };
    expect(said(await whole(clientWith([loud])))).toBe('AB');
    expect(wordsOf(await collect(stream(clientWith([loud]))))).toBe('AB');
  });

  it('is to refuse, with an error of its own', async () => {
    const refusal = new G4FError('the budget is used up.', { code: 'payment-required' });
    const guard: Middleware = () => {
      throw refusal;
    };
    const asked: never[] = [];
    const client = clientWith([guard], fakeProvider('unasked', recording(asked)));
    expect(await failureOf(whole(client))).toBe(refusal);
    expect(await failureOf(collect(stream(client)))).toBe(refusal);
    expect(asked).toEqual([]);
  });

  it('is to let another answer in the place of one that failed', async () => {
    const rescue: Middleware = {
      async *chat(call, next) {
        try {
          yield* next();
        } catch {
          yield* own(call, next) as AsyncIterable<Batch>;
        }
      },
    };
    const client = clientWith([rescue], fakeProvider('down', failing('server')));
    expect(said(await whole(client))).toBe('mine');
    expect(await client.health()).toMatchObject([{ provider: 'down', failures: 1 }]);
  });

  it('is to stop reading: what is read no more is left', async () => {
    const signals: AbortSignal[] = [];
    const endless = fakeProvider('endless', async function* (_request, { signal }) {
      signals.push(signal);
      yield [start()];
      for (;;) yield [text('x')];
    });
    const first: Middleware = {
      async *chat(_call, next) {
        let count = 0;
        for await (const batch of next()) {
          yield batch;
          if (++count === 3) break;
        }
        yield [stop];
      },
    };
    expect(said(await whole(clientWith([first], endless)))).toBe('xxx');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
