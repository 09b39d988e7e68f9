// One attempt at one provider: what it is lent, whose name its words carry, and how it is left.
import { type ChatCompletionChunk, G4FError, LIMITS, type Provider } from '@g4f/core';
import { describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { RequestScope } from '../../src/attempt/request-scope.ts';
import { fromProvider } from '../../src/catalog/provider-entry.ts';
import { settle } from '../../src/options/settings.ts';
import type { CallOptions, Timeouts } from '../../src/surface/options.ts';
import { collect, failureOf, fakeProvider, saying, start, stop, text } from '../fake-provider.ts';
import { begin, startService } from '../fake-service.ts';
import { watchTimers } from '../timers.ts';

const client = new AsyncClient({ env: { SOME: 'thing' } });
const stream = (chat: Provider['chat'], options: CallOptions = {}, model = 'family') =>
  client.chat.completions.create(
    { model, messages: 'x', stream: true, provider: fakeProvider('mine', chat ?? saying()) },
    options,
  );
const whole = (chat: Provider['chat']) =>
  client.chat.completions.create({
    model: 'family',
    messages: 'x',
    provider: fakeProvider('mine', chat ?? saying()),
  });

describe('who speaks', () => {
  it('is stamped by us, so that nobody speaks as another', async () => {
    const liar: Provider['chat'] = async function* () {
      yield [{ type: 'answer-start', model: 'm', provider: 'openai' }, text('x'), stop];
    };
    const chunks = await collect(stream(liar));
    expect(new Set(chunks.map((chunk) => chunk.provider))).toEqual(new Set(['mine']));
    expect((await whole(liar)).provider).toBe('mine');
  });

  it('keeps the model that really answers', async () => {
    const other: Provider['chat'] = async function* () {
      yield [start('family-2024-08-06'), text('x'), stop];
    };
    expect((await whole(other)).model).toBe('family-2024-08-06');
  });
});

describe('warnings', () => {
  const warning: Provider['chat'] = async function* (_, context) {
    context.warn('early');
    yield [start()];
    yield [text('x')];
    context.warn('late');
    yield [text('y')];
    yield [stop];
    context.warn('at the very end');
  };

  it('reach the chunk that follows, all of them so far, and the whole answer', async () => {
    const chunks = await collect(stream(warning));
    const told = chunks.map((chunk) => chunk.warnings).filter((warnings) => warnings !== undefined);
    expect(chunks[0]?.warnings).toEqual(['early']);
    expect(told).toEqual([['early'], ['early', 'late'], ['early', 'late', 'at the very end']]);
    expect(await whole(warning)).toMatchObject({
      warnings: ['early', 'late', 'at the very end'],
      choices: [{ message: { content: 'xy' } }],
    });
  });

  it('are no more than a limit, however much a provider warns', async () => {
    const talkative: Provider['chat'] = async function* (_, context) {
      yield [start()];
      for (let at = 0; at < LIMITS.warnings * 4; at++) {
        context.warn(`warning ${at}`);
        yield [text('x')];
      }
      yield [stop];
    };
    const { warnings = [] } = await whole(talkative);
    expect(warnings).toHaveLength(LIMITS.warnings);
    expect(warnings.at(-1)).toBe(`warning ${LIMITS.warnings - 1}`);
  });

  it('without one there is no such field', async () => {
    expect(await whole(saying('x'))).not.toHaveProperty('warnings');
  });
});

describe('what is lent', () => {
  it("is the environment given, the caller's key and address, and a signal of its own", async () => {
    const seen: unknown[] = [];
    const chat: Provider['chat'] = (request, context) => {
      seen.push(context.env, context.apiKey, context.baseURL, context.signal.aborted);
      return saying('x')(request, context);
    };
    await collect(stream(chat, { apiKey: 'k', baseURL: 'http://h/v1' }));
    expect(seen).toEqual([{ SOME: 'thing' }, 'k', 'http://h/v1', false]);
  });

  it('the signal is not aborted by a good end, and is by a bad one or a leave', async () => {
    let signal: AbortSignal | undefined;
    const chat: Provider['chat'] = (request, context) => {
      signal = context.signal;
      return saying('x', 'y')(request, context);
    };
    await collect(stream(chat));
    expect(signal?.aborted).toBe(false);
    for await (const _ of stream(chat)) break;
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toBeInstanceOf(G4FError);
  });
});

describe('how it is left', () => {
  it('at a good end no timer stays set', async () => {
    const timers = watchTimers();
    await collect(stream(saying('x')));
    expect(timers().set).toBe(0);
  });

  it('in a call that is over already it is stopped from the start', async () => {
    const provider = fakeProvider('late', saying());
    const candidate = {
      backend: fromProvider(provider),
      ...{ model: 'm', apiKey: undefined, keys: [], baseURL: undefined, named: true },
    };
    const attempt = new RequestScope(candidate, settle({}), AbortSignal.abort());
    await expect(attempt.deadlines.wait(new Promise(() => undefined))).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(attempt.context.signal.aborted).toBe(true);
  });

  it.each<[string, Partial<AsyncIterator<never>>]>([
    [
      'throws in return()',
      {
        return: () => {
          throw new Error('no return');
        },
      },
    ],
    ['returns no promise', { return: () => ({ done: true, value: undefined }) as never }],
    ['rejects', { return: () => Promise.reject(new Error('no return')) }],
    ['has no return()', {}],
  ])('a hand-made iterator that %s does no harm', async (_, ending) => {
    const events = [[start()], [text('x')], [text('y')], [stop]];
    const chat: Provider['chat'] = () => ({
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: events.shift() ?? [] }),
        ...ending,
      }),
    });
    const read: ChatCompletionChunk[] = [];
    for await (const chunk of stream(chat)) {
      read.push(chunk);
      if (read.length === 2) break;
    }
    expect(read[1]?.choices[0]?.delta.content).toBe('x');
  });

  it.each<[string, () => never, string]>([
    [
      'throws in next()',
      () => {
        throw new Error('sync');
      },
      'mine: sync. The provider failed with an error of its own; report it to its author.',
    ],
    ['returns no promise from next()', () => ({ done: false, value: [] }) as never, 'mine: '],
  ])(
    'a hand-made iterator that %s in mid-answer is told as the provider’s fault, and closed',
    async (_, next, said) => {
      let signal: AbortSignal | undefined;
      let reads = 0;
      const closed = vi.fn(async () => ({ done: true as const, value: undefined }));
      const chat: Provider['chat'] = (_request, context) => {
        signal = context.signal;
        return {
          [Symbol.asyncIterator]: () => ({
            next: () =>
              reads++ === 0 ? Promise.resolve({ done: false, value: [start(), text('x')] }) : next(),
            return: closed,
          }),
        };
      };
      const timers = watchTimers();
      const error = await failureOf(collect(stream(chat)));
      expect(error).toMatchObject({ code: 'internal', provider: 'mine' });
      expect(error.message).toContain(said);
      expect(closed).toHaveBeenCalledOnce();
      expect(signal?.aborted).toBe(true);
      expect(timers().held).toBe(0);
    },
  );

  it("runs the provider's own cleaning up", async () => {
    const cleaned = vi.fn();
    const chat: Provider['chat'] = async function* () {
      try {
        yield [start(), text('x')];
        yield [text('y')];
      } finally {
        cleaned();
      }
    };
    for await (const _ of stream(chat)) break;
    await expect.poll(() => cleaned.mock.calls.length).toBe(1);
  });

  it('a provider that cannot chat says so', async () => {
    const { chat: _, ...provider } = fakeProvider('lister', saying(), { listModels: async () => [] });
    const error = await failureOf(collect(stream(undefined, { provider })));
    expect(error.message).toBe('lister: this provider cannot chat. Choose another provider.');
  });
});

