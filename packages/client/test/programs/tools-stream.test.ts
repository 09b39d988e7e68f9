// A run of tools that is streamed, left, or stopped; with both clients.
import { describe, expect, it } from 'vitest';
import { tool } from '../../src/programs/tools/tool.ts';
import type { ToolRun } from '../../src/surface/programs.ts';
import { failureOf } from '../fake-provider.ts';
import { asked, CLIENTS, call } from './both-clients.ts';
import { calling, done, weather } from './tool-scripts.ts';

describe.each(CLIENTS)('%s', (_, { runTools }) => {
  const run = (params: object) => call<ToolRun>(runTools, params);

  it('streams the chunks of every step, and has the result at the end', async () => {
    const script = [
      { ...calling('{"city":"Oslo"}'), content: 'Let me see. ' },
      { ...done, pieces: ['It is ', 'warm.'] },
    ];
    const stream = Reflect.apply(runTools, undefined, [
      { ...asked(...script), tools: [weather()], stream: true },
    ]);
    let words = '';
    for await (const chunk of stream) words += chunk.choices[0]?.delta.content ?? '';
    expect(words).toBe('Let me see. It is warm.');
    const streamed = await stream.result();
    const whole = await run({ ...asked(...script), tools: [weather()] });
    const { steps: _steps, ...others } = streamed;
    const { steps: __, ...same } = whole;
    expect(others).toEqual(same);
    expect(streamed.steps[0].answer).toMatchObject({
      choices: whole.steps[0]?.answer.choices,
      provider: 'scripted',
    });
  });

  it('runs nothing more after its reader has left', async () => {
    const ran: unknown[] = [];
    const script = [{ ...calling('{"city":"Oslo"}'), content: 'Let me see.' }, done];
    const params = { ...asked(...script), tools: [weather(ran)], stream: true };
    const stream = Reflect.apply(runTools, undefined, [params]);
    for await (const _chunk of stream) break;
    expect((await stream.next()).done).toBe(true);
    expect(ran).toEqual([]);
    expect(await failureOf(async () => await stream.result())).toMatchObject({ code: 'aborted' });
  });

  it('lets a tool stop its own run', async () => {
    let abort = (): void => undefined;
    let isStopped = false;
    const stop = tool({
      name: 'stop',
      execute() {
        abort();
        isStopped = true;
      },
    });
    const script = [{ calls: [['1', 'stop', '{}'] as const] }, done];
    const stream = Reflect.apply(runTools, undefined, [{ ...asked(...script), tools: [stop], stream: true }]);
    abort = () => stream.abort();
    let chunks = 0;
    for await (const _chunk of stream) chunks += 1;
    expect(chunks).toBeGreaterThan(0);
    expect(isStopped).toBe(true);
    expect(await failureOf(async () => await stream.result())).toMatchObject({ code: 'aborted' });
  });

  it('ends by the signal of the caller', async () => {
    const leaving = new AbortController();
    const abort = tool({ name: 'stop', execute: () => leaving.abort(new Error('mine')) });
    const params = {
      ...asked({ calls: [['1', 'stop', '{}']] }, done),
      tools: [abort],
      signal: leaving.signal,
    };
    expect(await failureOf(() => run(params))).toMatchObject({ code: 'aborted' });
  });
});
