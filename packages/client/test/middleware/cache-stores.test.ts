// Where answers are kept: memory with its bounds, Keyv and Map; and what becomes of a call when its store fails.
import type { Provider } from '@g4f/core';
import Keyv from 'keyv';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { MemoryStore } from '../../src/middleware/memory-store.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import { withLog } from '../../src/middleware/with-log.ts';
import type { CacheStore, StoredCacheOptions } from '../../src/surface/middleware.ts';
import { onItsClock, pass, stopClock, turns } from '../clock.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import { failureOf, fakeProvider, start, stop, text } from '../fake-provider.ts';

const counting = () => {
  const counts = { asked: 0 };
  const provider: Provider = fakeProvider('counting', async function* ({ model }) {
    counts.asked += 1;
    yield [start(model), text(`answer ${counts.asked}`)];
    yield [stop];
  });
  return { counts, provider };
};

const cached = (provider: Provider, options: StoredCacheOptions) =>
  new AsyncClient({ env: {}, provider, maxRetries: 0, use: [withCache(options)] });
const ask = (client: AsyncClient, messages = 'x') =>
  client.chat.completions.create({ model: 'family', messages });

describe('a store', () => {
  it('that holds a response whose event says something else is not believed', async () => {
    const { counts, provider } = counting();
    const kept = new Map<string, string>();
    const respond = () => cached(provider, { store: kept }).responses.create({ model: 'family', input: 'x' });
    expect((await respond()).output_text).toBe('answer 1');
    for (const [key, entry] of kept) kept.set(key, entry.replace('"response.completed"', '"response.sung"'));
    expect((await respond()).output_text).toBe('answer 2');
    expect((await respond()).output_text).toBe('answer 2');
    expect(counts.asked).toBe(2);
  });

  it.each<[string, () => CacheStore]>([
    ['a Keyv', () => new Keyv()],
    ['a Map', () => new Map<string, string>()],
  ])('may be %s, which clients share', async (_, createStore) => {
    const { counts, provider } = counting();
    const store = createStore();
    const first = await ask(cached(provider, { store }));
    const second = await ask(cached(provider, { store }));
    expect(second).toEqual({ ...first, id: second.id, created: second.created, cached: true });
    expect(counts.asked).toBe(1);
    const embedder = fakeEmbedder('vectors');
    const embed = () =>
      cached(embedder, { store }).embeddings.create({ model: 'vectors', input: ['a', 'b'] });
    const vectors = await embed();
    expect(await embed()).toEqual({ ...vectors, cached: true });
  });

  it('is given a key in which nothing of the prompt is, and the time to live', async () => {
    const kept: unknown[][] = [];
    const store: CacheStore = {
      get: () => undefined,
      set: (...given) => void kept.push(given),
    };
    await ask(cached(counting().provider, { store, ttl: 5000 }), 'a secret prompt');
    expect(kept).toEqual([[expect.stringMatching(/^g4f-[0-9a-f]{64}$/), expect.any(String), 5000]]);
    expect(JSON.stringify(kept)).not.toContain('secret prompt');
  });

  it('is believed no longer than the time to live, whether it minds it or not', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    for (const options of [{ ttl: 1000 }, { ttl: 1000, store: new Map<string, string>() }]) {
      const client = cached(counting().provider, options);
      await ask(client);
      vi.setSystemTime(Date.now() + 999);
      expect((await ask(client)).cached).toBe(true);
      vi.setSystemTime(Date.now() + 1);
      expect((await ask(client)).cached).toBeUndefined();
    }
  });
});

