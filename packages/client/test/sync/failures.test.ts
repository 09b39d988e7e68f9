// What goes wrong in the service, in the worker or in what is asked reaches the blocked caller as a G4FError; nothing hangs.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Worker } from 'node:worker_threads';
import { G4FError } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Client } from '../../src/client.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { Connection } from '../../src/sync/connection.ts';
import { SharedThread } from '../../src/sync/shared-thread.ts';
import { findWorkerFile } from '../../src/sync/worker-file.ts';
import { type Patience, WorkerThread } from '../../src/sync/worker-thread.ts';
import { type Service, startService } from './service.ts';

const MISBEHAVING = new URL('./fixtures/misbehaving.mjs', import.meta.url);

let service: Service;
let client: Client;
beforeAll(async () => {
  service = await startService();
  client = new Client({ baseURL: service.url });
});
afterAll(async () => {
  client.close();
  await service.stop();
});

const read = (model: string, options: CallOptions = {}): string => {
  let text = '';
  try {
    for (const chunk of client.chat.completions.create({ model, messages: 'hello', stream: true }, options)) {
      text += chunk.choices[0]?.delta.content ?? '';
    }
  } catch (error) {
    throw Object.assign(error instanceof Error ? error : new Error(String(error)), { text });
  }
  return text;
};
const misbehave = (model: string, options: CallOptions = {}) =>
  read(model, { provider: MISBEHAVING, ...options });
const failure = (doIt: () => unknown): G4FError & { text?: string } => {
  try {
    doIt();
  } catch (error) {
    if (error instanceof G4FError) return error;
    throw error;
  }
  throw new Error('it did not throw');
};

describe('a failure of the service', () => {
  it('is the G4FError with its status, and a stack that names this file', () => {
    const error = failure(() => read('refuse'));
    expect(error).toMatchObject({ code: 'auth', status: 401 });
    expect(error.message).toContain('wrong key');
    expect(error.stack?.split('\n')[1]).toContain('failures.test.ts');
    expect(error.stack).toContain('inside the call');
    expect(failure(() => client.chat.completions.create({ model: 'refuse', messages: 'x' }))).toMatchObject({
      code: 'auth',
      status: 401,
    });
  });

  it('keeps its cause', () => {
    const error = failure(() => client.models.list({}, { baseURL: 'http://127.0.0.1:9/v1' }));
    expect(error).toMatchObject({ code: 'network', cause: { code: 'ECONNREFUSED' } });
  });

  it('comes after what had arrived', () => {
    expect(failure(() => read('cut'))).toMatchObject({ text: 'piece 0 piece 1 piece 2 ' });
  });

  it('is a timeout when it never answers', () => {
    expect(failure(() => read('hang', { timeout: 300 }))).toMatchObject({ code: 'timeout', phase: 'total' });
    expect(failure(() => read('hang', { timeout: { headers: 200 } }))).toMatchObject({ phase: 'headers' });
  });

  it('ends the stream', () => {
    const stream = client.chat.completions.create({ model: 'refuse', messages: 'x', stream: true });
    failure(() => stream.next());
    expect(stream.next()).toEqual({ done: true, value: undefined });
  });
});

describe('a client that is closed in mid-answer', () => {
  it('is told so at once, and the others go on', () => {
    const closing = new Client({ baseURL: service.url });
    read('m');
    const stream = closing.chat.completions.create({ model: 'endless', messages: 'x', stream: true });
    stream.next();
    closing.close();
    const error = failure(() => stream.next());
    expect(error).toMatchObject({ code: 'aborted', retryable: false });
    expect(stream.next().done).toBe(true);
    expect(read('m')).not.toBe('');
  });
});

describe('a provider of one’s own', () => {
  it('is refused as an object, with words that say how to name it', () => {
    const provider = {
      id: 'mine',
      name: 'Mine',
      website: 'https://a.example/',
      key: 'none' as const,
      models: {},
      // Code, and so a provider: without any function it would be data.
      chat: async function* () {},
    };
    const refused = {
      code: 'invalid-request',
      message: expect.stringMatching(/by id or by the URL of a module/),
    };
    expect(
      failure(() => client.chat.completions.create({ model: 'm', messages: 'x', provider })),
    ).toMatchObject(refused);
    expect(failure(() => client.models.list({ provider }))).toMatchObject(refused);
    expect(failure(() => new Client({ provider }))).toMatchObject(refused);
  });

  it('answers when it is named by its URL, and sees the environment of this moment', () => {
    process.env.G4F_TEST_SAYS = 'first';
    expect(misbehave('says-env')).toBe('so far first');
    process.env.G4F_TEST_SAYS = 'second';
    expect(misbehave('says-env', { provider: [MISBEHAVING] })).toBe('so far second');
  });

  it('may throw anything', () => {
    expect(failure(() => misbehave('throws-plainly'))).toMatchObject({
      message: expect.stringContaining('plain'),
    });
    expect(failure(() => misbehave('says-bigint')).text).toBe('so far ');
  });
});

