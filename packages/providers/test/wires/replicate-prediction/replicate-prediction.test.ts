// What a prediction says, as https://replicate.com/docs/topics/predictions/streaming shows it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replicatePrediction } from '../../../src/wires/replicate-prediction/index.ts';
import { folded, hearWire, type Said, textOf } from '../hear-wire.ts';

const STREAM = { type: 'text/event-stream' } as const;
const output = (text: string): string =>
  `event: output\nid: 1690212292:0\n${text
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('')}\n`;
const done = (payload: object = {}): string => `event: done\ndata: ${JSON.stringify(payload)}\n\n`;
const prediction = (more: object): string => JSON.stringify({ id: 'p1', model: 'meta/llama', ...more });

const hear = (body: string, said: Said = STREAM) => hearWire(replicatePrediction, body, said);

describe('the stream of a prediction', () => {
  it('is text as it stands, until it is done', async () => {
    const { events, error } = await hear(
      output('Once') + output(' upon') + output('') + output('\n\n') + output('{}') + done(),
    );
    expect(error).toBeUndefined();
    expect(events).toEqual([
      { type: 'answer-start', model: 'asked-for' },
      { type: 'text-delta', text: 'Once' },
      { type: 'text-delta', text: ' upon' },
      { type: 'text-delta', text: '\n\n' },
      { type: 'text-delta', text: '{}' },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('has the reasoning of its tags apart', async () => {
    const heard = await hear(output('<thi') + output('nk>hm</think>') + output('42') + done());
    expect(textOf(heard, 'reasoning-delta')).toBe('hm');
    expect(textOf(heard)).toBe('42');
  });

  it('is over when it is done, whatever the connection does', async () => {
    const { error } = await hear(output('a') + done(), { ...STREAM, breaks: true });
    expect(error).toBeUndefined();
  });

  it('passes over what it does not know', async () => {
    const heard = await hear(
      `: hello\n\nevent: logs\ndata: "warming up"\n\n${output('a')}data: {"x":1}\n\n${done()}`,
    );
    expect(heard.error).toBeUndefined();
    expect(textOf(heard)).toBe('a');
  });

  it.each<[string, string, string, string, string]>([
    ['cancelled', output('a') + done({ reason: 'canceled' }), 'a', 'server', 'ended as canceled'],
    ['failed', output('a') + done({ reason: 'error' }), 'a', 'server', 'ended as error'],
    [
      'failed in words',
      `${output('a')}event: error\ndata: {"detail":"CUDA out of memory"}\n\n${done({ reason: 'error' })}`,
      'a',
      'server',
      'CUDA out of memory',
    ],
    ['cut', output('a'), 'a', 'stream-truncated', ''],
    ['cut in an event', `${output('a')}event: done\ndata: {"rea`, 'a', 'stream-truncated', ''],
    ['cut before anything', ':408: 408 Request Timeout\n\n', '', 'stream-truncated', ''],
    ['done without a word', done(), '', 'bad-response', 'without having said anything'],
  ])('that was %s is no answer', async (_name, body, text, code, words) => {
    const heard = await hear(body);
    expect(textOf(heard)).toBe(text);
    expect(heard.error?.code).toBe(code);
    expect(heard.error?.message).toContain(words);
    expect(heard.events.some(({ type }) => type === 'finish')).toBe(false);
  });

  it('says the same however it is cut', async () => {
    const body = output('é') + output('a\nb') + output('<think>c</think>😀') + done();
    const whole = (await hear(body)).events;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 12 }), async (cut) => {
        expect((await hear(body, { ...STREAM, cut })).events).toEqual(whole);
      }),
      { numRuns: 100 },
    );
    expect((await hear(body, { ...STREAM, cut: 1 })).events).toEqual(whole);
  });
});

describe('a prediction that is done already', () => {
  it.each([
    ['one text', 'Hello'],
    ['pieces of it', ['Hel', 'lo']],
  ])('says what it made: %s', async (_name, made) => {
    const { choices } = await folded(await hear(prediction({ status: 'succeeded', output: made }), {}));
    expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Hello' } });
  });

  it.each<[object, string, string]>([
    [{ status: 'failed', error: 'prompt is too long' }, 'context-length', 'prompt is too long'],
    [{ status: 'canceled', error: null }, 'server', 'ended as canceled'],
    [{ status: 'succeeded', output: null }, 'bad-response', 'without having said anything'],
    [{ status: 'starting', urls: {} }, 'invalid-request', 'does not stream'],
    [{ detail: 'hello' }, 'bad-response', 'where a prediction was expected'],
  ])('%j is no answer', async (more, code, words) => {
    const { error, events } = await hear(prediction(more), {});
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(events).toEqual([]);
  });
});

it('lists language models by owner and name', () => {
  expect(replicatePrediction.readModel({ owner: 'meta', name: 'llama', run_count: 1 })).toEqual({
    id: 'meta/llama',
    ownedBy: 'meta',
  });
  expect(replicatePrediction.readModel({ name: 'llama' })).toBeUndefined();
});