describe('a store that fails', () => {
  const NOT_READ = ['the cache could not be read: the service was asked.'];
  const never = () => new Promise<never>(() => undefined);

  it.each<[string, CacheStore]>([
    [
      'throws',
      {
        get() {
          throw new Error('down');
        },
        set() {
          throw new Error('down');
        },
      },
    ],
    [
      'rejects',
      { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')) },
    ],
    ['says nothing', { get: never, set: never }],
  ])('is as if there were none, and the answer says so: it %s', async (_, store) => {
    const { counts, provider } = counting();
    const client = cached(provider, { store, storeTimeout: 1 });
    for (let call = 1; call <= 2; call++) {
      const answer = await ask(client);
      expect(answer.choices[0]?.message.content).toBe(`answer ${call}`);
      expect(answer.cached).toBeUndefined();
      expect(answer.warnings).toEqual(NOT_READ);
    }
    expect(counts.asked).toBe(2);
    const embedder = cached(fakeEmbedder('vectors'), { store, storeTimeout: 1 });
    const vectors = await embedder.embeddings.create({ model: 'vectors', input: 'x' });
    expect(vectors).toMatchObject({ data: [{ index: 0 }], warnings: NOT_READ });
  });

  it.each<[string, CacheStore['set']]>([
    [
      'throws',
      () => {
        throw new Error('full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('full'))],
    ['says nothing', never],
  ])('to keep an answer harms none: it %s', async (_, set) => {
    const client = cached(counting().provider, { store: { get: () => undefined, set }, storeTimeout: 1 });
    const answer = await ask(client);
    expect(answer.choices[0]?.message.content).toBe('answer 1');
    expect(answer.warnings).toBeUndefined();
  });

  it('is waited for as long as was said, and no longer', async () => {
    stopClock();
    const client = cached(counting().provider, { store: { get: never, set: never } });
    let isOver = false;
    const answer = ask(client).finally(() => {
      isOver = true;
    });
    for (let ms = 0; ms < 999; ms += 111) {
      await turns();
      await pass(111);
    }
    await turns();
    expect(isOver).toBe(false);
    expect((await onItsClock(answer)).choices[0]?.message.content).toBe('answer 1');
  });

  const good = { version: 1, until: null, pauses: [0], parts: [[start(), text('kept'), stop]] };
  it.each<[string, unknown]>([
    ['no text', { value: good }],
    ['no JSON', '{"version":1'],
    ['null', 'null'],
    ['another version', JSON.stringify({ ...good, version: 2 })],
    ['no parts', JSON.stringify({ ...good, parts: undefined })],
    ['no batch', JSON.stringify({ ...good, parts: ['kept'] })],
    ['no event', JSON.stringify({ ...good, parts: [[null]] })],
    ['an unknown event', JSON.stringify({ ...good, parts: [[start(), { type: 'sing' }, stop]] })],
    ['no words', JSON.stringify({ ...good, parts: [[start(), { type: 'text-delta' }, stop]] })],
    ...Object.entries({
      'a start of no model': [{ type: 'answer-start' }, stop],
      'a call without a key': [start(), { type: 'tool-call-delta', index: 0 }, stop],
      'arguments that are no text': [start(), { type: 'tool-call-delta', key: 'c', arguments: {} }, stop],
      'a medium without an address': [start(), { type: 'media', mediaType: 'image/png' }, stop],
      'a source of another place': [start(), { type: 'source', url: 'x', start: 'x' }, stop],
      'counts that are none': [start(), { type: 'usage', usage: { prompt_tokens: '1' } }, stop],
      'an unknown reason': [start(), { type: 'finish', reason: 'sung' }],
      'fields that are none': [{ ...start(), extra: { chunk: 5 } }, stop],
      'a choice that is none': [start(), { ...text('kept'), choice: 'x' }, stop],
    }).map(([name, part]): [string, unknown] => [name, JSON.stringify({ ...good, parts: [part] })]),
    ['more than is kept', `${JSON.stringify(good)}${' '.repeat(17 * 2 ** 20)}`],
    [
      'lists in lists',
      `{"version":1,"until":null,"pauses":[0],"parts":[[{"type":"answer-start","model":"m","extra":{"chunk":{"x":${'['.repeat(5000)}${']'.repeat(5000)}}}},{"type":"finish","reason":"stop"}]]}`,
    ],
    ['a cut answer', JSON.stringify({ ...good, parts: [[start(), text('kept')]] })],
    ['another operation', JSON.stringify({ ...good, parts: [{ object: 'list', data: [] }] })],
    ['a pause without end', JSON.stringify({ ...good, pauses: [1e12] })],
    ['too few pauses', JSON.stringify({ ...good, pauses: [] })],
    ['an entry of yesterday', JSON.stringify({ ...good, until: Date.now() - 1 })],
  ])('by what it gives is not believed: %s', async (_, found) => {
    const client = cached(counting().provider, { store: { get: () => found, set: () => undefined } });
    const answer = await ask(client);
    expect(answer.choices[0]?.message.content).toBe('answer 1');
    expect(answer).not.toHaveProperty('cached');
    expect(answer).not.toHaveProperty('warnings');
  });

  it('is believed by what is good', async () => {
    const client = cached(counting().provider, {
      store: { get: async () => JSON.stringify(good), set: () => undefined },
    });
    expect(await ask(client)).toMatchObject({ cached: true, choices: [{ message: { content: 'kept' } }] });
  });

  it('by vectors for other inputs is not believed', async () => {
    const vectors = { object: 'list', model: 'm', data: [{ object: 'embedding', index: 0, embedding: [1] }] };
    const store = {
      get: () => JSON.stringify({ ...good, parts: [vectors] }),
      set: () => undefined,
    };
    const client = cached(fakeEmbedder('vectors'), { store });
    const embed = (input: string[]) => client.embeddings.create({ model: 'vectors', input });
    expect((await embed(['a', 'b'])).cached).toBeUndefined();
    expect((await embed(['a'])).cached).toBe(true);
  });
});

describe('memory', () => {
  it('holds so many entries: the one used longest ago goes first', async () => {
    const { counts, provider } = counting();
    const client = cached(provider, { maxEntries: 2 });
    for (const messages of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(client, messages);
    expect(counts.asked).toBe(4);
  });

  it('holds so many characters, and no entry that is longer', () => {
    const store = new MemoryStore({ maxEntries: 10, maxCharacters: 10 });
    for (const key of ['a', 'b', 'c']) store.set(key, '1234');
    expect(['a', 'b', 'c'].map((key) => store.get(key))).toEqual([undefined, '1234', '1234']);
    store.set('b', '12');
    store.set('d', '1234');
    expect(['b', 'c', 'd'].map((key) => store.get(key))).toEqual(['12', '1234', '1234']);
  });

  it('keeps no answer that is longer than all of it', async () => {
    const { counts, provider } = counting();
    const client = cached(provider, { maxCharacters: 300 });
    await ask(client);
    const long = cached(
      fakeProvider('long', async function* () {
        counts.asked += 1;
        yield [start(), text('x'.repeat(400)), stop];
      }),
      { maxCharacters: 300 },
    );
    await ask(long);
    await ask(long);
    expect((await ask(client)).cached).toBe(true);
    expect(counts.asked).toBe(3);
  });
});

describe('the pauses of a stream', () => {
  const slow: Provider = fakeProvider('slow', async function* () {
    yield [start(), text('a')];
    await new Promise((resolve) => setTimeout(resolve, 300));
    yield [text('b')];
    await new Promise((resolve) => setTimeout(resolve, 700));
    yield [stop];
  });
  const stream = (client: AsyncClient) =>
    client.chat.completions.create({ model: 'family', messages: 'x', stream: true });
  /** Since the first chunk, to 100 ms. */
  const timesOf = async (client: AsyncClient): Promise<number[]> => {
    const times: number[] = [];
    for await (const _ of stream(client)) times.push(performance.now());
    return times.map((ms) => Math.round((ms - (times[0] ?? 0)) / 100) * 100);
  };

  it.each([
    [true, [0, 0, 300, 1000]],
    [false, [0, 0, 0, 0]],
  ])('are repeated if that is wanted: %s', async (timing, repeated) => {
    stopClock();
    const client = cached(slow, { timing });
    expect(await onItsClock(timesOf(client))).toEqual([0, 0, 300, 1000]);
    expect(await onItsClock(timesOf(client))).toEqual(repeated);
  });

  it('end when the stream is left, and with its deadline', async () => {
    stopClock();
    const lines: string[] = [];
    const use = [withLog((line) => lines.push(line)), withCache({ timing: true })];
    const client = new AsyncClient({ env: {}, provider: slow, use });
    await onItsClock(timesOf(client));
    const left = stream(client);
    await onItsClock(Promise.all([left.next(), left.next()]));
    const read = left.next();
    left.abort();
    expect((await read).done).toBe(true);
    await turns();
    expect(lines[1]).toMatch(/code=aborted cached=true$/);
    const late = new AsyncClient({ env: {}, provider: slow, use, timeout: 700 });
    const error = await failureOf(onItsClock(timesOf(late)));
    expect(error).toMatchObject({ code: 'timeout', phase: 'total' });
  });
});