describe('a module in the worker', () => {
  /** What this thread did with what a worker sent it: waits until such an event has come, and tells what was thrown. */
  const handled = async (event: 'message' | 'error', call: () => unknown): Promise<readonly unknown[]> => {
    const emit = vi.spyOn(Worker.prototype, 'emit');
    const thrown: unknown[] = [];
    const note = (error: unknown): void => void thrown.push(error);
    process.on('uncaughtException', note);
    onTestFinished(() => {
      process.off('uncaughtException', note);
      emit.mockRestore();
    });
    call();
    await expect.poll(() => emit.mock.calls.filter(([name]) => name === event).length).toBeGreaterThan(0);
    return thrown;
  };

  it.each([
    ...['null', '0', '""', '[]', '{}', '[null]', '[[]]', '[1,2]', '[["g4f:request"]]', '[["oops",{}]]'],
    ...['{"secret":"","message":[null]}', '{"secret":null,"message":7}', '"a line that nobody said"'],
  ])('may post %s to our port: nothing comes of it', async (nonsense) => {
    const heard: unknown[] = [];
    const listen = (message: unknown): void => void heard.push(message);
    const call = (): unknown => expect(misbehave(`posts ${nonsense}`)).toBe('so far ');
    subscribe('g4f:request', listen);
    onTestFinished(() => void unsubscribe('g4f:request', listen));
    const thrown = await handled('message', call);
    expect(thrown).toEqual([]);
    // The call itself is told once, in the ring.
    expect(heard).toHaveLength(1);
    expect(read('m')).toBe('piece 0 piece 1 piece 2 ');
  });

  it('finds nothing of ours in what the thread was started with', () => {
    expect(misbehave('looks')).toBe('so far []');
  });

  it('may close the port: the answer under way arrives, and a worker that hears nothing more is replaced', () => {
    expect(misbehave('deafens')).toBe('so far ');
    const again = (): string => {
      try {
        return read('m');
      } catch (error) {
        expect(error).toMatchObject({ code: 'network', retryable: true });
        return read('m');
      }
    };
    // The port may close only after the next call has come through it.
    for (const _ of ['perhaps by the old worker', 'by a new one', 'by a new one'])
      expect(again()).toBe('piece 0 piece 1 piece 2 ');
  });

  it.each(['null', '0', '"text"', '[]', '{"name":1,"message":{"a":2},"stack":3}'])(
    'may throw %s where nobody catches it',
    async (thrown) => {
      const call = (): void => {
        expect(failure(() => misbehave(`throws ${thrown}`))).toMatchObject({
          code: 'network',
          retryable: true,
        });
      };
      expect(await handled('error', call)).toEqual([]);
      expect(read('m')).toBe('piece 0 piece 1 piece 2 ');
    },
  );
});

describe('the death of the worker', () => {
  it.each([
    ['exits', 'exit code 3'],
    ['throws', 'TypeError: nobody catches this'],
    ['rejects', 'RangeError: nobody awaits this'],
  ])('is told when a provider %s, after what had arrived; the next call works', (model, why) => {
    const error = failure(() => misbehave(model));
    expect(error).toMatchObject({ code: 'network', retryable: true, message: expect.stringContaining(why) });
    expect(error.text).toBe('so far ');
    expect(read('m')).toBe('piece 0 piece 1 piece 2 ');
  });

  it('is brought about by the caller when a provider never lets go of the thread', () => {
    expect(failure(() => misbehave('spins', { timeout: 300 }))).toMatchObject({
      code: 'timeout',
      phase: 'total',
    });
    expect(read('m')).toBe('piece 0 piece 1 piece 2 ');
  });

  it('ends all streams that ran in it, each with the error', () => {
    const stream = client.chat.completions.create({ model: 'endless', messages: 'x', stream: true });
    stream.next();
    failure(() => misbehave('exits'));
    expect(failure(() => [...stream]).code).toBe('network');
  });
});

describe('a worker that cannot speak for itself', () => {
  const connect = (
    patience: Patience,
    limits?: { maxOldGenerationSizeMb: number },
    file = findWorkerFile(),
  ) => {
    const shared = new SharedThread(() => new WorkerThread(file, patience, limits));
    return new Connection(() => shared, { provider: MISBEHAVING.href });
  };
  const chat = (connection: Connection, model: string): void => {
    const call = connection.start({
      method: 'chat.completions.create',
      stream: true,
      observed: false,
      params: { model, messages: 'x', stream: true },
      options: {},
      total: Number.POSITIVE_INFINITY,
      signal: undefined,
    });
    while (!call.isOver) call.read();
  };
  const PATIENT = { start: 120_000, silence: 120_000 };

  it('is found missing when it ran out of memory', () => {
    const connection = connect(PATIENT, { maxOldGenerationSizeMb: 40 });
    // Elsewhere than on Linux it shows only by its silence.
    const expected = process.platform === 'linux' ? /out of memory/ : /out of memory|did not respond/;
    expect(failure(() => chat(connection, 'hoards')).message).toMatch(expected);
    chat(connection, 'm');
    connection.close();
  });

  it('is given up when it does not respond', () => {
    const patience = { ...PATIENT, silence: 900 };
    const connection = connect(patience);
    expect(failure(() => chat(connection, 'spins'))).toMatchObject({
      code: 'network',
      message: expect.stringContaining('did not respond'),
    });
    // The next worker may be as slow as a busy machine makes it.
    patience.silence = PATIENT.silence;
    chat(connection, 'm');
    connection.close();
  });

  it('is given up when it does not start', () => {
    const sleeper = new URL('./fixtures/never-starts.mjs', import.meta.url);
    const connection = connect({ start: 300, silence: 20_000 }, undefined, findWorkerFile(sleeper));
    expect(failure(() => chat(connection, 'm')).message).toContain('did not start within 0.3 s');
  });

  it('is refused when its file is not there', () => {
    using lost = new Client({ workerURL: 'file:///nowhere/worker.js' });
    expect(failure(() => lost.models.list())).toMatchObject({ code: 'invalid-request' });
  });
});
