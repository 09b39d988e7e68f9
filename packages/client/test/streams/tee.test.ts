// tee(): two streams of one answer, which is asked for once, kept only as far as one is behind, and left when both are.
import { LIMITS } from '@g4f/core';
import { expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { AsyncChunkStream } from '../../src/surface/chat-stream.ts';
import {
  collect,
  failing,
  failureOf,
  fakeProvider,
  saying,
  start,
  stop,
  text,
  wordsOf,
} from '../fake-provider.ts';

type Provided = Parameters<typeof fakeProvider>[1];
const streamOf = (chat: Provided): AsyncChunkStream =>
  new AsyncClient({ provider: fakeProvider('a', chat), maxRetries: 0, env: {} }).chat.completions.create({
    model: 'family',
    messages: 'x',
    stream: true,
  });

/** Endless, and knows when it is left. */
const endless = () => {
  const seen = { batches: 0, isLeft: false };
  const chat: Provided = async function* (_, { signal }) {
    signal.addEventListener('abort', () => {
      seen.isLeft = true;
    });
    yield [start()];
    for (;;) {
      seen.batches += 1;
      yield [text('word ')];
      await new Promise(setImmediate);
    }
  };
  return { seen, chat };
};

it('both have all of it: one after the other, at once, and by different ways', async () => {
  let asked = 0;
  const chat: Provided = async function* () {
    asked += 1;
    yield [start(), text('Hel')];
    yield [text('lo')];
    yield [stop];
  };
  const [one, other] = streamOf(chat).tee();
  const chunks = await collect(one);
  expect(wordsOf(chunks)).toBe('Hello');
  expect(await collect(other)).toEqual(chunks);
  expect([one.route, one.headers, other.usage]).toEqual([other.route, {}, undefined]);
  const [left, right] = streamOf(chat).tee();
  expect(await Promise.all([left.finalText(), collect(right).then(wordsOf)])).toEqual(['Hello', 'Hello']);
  const [again, last] = streamOf(chat).tee();
  const three = [...again.tee(), last].map((stream) => collect(stream).then(wordsOf));
  expect(await Promise.all(three)).toEqual(['Hello', 'Hello', 'Hello']);
  expect(asked).toBe(3);
});

it('a failure is told to both, after what came before it', async () => {
  for (const [one, other] of [streamOf(failing('server', [start(), text('Hel')])).tee()]) {
    for (const stream of [one, other]) {
      const chunks: Parameters<typeof wordsOf>[0][number][] = [];
      expect(await failureOf(collect(stream, chunks))).toMatchObject({ code: 'server' });
      expect(wordsOf(chunks)).toBe('Hel');
    }
  }
  const nobody = new AsyncClient({ env: {} }).chat.completions.create({
    model: 'gpt-5.4',
    messages: 'x',
    stream: true,
  });
  const [awaited, read] = nobody.tee();
  await expect(Promise.resolve(awaited)).rejects.toMatchObject({ code: 'no-provider' });
  await expect(collect(read)).rejects.toMatchObject({ code: 'no-provider' });
});

it('the service is left when both are, and not before', async () => {
  const { seen, chat } = endless();
  const [one, other] = streamOf(chat).tee();
  for await (const _ of one) break;
  expect(seen.isLeft).toBe(false);
  let count = 0;
  for await (const _ of other) if (++count === 5) break;
  await expect.poll(() => seen.isLeft).toBe(true);
});

it('the service is not read further than the faster one', async () => {
  const { seen, chat } = endless();
  const [one, other] = streamOf(chat).tee();
  for (let at = 0; at < 10; at++) await one.next();
  const before = seen.batches;
  for (let at = 0; at < 10; at++) await other.next();
  expect(seen.batches).toBe(before);
  one.abort();
  other.abort();
});

it('an abort of the stream itself ends both by an error: neither has the whole answer', async () => {
  const { chat } = endless();
  const stream = streamOf(chat);
  const [one, other] = stream.tee();
  await one.next();
  stream.abort();
  expect(await failureOf(other.finalText())).toMatchObject({ code: 'aborted' });
  expect(await failureOf(collect(one))).toMatchObject({ code: 'aborted' });
});

it('a stream or a branch that was aborted says so, and not that it was read', async () => {
  const stream = streamOf(saying('x'));
  stream.abort();
  expect(await failureOf(() => stream.tee())).toMatchObject({ code: 'aborted' });
  const [branch] = streamOf(saying('x')).tee();
  branch.abort();
  expect(await failureOf(branch.finalText())).toMatchObject({ code: 'aborted' });
  expect(await failureOf(() => branch.tee())).toMatchObject({ code: 'aborted' });
});

it('one that falls too far behind is told so, keeps nothing, and the other reads on', async () => {
  const piece = 'x'.repeat(LIMITS.teedCharacters / 4);
  const [fast, slow] = streamOf(saying(piece, piece, piece, piece, piece, 'end')).tee();
  await slow.next();
  expect(wordsOf(await collect(fast)).endsWith('end')).toBe(true);
  expect(await failureOf(collect(slow))).toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('behind the other'),
  });
});

it('splits the stream of a response, too', async () => {
  const client = new AsyncClient({
    provider: fakeProvider('a', saying('Hello')),
    env: {},
  });
  const [left, right] = client.responses.stream({ model: 'family', input: 'x' }).tee();
  const typesOf = async (stream: AsyncIterable<{ readonly type: string }>): Promise<readonly string[]> => {
    const types: string[] = [];
    for await (const { type } of stream) types.push(type);
    return types;
  };
  const [types, same] = await Promise.all([typesOf(left), typesOf(right)]);
  expect(types).toContain('response.output_text.delta');
  expect(same).toEqual(types);
});
