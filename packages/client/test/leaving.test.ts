import { LightAbort } from '@g4f/core/internal';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { CallLog } from '../src/attempt/call-log.ts';
import type { AsyncChunkStream } from '../src/surface/chat-stream.ts';
import type { CallOptions } from '../src/surface/options.ts';
import { createChatEngine } from './chat-engine.ts';
import { collect, deaf, failureOf, fakeProvider, saying, start, text } from './fake-provider.ts';
import { begin, chunk, type FakeService, ROLE, sayHello, startService } from './fake-service.ts';

let service: FakeService;
const client = new AsyncClient({ env: {} });
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());
beforeEach(() => {
  service.answer = sayHello;
});

const stream = (options: CallOptions = {}): AsyncChunkStream =>
  client.chat.completions.create(
    { model: 'family', messages: 'x', stream: true },
    { ...(options.provider === undefined && { baseURL: service.url }), ...options },
  );
const openEnded = (response: Parameters<typeof begin>[0]): void =>
  begin(response, ROLE, chunk({ content: 'a' }), chunk({ content: 'b' }));
const closes = (): Promise<void> => expect.poll(() => service.sockets.size).toBe(0);
/** The service's sockets are open before `leave`, and closed afterwards. How soon, `npm run faults` measures. */
const closesBy = async (leave: () => unknown): Promise<void> => {
  expect(service.sockets.size).toBeGreaterThan(0);
  void leave();
  await closes();
};
const firstTwo = async (chunks: AsyncChunkStream): Promise<void> => {
  await chunks.next();
  await chunks.next();
};

describe('leaving in mid-stream closes the connection', () => {
  beforeEach(async () => {
    service.answer = openEnded;
    await closes();
  });

  it('break', async () => {
    for await (const { choices } of stream()) {
      if (choices[0]?.delta.content !== 'a') continue;
      break;
    }
    await closes();
  });

  it('an error in the body of the loop, which is what the loop throws', async () => {
    const own = new Error('own');
    const loop = async (): Promise<void> => {
      for await (const _ of stream()) {
        throw own;
      }
    };
    await expect(loop()).rejects.toBe(own);
    await closes();
  });

  it('return()', async () => {
    const chunks = stream();
    await firstTwo(chunks);
    await closesBy(() => chunks.return?.());
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('throw(), which throws what it is given', async () => {
    const chunks = stream();
    await firstTwo(chunks);
    const own = new Error('own');
    const thrown = expect(chunks.throw?.(own)).rejects.toBe(own);
    await closesBy(() => undefined);
    await thrown;
  });

  it('abort(), after which there is nothing more', async () => {
    const chunks = stream();
    await firstTwo(chunks);
    await closesBy(() => chunks.abort());
    chunks.abort();
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('await using', async () => {
    {
      await using chunks = stream();
      await firstTwo(chunks);
      expect(service.sockets.size).toBeGreaterThan(0);
    }
    await closes();
  });

  it("the caller's signal: the next read throws, and nothing that was read before is handed out", async () => {
    const controller = new AbortController();
    const chunks = stream({ signal: controller.signal });
    await firstTwo(chunks);
    await closesBy(() => controller.abort('enough'));
    const error = await failureOf(chunks.next());
    expect(error).toMatchObject({ code: 'aborted', provider: 'custom', cause: 'enough' });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });
});

describe('leaving before there is anything', () => {
  it('before the headers', async () => {
    service.answer = () => undefined;
    const sent = service.requests.length;
    const chunks = stream();
    const first = chunks.next();
    await expect.poll(() => service.requests.length).toBeGreaterThan(sent);
    await closesBy(() => chunks.abort());
    expect(await first).toEqual({ done: true, value: undefined });
  });

  it('before the first content', async () => {
    service.answer = (response) => begin(response, ': hello\n\n', ROLE);
    const sent = service.requests.length;
    const controller = new AbortController();
    const chunks = stream({ signal: controller.signal });
    const first = failureOf(chunks.next());
    await expect.poll(() => service.requests.length).toBeGreaterThan(sent);
    await closesBy(() => controller.abort());
    expect((await first).code).toBe('aborted');
  });

  it('before the first read nothing is sent', async () => {
    const sent = service.requests.length;
    await stream().return?.();
    stream().abort();
    const error = await failureOf(collect(stream({ signal: AbortSignal.abort() })));
    expect(error.code).toBe('aborted');
    const whole = client.chat.completions.create(
      { model: 'm', messages: 'x' },
      { baseURL: service.url, signal: AbortSignal.abort('no') },
    );
    expect(await failureOf(whole)).toMatchObject({ code: 'aborted', cause: 'no' });
    expect(service.requests.length).toBe(sent);
  });

  it('a deaf provider does not keep the reader', async () => {
    const controller = new AbortController();
    const chunks = stream({ provider: fakeProvider('deaf', deaf()), signal: controller.signal });
    const first = failureOf(chunks.next());
    setImmediate(() => controller.abort());
    expect((await first).code).toBe('aborted');
    const other = stream({ provider: fakeProvider('deaf', deaf([start(), text('x')])) });
    await firstTwo(other);
    const pending = other.next();
    await other.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
  });
});

it('in the middle of a read ends the call once for its observers', async () => {
  const published = vi.fn();
  const left = new LightAbort();
  const provider = fakeProvider('silent', deaf([start(), text('hi')]));
  const params = { model: 'family', messages: 'x', stream: true };
  const answer = createChatEngine({ env: {}, provider }).chat(
    params,
    undefined,
    left,
    new CallLog(published),
  );
  await answer.next();
  const reading = failureOf(answer.next());
  left.abort();
  await answer.return?.();
  expect((await reading).code).toBe('aborted');
  expect(published.mock.calls.filter(([name]) => name === 'g4f:finish')).toHaveLength(1);
});

it('before anybody was asked nobody is, and no observer is told that somebody was', async () => {
  const left = new LightAbort();
  const published = vi.fn((name: string) => {
    if (name === 'g4f:request') left.abort();
  });
  const params = { model: 'family', messages: 'x', stream: true };
  const provider = fakeProvider('eager', saying('x'));
  const answer = createChatEngine({ env: {}, provider }).chat(
    params,
    undefined,
    left,
    new CallLog(published),
  );
  expect((await failureOf(answer.next())).code).toBe('aborted');
  expect(published.mock.calls.map(([name]) => name)).toEqual(['g4f:request', 'g4f:finish']);
});
