import { LightAbort } from '@g4f/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { createCalls } from '../src/calls.ts';
import type { AsyncChunkStream, CallOptions } from '../src/surface.ts';
import { Trail } from '../src/trail.ts';
import { collect, deaf, failureOf, fakeProvider, saying, start, text } from './fake-provider.ts';
import { begin, chunk, type FakeService, ROLE, sayHello, startService, timeUntil } from './fake-service.ts';

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
  client.chat.completions.create({
    model: 'family',
    messages: 'x',
    stream: true,
    ...(options.provider === undefined && { baseURL: service.url }),
    ...options,
  });
const openEnded = (response: Parameters<typeof begin>[0]): void =>
  begin(response, ROLE, chunk({ content: 'a' }), chunk({ content: 'b' }));
/** How long the service's sockets stay open after `leave`, in ms. */
const closesWithin = async (leave: () => unknown): Promise<number> => {
  expect(service.sockets.size).toBeGreaterThan(0);
  void leave();
  return timeUntil(() => service.sockets.size === 0);
};
const firstTwo = async (chunks: AsyncChunkStream): Promise<void> => {
  await chunks.next();
  await chunks.next();
};
const SOON = 50;

// Tried again because others share this machine: one run in time shows that nothing has to be waited for.
describe('leaving in mid-stream closes the connection within 50 ms', { retry: 3 }, () => {
  beforeEach(async () => {
    service.answer = openEnded;
    await timeUntil(() => service.sockets.size === 0);
  });

  it('break', async () => {
    const began = { at: 0 };
    for await (const { choices } of stream()) {
      if (choices[0]?.delta.content !== 'a') continue;
      began.at = performance.now();
      break;
    }
    await timeUntil(() => service.sockets.size === 0);
    expect(performance.now() - began.at).toBeLessThan(SOON);
  });

  it('an error in the body of the loop, which is what the loop throws', async () => {
    const own = new Error('own');
    const began = { at: 0 };
    const loop = async (): Promise<void> => {
      for await (const _ of stream()) {
        began.at = performance.now();
        throw own;
      }
    };
    await expect(loop()).rejects.toBe(own);
    await timeUntil(() => service.sockets.size === 0);
    expect(performance.now() - began.at).toBeLessThan(SOON);
  });

  it('return()', async () => {
    const chunks = stream();
    await firstTwo(chunks);
    expect(await closesWithin(() => chunks.return?.())).toBeLessThan(SOON);
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('throw(), which throws what it is given', async () => {
    const chunks = stream();
    await firstTwo(chunks);
    const own = new Error('own');
    const thrown = expect(chunks.throw?.(own)).rejects.toBe(own);
    expect(await closesWithin(() => undefined)).toBeLessThan(SOON);
    await thrown;
  });

  it('abort(), after which there is nothing more', async () => {
    const chunks = stream();
    await firstTwo(chunks);
    expect(await closesWithin(() => chunks.abort())).toBeLessThan(SOON);
    chunks.abort();
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('await using', async () => {
    const began = { at: 0 };
    {
      await using chunks = stream();
      await firstTwo(chunks);
      began.at = performance.now();
    }
    await timeUntil(() => service.sockets.size === 0);
    expect(performance.now() - began.at).toBeLessThan(SOON);
  });

  it("the caller's signal: the next read throws, and nothing that was read before is handed out", async () => {
    const controller = new AbortController();
    const chunks = stream({ signal: controller.signal });
    await firstTwo(chunks);
    expect(await closesWithin(() => controller.abort('enough'))).toBeLessThan(SOON);
    const error = await failureOf(chunks.next());
    expect(error).toMatchObject({ code: 'aborted', provider: 'custom', cause: 'enough' });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });
});

describe('leaving before there is anything', { retry: 3 }, () => {
  it('before the headers', async () => {
    service.answer = () => undefined;
    const chunks = stream();
    const first = chunks.next();
    await timeUntil(() => service.sockets.size > 0);
    expect(await closesWithin(() => chunks.abort())).toBeLessThan(SOON);
    expect(await first).toEqual({ done: true, value: undefined });
  });

  it('before the first content', async () => {
    service.answer = (response) => begin(response, ': hello\n\n', ROLE);
    const controller = new AbortController();
    const chunks = stream({ signal: controller.signal });
    const first = failureOf(chunks.next());
    await timeUntil(() => service.sockets.size > 0);
    expect(await closesWithin(() => controller.abort())).toBeLessThan(SOON);
    expect((await first).code).toBe('aborted');
  });

  it('before the first read nothing is sent', async () => {
    const sent = service.requests.length;
    await stream().return?.();
    stream().abort();
    const error = await failureOf(collect(stream({ signal: AbortSignal.abort() })));
    expect(error.code).toBe('aborted');
    const whole = client.chat.completions.create({
      model: 'm',
      messages: 'x',
      baseURL: service.url,
      signal: AbortSignal.abort('no'),
    });
    expect(await failureOf(whole)).toMatchObject({ code: 'aborted', cause: 'no' });
    expect(service.requests.length).toBe(sent);
  });

  it('a deaf backend does not keep the reader', async () => {
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
  const answer = createCalls({ env: {}, provider }).chat(params, undefined, left, new Trail(published));
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
  const answer = createCalls({ env: {}, provider }).chat(params, undefined, left, new Trail(published));
  expect((await failureOf(answer.next())).code).toBe('aborted');
  expect(published.mock.calls.map(([name]) => name)).toEqual(['g4f:request', 'g4f:finish']);
});
