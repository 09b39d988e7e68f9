// What spans and metrics say of models and counts that a caller or a service made up.
import { AsyncClient } from '@g4f/client';
import { context, trace } from '@opentelemetry/api';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { fakeProvider, start, text } from '../../client/test/fake-provider.ts';
import { instrument } from '../src/index.ts';
import { startRecording } from './recorded.ts';

afterAll(() => {
  context.disable();
  trace.disable();
});

const answersAll = fakeProvider('groq', async function* ({ model }) {
  yield [start(model), text('Hi'), { type: 'finish', reason: 'stop' }];
});
const { chat } = new AsyncClient({ provider: answersAll });
const ask = (model: string) => chat.completions.create({ model, messages: 'Hi!' });

/** Recorded from here to the end of the test. */
const listen = () => {
  const recorded = startRecording();
  const end = instrument({
    tracer: recorded.tracers.getTracer('test'),
    meter: recorded.meters.getMeter('test'),
  });
  onTestFinished(async () => {
    end();
    await recorded.stop();
  });
  return recorded;
};

it('no name of a model holds a key or is longer than 200 characters, wherever it stands', async () => {
  const recorded = listen();
  await ask('sk-proj-abcdefghijklmnopqrstuvwxyz0123456789');
  await ask('m'.repeat(300));
  const spans = recorded.spans().map(({ name, attributes }) => ({ name, attributes }));
  const series = await recorded.series();
  expect(spans).toHaveLength(4);
  for (const { attributes } of [...spans, ...series]) {
    const told = attributes['gen_ai.request.model'];
    expect(['[redacted]', 'm'.repeat(200)]).toContain(told);
    expect([told, undefined]).toContain(attributes['gen_ai.response.model']);
  }
  expect(JSON.stringify([spans, series])).not.toMatch(/abcdefghij|m{201}/);
});

it('at most 200 names of models become series', async () => {
  const recorded = listen();
  for (let at = 0; at < 210; at++) await ask(`invented-${at}`);
  await ask('invented-0');
  const durations = (await recorded.series()).filter(({ name }) => name.endsWith('operation.duration'));
  expect(durations).toHaveLength(201);
  for (const which of ['request', 'response'])
    expect(
      durations.filter(({ attributes }) => attributes[`gen_ai.${which}.model`] === '_OTHER'),
    ).toMatchObject([{ count: 10 }]);
  expect(
    durations.find(({ attributes }) => attributes['gen_ai.request.model'] === 'invented-0'),
  ).toMatchObject({ count: 2 });
});
