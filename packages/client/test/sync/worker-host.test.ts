// The worker's side: it answers into rings, pulls no more than they hold, and lets go when nobody reads any more.

import { MessageChannel } from 'node:worker_threads';
import { type Batch, G4FError } from '@g4f/core';
import { afterEach, expect, it } from 'vitest';
import { createBooks } from '../../src/costs/books.ts';
import type { CallTerms } from '../../src/engine/engine.ts';
import type { Parts } from '../../src/engine/operation-kind.ts';
import { createMemory } from '../../src/memory/memory.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import { Kind } from '../../src/sync/event-codec.ts';
import type { CallMessage } from '../../src/sync/messages.ts';
import { createRing } from '../../src/sync/ring.ts';
import { RingReader } from '../../src/sync/ring-reader.ts';
import { serve, type WorkerClient } from '../../src/sync/worker-host.ts';
import { WorkerStatus } from '../../src/sync/worker-status.ts';

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1 } of channels.splice(0)) port1.close();
});

/** A client whose chat answers so. */
const clientOf = (
  chat: (terms: CallTerms) => AsyncGenerator<Batch, unknown>,
  listModels: WorkerClient['listModels'] = async () => ({ object: 'list', data: [] }),
): WorkerClient => ({
  // The tests call only methods whose parts are batches.
  engine: {
    run: (_kind, _params, terms = {}) => chat(terms) as unknown as Parts<never>,
    memory: createMemory(),
    health: () => [],
    usage: () => createBooks().report(),
  },
  listModels,
  retrieveModel: async (id) => ({ id, object: 'model', created: 0, owned_by: '', providers: [] }),
});

/** A host over these clients, in this thread, and a way to call it. */
function host(createClient: (options: ClientOptions) => WorkerClient) {
  const channel = new MessageChannel();
  channels.push(channel);
  serve(createClient, { port: channel.port2, postUp: () => {} }, new WorkerStatus());
  channel.port1.postMessage({ type: 'open', client: 1, options: {} });
  const call = (number: number, more: Partial<CallMessage> = {}, ring = createRing(1024)): RingReader => {
    const method = 'chat.completions.create';
    const message = {
      type: 'call',
      client: 1,
      call: number,
      method,
      stream: true,
      params: {},
      options: {},
      startedAt: performance.timeOrigin + performance.now(),
      ring,
    };
    channel.port1.postMessage({ ...message, ...more });
    return new RingReader(ring);
  };
  return { call, abort: (number: number) => channel.port1.postMessage({ type: 'abort', call: number }) };
}

const next = async (reader: RingReader): Promise<[number, string]> => {
  for (;;) {
    const kind = reader.tryRead();
    if (kind !== undefined) return [kind, reader.text];
    await turn();
  }
};

const START: Batch = [{ type: 'answer-start', id: 'a', model: 'm', provider: 'p', created: 1 }];
const END: Batch = [{ type: 'finish', reason: 'stop' }];
const WORDS: Batch = [{ type: 'text-delta', text: 'many words '.repeat(5) }];

it('streams events and an end, or one value', async () => {
  const { call } = host(() =>
    clientOf(async function* () {
      yield START;
      yield [{ type: 'text-delta', text: 'hi' }];
      yield END;
      return undefined;
    }),
  );
  const stream = call(1);
  const records = [await next(stream), await next(stream), await next(stream), await next(stream)];
  expect(records.map(([kind]) => kind)).toEqual([Kind.Event, Kind.Text, Kind.Event, Kind.End]);
  const [kind, text] = await next(call(2, { stream: false }));
  expect([kind, JSON.parse(text).choices[0].message.content]).toEqual([Kind.Value, 'hi']);
  expect(await next(call(3, { method: 'models.list' }))).toEqual([Kind.Value, '{"object":"list","data":[]}']);
});

it('pulls no more than the ring holds, and leaves when it is told that nobody reads', async () => {
  let pulled = 0;
  let isLeft = false;
  const { call, abort } = host(() =>
    clientOf(async function* () {
      try {
        for (yield START; ; pulled += 1) yield WORDS;
      } finally {
        isLeft = true;
      }
      return undefined;
    }),
  );
  const reader = call(1);
  await next(reader);
  for (let wait = 0; wait < 50; wait++) await turn();
  const bound = pulled;
  for (let wait = 0; wait < 50; wait++) await turn();
  expect(pulled).toBe(bound);
  expect(bound).toBeLessThan(40);
  for (let read = 0; read < 30; read++) await next(reader);
  expect(pulled).toBeGreaterThan(bound);

  expect(isLeft).toBe(false);
  abort(1);
  while (!isLeft) await turn();
});

it('aborts a call that waits for its service', async () => {
  let reason: unknown;
  const { call, abort } = host(() =>
    clientOf(async function* ({ readerSignal }) {
      yield START;
      await new Promise((_resolve, reject) => {
        readerSignal?.addEventListener('abort', () => {
          reason = new Error('left');
          reject(reason);
        });
      });
      return undefined;
    }),
  );
  await next(call(1));
  abort(1);
  while (reason === undefined) await turn();
});

it('tells the caller what was thrown, by a call or by what makes the calls', async () => {
  const refused = new G4FError('acme: 401 wrong key.', { code: 'auth', status: 401 });
  const failing = host(() =>
    clientOf(
      // biome-ignore lint/correctness/useYield: it throws before the first batch.
      async function* () {
        throw refused;
      },
    ),
  );
  const [kind, text] = await next(failing.call(1));
  expect([kind, JSON.parse(text)]).toMatchObject([
    Kind.Error,
    { code: 'auth', status: 401, message: refused.message },
  ]);

  const broken = host(() => {
    throw new G4FError('timeout must be a number.', { code: 'invalid-request' });
  });
  expect(await next(broken.call(1))).toEqual([
    Kind.Error,
    expect.stringContaining('timeout must be a number.'),
  ]);
});

it('counts the deadline of a call from when it was made', async () => {
  const told: (number | undefined)[] = [];
  const { call } = host(() =>
    clientOf(
      async function* ({ startedAt }) {
        told.push(startedAt);
        yield START;
      },
      async (_params, { startedAt }) => {
        told.push(startedAt);
        return { object: 'list' as const, data: [] };
      },
    ),
  );
  const startedAt = performance.timeOrigin + 5;
  await next(call(1, { startedAt }));
  await next(call(2, { startedAt, method: 'models.list' }));
  expect(told).toEqual([expect.closeTo(5, 1), expect.closeTo(5, 1)]);
});
