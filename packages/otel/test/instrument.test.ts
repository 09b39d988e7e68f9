// What OpenTelemetry is told of a call, of both clients, by its own SDK.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AsyncClient, Client, type ClientOptions } from '@g4f/client';
import { G4FError } from '@g4f/core';
import {
  context,
  DiagLogLevel,
  diag,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeProvider, start, text } from '../../client/test/fake-provider.ts';
import { type Service, startService } from '../../client/test/sync/service.ts';
import { type InstrumentOptions, instrument } from '../src/index.ts';
import { msOf, startRecording } from './recorded.ts';

let service: Service;
let options: ClientOptions;
const recorded = startRecording();
beforeAll(async () => {
  recorded.tracers.register();
  service = await startService();
  // Nobody listens at port 9 of this machine.
  const env = { GROQ_API_KEY: 'sk-1', MISTRAL_API_KEY: 'sk-2', GROQ_BASE_URL: 'http://127.0.0.1:9/v1' };
  options = {
    env: { ...env, MISTRAL_BASE_URL: service.url },
    provider: ['groq', 'mistral'],
    maxRetries: 0,
  };
});
afterAll(async () => {
  await service.stop();
  await recorded.stop();
  context.disable();
  propagation.disable();
  trace.disable();
});
beforeEach(() => recorded.forgetSpans());

const ends: (() => void)[] = [];
const begin = (given: InstrumentOptions = {}): void => {
  ends.push(instrument({ meter: recorded.meters.getMeter('test'), ...given }));
};
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** What is asked, and by which client. */
interface Face {
  whole(model: string): Promise<unknown>;
  stream(model: string, chunks?: number): Promise<void>;
}
const asking = (model: string) => ({ model, messages: 'a secret prompt' });
const FACES: Readonly<Record<'AsyncClient' | 'Client', () => Face>> = {
  AsyncClient() {
    const client = new AsyncClient(options);
    return {
      whole: (model) => client.chat.completions.create(asking(model)),
      async stream(model, chunks = Number.POSITIVE_INFINITY) {
        let read = 0;
        for await (const _ of client.chat.completions.create({ ...asking(model), stream: true }))
          if (++read >= chunks) break;
      },
    };
  },
  Client() {
    const client = new Client(options);
    onTestFinished(() => client.close());
    return {
      whole: async (model) => client.chat.completions.create(asking(model)),
      async stream(model, chunks = Number.POSITIVE_INFINITY) {
        let read = 0;
        for (const _ of client.chat.completions.create({ ...asking(model), stream: true }))
          if (++read >= chunks) break;
      },
    };
  },
};
const named = (name: string) => recorded.spans().find((span) => span.name === name);
const allText = () =>
  JSON.stringify(
    recorded.spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
  );

describe.each(Object.entries(FACES))('a call of %s', (_, face) => {
  it('is one span below the active one, with each attempt below it', async () => {
    const before = Date.now();
    begin();
    const tracer = recorded.tracers.getTracer('program');
    await tracer.startActiveSpan('work', async (work) => {
      await face().stream('m');
      work.end();
    });
    const [work, call, failed, answered] = ['work', 'chat m', 'attempt groq', 'attempt mistral'].map(named);
    expect(recorded.spans()).toHaveLength(4);
    expect(call).toMatchObject({
      kind: SpanKind.CLIENT,
      parentSpanContext: { spanId: work?.spanContext().spanId },
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'mistral_ai',
        'gen_ai.request.model': 'm',
        'gen_ai.request.stream': true,
        'gen_ai.response.model': 'm',
        'g4f.attempts': 2,
      },
      events: [{ name: 'g4f.first_content' }],
    });
    const parentSpanContext = { spanId: call?.spanContext().spanId };
    expect(failed).toMatchObject({
      kind: SpanKind.INTERNAL,
      parentSpanContext,
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'gen_ai.provider.name': 'groq', 'error.type': 'network' },
    });
    expect(answered).toMatchObject({ parentSpanContext, status: { code: SpanStatusCode.UNSET } });
    expect(answered?.attributes['g4f.first_content_ms']).toEqual(expect.any(Number));
    expect(msOf(call?.startTime ?? [0, 0])).toBeGreaterThanOrEqual(before);
    for (const span of [failed, answered]) {
      expect(msOf(span?.startTime ?? [0, 0])).toBeGreaterThanOrEqual(msOf(call?.startTime ?? [0, 0]));
      expect(msOf(span?.endTime ?? [0, 0])).toBeGreaterThanOrEqual(msOf(span?.startTime ?? [0, 0]));
    }
    expect(allText()).not.toMatch(/sk-|secret prompt|127\.0\.0\.1/);
  });

  it('that nobody answers is an error, and says the code of it', async () => {
    begin();
    await expect(face().whole('refuse')).rejects.toMatchObject({ code: 'no-provider' });
    expect(named('chat refuse')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'no-provider', 'g4f.attempts': 2 },
    });
    expect(named('chat refuse')?.attributes).not.toHaveProperty('gen_ai.response.model');
    expect(recorded.spans().every(({ status }) => status.message === undefined)).toBe(true);
  });

  it('whose reader leaves ends as aborted, which is no error', async () => {
    begin();
    await face().stream('endless', 2);
    await expect.poll(() => named('chat endless')).toBeDefined();
    expect(named('chat endless')).toMatchObject({
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'error.type': 'aborted', 'gen_ai.provider.name': 'mistral_ai' },
    });
  });
});

