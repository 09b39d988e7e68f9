// How long a provider has been silent: counted from its last content, through everything that is no content.
import type { ChatCompletionChunk, ModelResponse, Provider } from '@g4f/core';
import { expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import type { CallOptions } from '../src/surface/options.ts';
import { onItsClock, stopClock } from './clock.ts';
import { collect, failureOf, fakeProvider, start, stop, text, wordsOf } from './fake-provider.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Says `x` five times; before each there are 60 ms of silence, something that is no content, and 30 ms more. */
const hesitant: Provider = fakeProvider('hesitant', async function* () {
  yield [start()];
  for (let said = 0; said < 5; said++) {
    await sleep(60);
    yield [{ type: 'aside', extra: { chunk: { busy: true } } }];
    await sleep(30);
    yield [text('x')];
  }
  yield [stop];
});

const client = new AsyncClient({ env: {} });
const stream = (timeout: NonNullable<CallOptions['timeout']>) =>
  client.chat.completions.create({
    model: 'family',
    messages: 'x',
    stream: true,
    provider: hesitant,
    timeout,
  });

it('what was silent before the last content is forgotten', async () => {
  stopClock();
  const chunks = await onItsClock(collect(stream({ firstContent: 100, idle: 100 })));
  expect(wordsOf(chunks)).toBe('xxxxx');
});

it('goes on through what is no content', async () => {
  stopClock();
  const chunks: ChatCompletionChunk[] = [];
  const error = await onItsClock(failureOf(collect(stream({ firstContent: 100, idle: 80 }), chunks)));
  expect(error).toMatchObject({ code: 'timeout', phase: 'idle' });
  expect(wordsOf(chunks)).toBe('x');
  expect(performance.now()).toBe(90 + 80);
});

/** Reads a stream of its service's for 450 ms, and hands on the whole response at its end. */
const folding: Provider = fakeProvider('folding', hesitant.chat as NonNullable<Provider['chat']>, {
  async *respond() {
    for (let read = 0; read < 5; read++) {
      await sleep(90);
      yield [];
    }
    const response: ModelResponse = {
      ...{ id: 'r', object: 'response', created_at: 5, status: 'completed', model: 'm' },
      output: [],
    };
    yield [{ type: 'response.completed', sequence_number: 0, response }];
  },
});

it('is none while that comes of which a whole response is made', async () => {
  stopClock();
  const asked = { model: 'family', input: 'x' };
  const timeout = { firstContent: 100, idle: 100 };
  const response = await onItsClock(client.responses.create(asked, { provider: folding, timeout }));
  expect(response).toMatchObject({ status: 'completed', provider: 'folding' });
});
