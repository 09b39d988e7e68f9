// What is over is told once, and the trace of one request is never that of another.
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { AsyncClient } from '@g4f/client';
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { expect, it, onTestFinished } from 'vitest';
import { fakeProvider, saying } from '../../client/test/fake-provider.ts';
import { IncomingTraces } from '../src/incoming.ts';
import { instrument } from '../src/index.ts';
import { countOf } from '../src/outcome.ts';
import { startRecording } from './recorded.ts';

/** What is published on a channel until the test ends. */
const published = (name: string): readonly unknown[] => {
  const events: unknown[] = [];
  const hear = (event: unknown): void => void events.push(event);
  subscribe(name, hear);
  onTestFinished(() => void unsubscribe(name, hear));
  return events;
};

it('what is told of a call that is over makes no span and no series', async () => {
  const recorded = startRecording();
  onTestFinished(() => recorded.stop());
  const attempts = published('g4f:attempt');
  const finishes = published('g4f:finish');
  onTestFinished(
    instrument({
      tracer: recorded.tracers.getTracer('test'),
      meter: recorded.meters.getMeter('test'),
    }),
  );
  const client = new AsyncClient({ provider: fakeProvider('groq', saying('Hi')) });
  await client.chat.completions.create({ model: 'm', messages: 'Hi!' });
  expect([attempts.length, finishes.length, recorded.spans().length]).toEqual([1, 1, 2]);
  channel('g4f:attempt').publish(attempts[0]);
  channel('g4f:finish').publish(finishes[0]);
  expect(recorded.spans()).toHaveLength(2);
  const durations = (await recorded.series()).filter(({ name }) => name.endsWith('operation.duration'));
  expect(durations).toMatchObject([{ count: 1 }]);
});

it.each([-1, Number.NaN, 1.5, Number.POSITIVE_INFINITY, null, undefined])(
  '%s tokens are no count',
  (tokens) => {
    expect(countOf(tokens)).toBeUndefined();
  },
);

it('no tokens are a count', () => {
  expect(countOf(0)).toBe(0);
});

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const request = (traceparent: string): void =>
  channel('http.server.request.start').publish({ request: { headers: { traceparent } } });

/** Reads `traceparent` into the context, and throws where there is none to read. */
const followed = (): IncomingTraces => {
  propagation.setGlobalPropagator({
    inject: () => undefined,
    extract(context, { traceparent }) {
      if (traceparent !== TRACEPARENT) throw new Error('the propagator is broken');
      return context.setValue(KEY, traceparent);
    },
    fields: () => ['traceparent'],
  });
  const traces = new IncomingTraces();
  traces.start();
  onTestFinished(() => {
    traces.stop();
    propagation.disable();
  });
  return traces;
};
const KEY = Symbol('traceparent');

it('a request whose trace cannot be read has none, and not that of the request before it', () => {
  const traces = followed();
  request(TRACEPARENT);
  expect(traces.current?.getValue(KEY)).toBe(TRACEPARENT);
  request('unreadable');
  expect(traces.current).toBe(ROOT_CONTEXT);
});

it('a request that is under way has no trace once that is ended', () => {
  const traces = followed();
  request(TRACEPARENT);
  traces.stop();
  expect(traces.current).toBeUndefined();
  request(TRACEPARENT);
  expect(traces.current).toBeUndefined();
});