it('messages of failures are told where that is wanted', async () => {
  begin({ errorMessages: true });
  await FACES.AsyncClient().whole('m');
  expect(named('attempt groq')?.status.message).toContain('127.0.0.1:9');
});

it('tokens and durations are histograms, without the names of models that nobody has', async () => {
  const own = startRecording();
  onTestFinished(() => own.stop());
  const usage = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 };
  begin({ meter: own.meters.getMeter('test') });
  const counted = fakeProvider('groq', async function* ({ model }) {
    if (model === 'invented') throw new G4FError('there is no such model.', { code: 'model-not-found' });
    yield [start(model), text('Hi'), { type: 'finish', reason: 'stop', usage }];
  });
  const { chat } = new AsyncClient({ provider: counted });
  await chat.completions.create(asking('m'));
  for await (const _ of chat.completions.create({ ...asking('m'), stream: true }));
  await expect(chat.completions.create(asking('invented'))).rejects.toThrow();
  const series = await own.series();
  const common = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'groq',
    'gen_ai.request.model': 'm',
    'gen_ai.response.model': 'm',
  };
  expect(series.filter(({ name }) => name === 'gen_ai.client.token.usage')).toMatchObject([
    { unit: '{token}', count: 2, sum: 24, attributes: { ...common, 'gen_ai.token.type': 'input' } },
    { count: 2, sum: 6, attributes: { ...common, 'gen_ai.token.type': 'output' } },
  ]);
  const durations = series.filter(({ name }) => name === 'gen_ai.client.operation.duration');
  expect(durations).toMatchObject([
    { unit: 's', count: 2, attributes: common },
    { count: 1, attributes: { 'gen_ai.operation.name': 'chat', 'error.type': 'model-not-found' } },
  ]);
  expect(series.find(({ name }) => name.endsWith('time_to_first_chunk'))).toMatchObject({ count: 1 });
  expect(JSON.stringify(series)).not.toContain('invented');
});

it('a call belongs to the trace that the caller of this server names, and the next to none', async () => {
  begin({ incoming: true });
  const client = new AsyncClient(options);
  const server = createServer(async (_, response) => {
    await client.chat.completions.create(asking('m'));
    response.end('done');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  await (await fetch(url, { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } })).text();
  expect(named('chat m')).toMatchObject({ parentSpanContext: { traceId, spanId: '00f067aa0ba902b7' } });
  recorded.forgetSpans();
  await (await fetch(url)).text();
  await (await fetch(url, { headers: { traceparent: 'not one' } })).text();
  expect(recorded.spans().filter(({ name }) => name === 'chat m')).toMatchObject([{}, {}]);
  for (const span of recorded.spans()) expect(span.spanContext().traceId).not.toBe(traceId);
  expect(named('chat m')?.parentSpanContext).toBeUndefined();
});

it('a tracer that throws harms no call, and is told to the diagnostics logger', async () => {
  const error = vi.fn();
  const silent = (): void => undefined;
  diag.setLogger(
    { error, warn: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  onTestFinished(() => diag.disable());
  const broken = (): never => {
    throw new Error('the exporter is broken');
  };
  const uncaught = vi.fn();
  process.on('uncaughtException', uncaught);
  onTestFinished(() => void process.off('uncaughtException', uncaught));
  begin({ tracer: { startSpan: broken, startActiveSpan: broken } });
  await expect(FACES.AsyncClient().whole('m')).resolves.toMatchObject({ object: 'chat.completion' });
  expect(error).toHaveBeenCalled();
  // Node tells of what a listener threw in the next tick.
  await new Promise(setImmediate);
  expect(uncaught).not.toHaveBeenCalled();
});

it('ends when it is told to: calls under way end, later ones are not told', async () => {
  const end = instrument({ meter: recorded.meters.getMeter('test') });
  const stream = new AsyncClient(options).chat.completions.create({ ...asking('endless'), stream: true });
  await stream.next();
  end();
  end();
  expect(named('chat endless')?.ended).toBe(true);
  stream.abort();
  recorded.forgetSpans();
  await FACES.AsyncClient().whole('m');
  expect(recorded.spans()).toEqual([]);
});
