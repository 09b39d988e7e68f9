// A reader who leaves, stops a stream or closes the client meets the same of all three clients.
import { G4FError } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import { type AnyStream, FACES, type Face } from './faces.ts';
import { failureOf, fakeProvider, start, stop } from './fake-provider.ts';
import { type Service, startService } from './sync/service.ts';

let service: Service;
const opened: Face[] = [];
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  for (const face of opened) face.close();
  await service.stop();
});

const readSome = async (stream: AnyStream, chunks = Number.POSITIVE_INFINITY): Promise<number> => {
  let read = 0;
  for await (const _chunk of stream) if (++read >= chunks) break;
  return read;
};
const closes = (left: number): Promise<void> => expect.poll(() => service.left).toBeGreaterThan(left);

describe.each(Object.entries(FACES))('%s', (_, make) => {
  const open = (): Face => {
    const face = make(service.url, 'sk-1');
    opened.push(face);
    return face;
  };

  it('shows no failure in the route of a stream that its reader left', async () => {
    const { left } = service;
    const stream = open().stream('endless');
    await readSome(stream, 3);
    await closes(left);
    expect(stream.route).toHaveLength(1);
    expect(stream.route[0]).toHaveProperty('firstContentMs');
    expect(stream.route[0]).not.toHaveProperty('code');
    expect(stream.route[0]).not.toHaveProperty('message');
  });

  it('ends a loop over a stream that is aborted, without an error', async () => {
    const { left } = service;
    const stream = open().stream('endless');
    let read = 0;
    for await (const _chunk of stream) if (++read === 3) stream.abort();
    expect(read).toBe(3);
    await closes(left);
    expect(stream.route[0]).not.toHaveProperty('code');
  });

  it.each(['endless', 'm'])(
    'hands out nothing of %s after close(), not even what has come already',
    async (model) => {
      const face = open();
      const stream = face.stream(model);
      let read = 0;
      const error = await failureOf(async () => {
        for await (const _chunk of stream) if (++read === 2) face.close();
      });
      expect(read).toBe(2);
      expect(error).toBeInstanceOf(G4FError);
      expect(error.code).toBe('aborted');
      expect(error.message).toMatch(/^(Async)?Client: it was closed in mid-answer\.$/);
    },
  );

  it('refuses a call after close()', async () => {
    const face = open();
    face.close();
    for (const asking of [() => face.whole('m'), () => readSome(face.stream('m'))]) {
      const error = await failureOf(async () => asking());
      expect(error.code).toBe('invalid-request');
      expect(error.message).toMatch(/^(Async)?Client: it was closed; make a new \1?Client for more calls\.$/);
    }
  });
});

describe.each([
  ['AsyncClient', AsyncClient],
  ['the small client', SmallClient],
] as const)('%s, when all has been read of the service', (_, Face) => {
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
  const provider = fakeProvider('mine', async function* () {
    yield [start()];
    yield [stop, { type: 'usage', usage }];
  });

  it.each<[string, (client: { close(): void }, caller: AbortController) => void]>([
    ['close()', (client) => client.close()],
    ["the caller's signal", (_client, caller) => caller.abort()],
  ])('does not end a stream as if it were complete after %s', async (_name, end) => {
    const client = new Face({ provider });
    const caller = new AbortController();
    const { signal } = caller;
    const stream = client.chat.completions.create({ model: 'family', messages: 'x', stream: true, signal });
    await stream.next();
    end(client, caller);
    expect(await failureOf(stream.next())).toMatchObject({ code: 'aborted' });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
