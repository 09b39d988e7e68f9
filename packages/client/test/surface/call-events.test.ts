// What a call tells of itself, to its reader and to observers: the same of both clients.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { CallEvents } from '../../src/surface/call-events.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import type { RouteAttempt } from '../../src/surface/received.ts';
import { failureOf } from '../fake-provider.ts';
import { type Service, startService } from '../sync/service.ts';

let service: Service;
let options: ClientOptions;
let sync: Client;
beforeAll(async () => {
  service = await startService();
  const env = { GROQ_API_KEY: 'sk-1', OPENAI_API_KEY: 'sk-2', OPENAI_BASE_URL: service.url };
  // Nobody listens at port 9 of this machine.
  options = {
    env: { ...env, GROQ_BASE_URL: 'http://127.0.0.1:9/v1' },
    provider: ['groq', 'openai'],
    maxRetries: 0,
  };
  sync = new Client(options);
});
afterAll(async () => {
  sync.close();
  await service.stop();
});

const NAMES = ['g4f:request', 'g4f:attempt', 'g4f:first-content', 'g4f:finish'] as const;
type Told = {
  [N in keyof CallEvents]: { readonly name: N; readonly message: CallEvents[N] };
}[keyof CallEvents];
const told: Told[] = [];
const listen = (message: unknown, name: string | symbol): void => void told.push({ name, message } as Told);
const hear = (): void => {
  for (const name of NAMES) subscribe(name, listen);
};
beforeEach(() => void told.splice(0));
afterEach(() => {
  for (const name of NAMES) unsubscribe(name, listen);
});
const namesTold = () => told.map(({ name }) => name.slice('g4f:'.length)).join(' ');

interface Face {
  /** Reads a stream to its end, or so many chunks; tells its route. */
  route(model: string, chunks?: number): Promise<readonly RouteAttempt[]>;
  whole(model: string): Promise<unknown>;
  health(): Promise<ReturnType<Client['health']>>;
}
const asking = (model: string) => ({ model, messages: 'a secret prompt' });

const FACES: Readonly<Record<'AsyncClient' | 'Client', () => Face>> = {
  AsyncClient() {
    const client = new AsyncClient(options);
    return {
      async route(model, chunks = Number.POSITIVE_INFINITY) {
        const stream = client.chat.completions.create({ ...asking(model), stream: true });
        expect(stream.route).toEqual([]);
        let read = 0;
        for await (const _ of stream) if (++read >= chunks) break;
        return stream.route;
      },
      whole: (model) => client.chat.completions.create(asking(model)),
      health: () => client.health(),
    };
  },
  Client: () => ({
    async route(model, chunks = Number.POSITIVE_INFINITY) {
      const stream = sync.chat.completions.create({ ...asking(model), stream: true });
      expect(stream.route).toEqual([]);
      let read = 0;
      for (const _ of stream) if (++read >= chunks) break;
      return stream.route;
    },
    whole: async (model) => sync.chat.completions.create(asking(model)),
    health: async () => sync.health(),
  }),
};

const ms = expect.any(Number);
const ROUTE = [
  { provider: 'groq', model: 'm', code: 'network', message: expect.stringContaining('127.0.0.1:9'), ms },
  { provider: 'openai', model: 'm', ms, firstContentMs: ms },
];

describe.each(Object.entries(FACES))('%s', (_, face) => {
  it('a stream tells its route: who was asked, who failed, who answers', async () => {
    expect(await face().route('m')).toEqual(ROUTE);
    expect(await face().route('m', 1)).toMatchObject([
      { provider: 'groq' },
      { provider: 'openai', firstContentMs: ms },
    ]);
  });

  it('observers hear of the request, each attempt, the first content and the end', async () => {
    hear();
    await face().route('m');
    expect(namesTold()).toBe('request attempt first-content attempt finish');
    const call = told[0]?.message.call;
    expect(call).toMatch(/^[0-9a-f-]{36}$/);
    expect(told.map(({ message }) => message)).toEqual([
      { call, operation: 'chat', startedAt: ms, model: 'm', stream: true, providers: ['groq', 'openai'] },
      { call, ...ROUTE[0], startedAt: ms, tryMs: ms },
      { call, provider: 'openai', model: 'm', ms },
      { call, ...ROUTE[1], startedAt: ms, tryMs: ms },
      { call, model: 'm', ms, provider: 'openai', attempts: ROUTE },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/sk-|secret prompt/);
  });

  it('of an answer in one piece, and of one that fails', async () => {
    hear();
    await face().whole('m');
    expect(namesTold()).toBe('request attempt first-content attempt finish');
    expect(told[0]?.message).toMatchObject({ stream: false });
    told.splice(0);
    const error = await failureOf(() => face().whole('refuse'));
    expect(error).toMatchObject({ code: 'no-provider', attempts: [{ code: 'network' }, { code: 'auth' }] });
    expect(namesTold()).toBe('request attempt attempt finish');
    expect(told.at(-1)?.message).toMatchObject({ code: 'no-provider', attempts: error.attempts });
  });

  it('of a call that was wrong from the start nothing is told: it never began', async () => {
    hear();
    await failureOf(() => face().whole(''));
    expect(namesTold()).toBe('');
  });

  it('of one whose reader leaves', async () => {
    hear();
    await face().route('endless', 3);
    await expect.poll(namesTold).toBe('request attempt first-content attempt finish');
    expect(told.at(-1)?.message).toMatchObject({ code: 'aborted', provider: 'openai' });
  });

  it('health tells of every provider that was asked', async () => {
    const asked = face();
    await asked.route('m');
    const report = await asked.health();
    expect(report).toMatchObject([
      { provider: 'groq', baseURL: 'http://127.0.0.1:9/v1', lastError: { code: 'network' } },
      { provider: 'openai', baseURL: service.url, state: 'closed', firstContentMs: { p50: ms, p95: ms } },
    ]);
    expect(JSON.stringify(report)).not.toContain('sk-');
  });
});

describe('a stream that is dropped', () => {
  const collectGarbage = (): void => {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
  };

  it('closes its connection when the garbage is collected, young as it may be', async () => {
    // Its own: streams of the tests before this one are left late where the machine is busy.
    const own = await startService();
    onTestFinished(async () => void (await own.stop()));
    const readTwo = async (): Promise<void> => {
      const client = new AsyncClient({ env: {}, provider: 'openai', apiKey: 'k', baseURL: own.url });
      const stream = client.chat.completions.create({ ...asking('endless'), stream: true });
      await stream.next();
      await stream.next();
    };
    await readTwo();
    await expect
      .poll(() => {
        collectGarbage();
        return own.left;
      })
      .toBe(1);
  });
});