/** An attempt at a provider that is not asked. @param total how long the call may take, in ms */
const scopeOf = (timeout: Timeouts, total = 60_000): RequestScope => {
  const candidate = {
    backend: fromProvider(fakeProvider('mine', saying())),
    ...{ model: 'm', apiKey: undefined, keys: [], baseURL: undefined, named: true },
  };
  const { signal } = new AbortController();
  return new RequestScope(candidate, settle({ timeout }), signal, [], performance.now() + total);
};

describe('one request of several', () => {
  it('that is answered too late is stopped, and all that were sent with it', async () => {
    const service = await startService(() => undefined);
    const scope = scopeOf({ headers: 20 });
    const context = scope.contextForSeveral();
    try {
      const request = { method: 'POST', url: service.url, headers: {}, body: '' } as const;
      const error = await failureOf(context.send(request));
      expect(error).toMatchObject({ code: 'timeout', phase: 'headers' });
      expect(context.signal.reason).toBe(error);
    } finally {
      scope.close();
      await service.close();
    }
  });
});

describe('an answer that is under way', () => {
  it.each<[string, Readonly<{ firstContent: number }>, number, number]>([
    ['the deadline of what is waited for', { firstContent: 5000 }, 1e6, 5000],
    ['that of the whole call where it is nearer', { firstContent: 5000 }, 3000, 3000],
  ])('knows how long is left until %s', async (_case, timeout, total, most) => {
    const service = await startService((response) => begin(response, ': begun\n\n'));
    const scope = scopeOf(timeout, total);
    try {
      const request = { method: 'POST', url: service.url, headers: {}, body: '' } as const;
      for (const context of [scope.context, scope.contextForSeveral()]) {
        const response = await scope.deadlines.wait(context.send(request));
        const left = response.leftMs?.() ?? Number.POSITIVE_INFINITY;
        expect(left).toBeLessThanOrEqual(most);
        response.release();
      }
    } finally {
      scope.close();
      await service.close();
    }
  });
});
