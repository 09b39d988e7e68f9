// The cache: which answers are kept, and which are not.
import type { Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import type { WholeParams } from '../../src/surface/chat.ts';
import type { Middleware } from '../../src/surface/middleware.ts';
import { turns } from '../clock.ts';
import { collect, failing, fakeProvider, start, stop, text } from '../fake-provider.ts';
import { ask, cached, counting, stream } from './counting.ts';

describe('what is kept', () => {
  const truncated: Provider = fakeProvider('cut', async function* () {
    yield [start(), text('a')];
  });

  it.each<[string, Provider]>([
    ['cut', truncated],
    ['failed', fakeProvider('failed', failing('server', [start(), text('a')]))],
    [
      'filtered',
      fakeProvider('filtered', async function* () {
        yield [start(), text('a'), { type: 'finish', reason: 'content_filter' }];
      }),
    ],
    [
      'too long for the service',
      fakeProvider('long', async function* () {
        yield [start(), text('a'), { type: 'finish', reason: 'length' }];
      }),
    ],
  ])('is no answer that is %s', async (_, { chat, ...facts }) => {
    let asked = 0;
    const provider: Provider = {
      ...facts,
      chat(...given) {
        asked += 1;
        return chat?.(...given) ?? ([] as never);
      },
    };
    const client = cached(provider);
    await collect(stream(client)).catch(() => undefined);
    await ask(client).catch(() => undefined);
    expect(asked).toBe(2);
  });

  it('is no answer whose reader has left', async () => {
    const { asked, provider } = counting({}, [text('more')], [text('and more')]);
    const client = cached(provider);
    for await (const chunk of stream(client)) if (chunk.choices[0]?.delta.content) break;
    await turns();
    expect((await ask(client)).cached).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('is an answer that is as long as its caller wanted', async () => {
    const provider = fakeProvider('long', async function* () {
      yield [start(), text('a'), { type: 'finish', reason: 'length' }];
    });
    const client = cached(provider);
    await ask(client, { max_tokens: 1 });
    expect(await ask(client, { max_tokens: 1 })).toMatchObject({
      cached: true,
      choices: [{ finish_reason: 'length' }],
    });
  });

  it('is no answer of a fallback', async () => {
    const { asked, provider } = counting();
    const standIn = { ...provider, id: 'fallback' };
    const row = { id: 'fallback-row', baseURL: 'http://127.0.0.1:1/v1' };
    const requested: Middleware = {
      // A fallback, as its events tell it.
      async *chat(_call, next) {
        for await (const batch of next())
          yield batch.map((event) =>
            event.type === 'answer-start' ? { ...event, requestedModel: 'family' } : event,
          );
      },
    };
    const client = new AsyncClient({
      env: {},
      provider: standIn,
      backends: [row],
      use: [withCache(), requested],
    });
    await ask(client);
    expect((await ask(client)).cached).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('is an answer with a warning only if the first who was asked gave it', async () => {
    const warning: Provider = {
      ...counting().provider,
      id: 'warns',
      async *chat(request, context) {
        context.warn('it has no seed.');
        yield [start(request.model), text('a'), stop];
      },
    };
    const alone = cached(warning);
    await ask(alone);
    expect(await ask(alone)).toMatchObject({ cached: true, warnings: ['it has no seed.'] });
    const client = cached([fakeProvider('down', failing('server')), warning]);
    await ask(client);
    expect((await ask(client)).cached).toBeUndefined();
  });

  it('is no answer to a call that says so, nor is it answered by one', async () => {
    const { asked, provider } = counting();
    const client = cached(provider);
    await ask(client, {}, { cache: false });
    await ask(client);
    expect((await ask(client, {}, { cache: false })).cached).toBeUndefined();
    expect((await ask(client)).choices[0]?.message.content).toBe('answer 2');
    expect(asked).toHaveLength(3);
  });

  it('is an answer with a temperature above 0 only if that is wanted', async () => {
    const { asked, provider } = counting();
    for (const [options, temperature, hit] of [
      [{}, 0.7, undefined],
      [{}, 0, true],
      [{ sampled: true }, 0.7, true],
    ] as const) {
      const client = cached(provider, options);
      await ask(client, { temperature });
      expect((await ask(client, { temperature })).cached).toBe(hit);
    }
    expect(asked).toHaveLength(4);
  });

  it('is the answer to what was asked, whatever becomes of the list of messages meanwhile', async () => {
    const { asked, provider } = counting();
    const messages = [{ role: 'user', content: 'x' }] as const satisfies WholeParams['messages'];
    const own: { role: 'user'; content: string }[] = [{ ...messages[0] }];
    const meddling: Middleware = (_call, next) => {
      own.push({ role: 'user', content: 'and y' });
      return next();
    };
    const client = new AsyncClient({ env: {}, provider, use: [withCache(), meddling] });
    await ask(client, { messages: own });
    own.length = 1;
    expect((await ask(client, { messages })).cached).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it('cannot be changed by who reads it', async () => {
    const client = cached(counting({}, [{ type: 'aside', extra: { chunk: { x: { deep: 1 } } } }]).provider);
    for await (const chunk of stream(client)) {
      const { x } = chunk as { x?: { deep: number } };
      if (x !== undefined) x.deep = 2;
    }
    expect(await ask(client)).toMatchObject({ cached: true, x: { deep: 1 } });
  });
});
