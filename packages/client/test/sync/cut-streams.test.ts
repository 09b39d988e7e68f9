// Streams of a provider of one's own that end without their last event: told by both clients, and never kept.
import { afterAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { MemoryStore } from '../../src/middleware/memory-store.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import { failureOf } from '../fake-provider.ts';

const provider = new URL('./fixtures/cutter.mjs', import.meta.url);
const options = { env: {}, maxRetries: 0, provider: provider.href };
const async = new AsyncClient(options);
const client = new Client(options);
afterAll(() => {
  async.close();
  client.close();
});

const file = { data: new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0]), name: 'a.mp3' };
const text = (user: string) => ({ model: 'm', prompt: 'x', user, stream: true }) as const;
const STREAMS = {
  completions: (of: AsyncClient | Client, user: string) => of.completions.create(text(user)),
  images: (of: AsyncClient | Client, user: string) =>
    of.images.generate({ model: 'm', prompt: 'x', user, stream: true }),
  transcriptions: (of: AsyncClient | Client, user: string) =>
    of.audio.transcriptions.create({ model: 'm', file, user, stream: true }),
};

/** All parts of a stream, and why it failed. */
const read = async (open: () => AsyncIterable<unknown> | Iterable<unknown>) => {
  const parts: unknown[] = [];
  try {
    for await (const part of open()) parts.push(part);
    return { parts, error: undefined };
  } catch (error) {
    return { parts, error };
  }
};

describe('a stream without its end', () => {
  it.each([
    ['completions', 'cut', 1],
    ['completions', 'one of two', 2],
    ['completions', 'no reason', 2],
    ['images', 'cut', 1],
    ['images', 'one of two', 3],
    ['transcriptions', 'cut', 1],
    ['transcriptions', 'segment', 2],
  ] as const)('of %s is told after what came: %s', async (method, user, parts) => {
    for (const of of [async, client]) {
      const cut = await read(() => STREAMS[method](of, user));
      expect(cut.parts).toHaveLength(parts);
      expect(cut.error).toMatchObject({ code: 'stream-truncated', provider: 'cutter', model: 'm' });
    }
  });

  it.each(['completions', 'images', 'transcriptions'] as const)(
    'of %s is none that has its end',
    async (method) => {
      for (const of of [async, client])
        expect((await read(() => STREAMS[method](of, 'whole'))).error).toBeUndefined();
    },
  );

  it('is no whole answer either', async () => {
    const asked = { model: 'm', prompt: 'x', user: 'cut' };
    expect(await failureOf(async.completions.create(asked))).toMatchObject({ code: 'stream-truncated' });
    expect(() => client.completions.create(asked)).toThrow(
      expect.objectContaining({ code: 'stream-truncated' }),
    );
  });
});

describe('the cache', () => {
  const spoken = async (of: AsyncClient, user: string) =>
    JSON.stringify((await read(() => of.completions.create(text(user)))).parts);

  it('keeps no stream that was cut', async () => {
    const kept = new AsyncClient({ ...options, cache: true });
    for (let times = 0; times < 2; times += 1) expect(await spoken(kept, 'cut')).not.toContain('cached');
    const whole = await spoken(kept, 'whole');
    expect(await spoken(kept, 'whole')).toContain('"cached":true');
    expect(whole).not.toContain('"cached":true');
  });

  it('passes over an entry that was cut', async () => {
    const store = new MemoryStore({ maxEntries: 9, maxCharacters: 1_000_000 });
    const shortened = {
      get: (key: string) => {
        const { parts, pauses, ...rest } = JSON.parse(store.get(key) ?? 'null') ?? { parts: [], pauses: [] };
        return JSON.stringify({ ...rest, parts: parts.slice(0, 1), pauses: pauses.slice(0, 1) });
      },
      set: (key: string, entry: string) => store.set(key, entry),
    };
    const kept = new AsyncClient({ ...options, use: [withCache({ store: shortened })] });
    expect(await spoken(kept, 'whole')).not.toContain('cached');
    expect(await spoken(kept, 'whole')).not.toContain('cached');
  });
});

it('a middleware that ends too early is told of', async () => {
  const cutting = new AsyncClient({
    ...options,
    use: [
      async function* first(_call, next) {
        for await (const part of next()) {
          yield part;
          break;
        }
      },
    ],
  });
  for (const open of Object.values(STREAMS))
    expect((await read(() => open(cutting, 'whole'))).error).toMatchObject({
      code: 'internal',
      message: expect.stringContaining('a middleware: the stream ended before'),
    });
});

describe('a completion', () => {
  it('of more characters than an answer may have is given up, by both clients', async () => {
    const asked = { model: 'm', prompt: 'x', user: 'long' };
    const error = { code: 'bad-response', message: expect.stringContaining('longer than the limit') };
    expect(await failureOf(async.completions.create(asked))).toMatchObject(error);
    expect(() => client.completions.create(asked)).toThrow(expect.objectContaining(error));
  });

  it('of more texts than there may be is given up', async () => {
    const { error, parts } = await read(() => async.completions.create(text('many')));
    expect(error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('128 choices') });
    expect(parts).toHaveLength(128);
  });
});
