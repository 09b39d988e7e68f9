// `g4f bench`: what it measures, and what it says where nothing can be measured.
import { AsyncClient } from '@g4f/client';
import type { Provider } from '@g4f/core';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';
import { histogramOf, spreadOf } from '../src/bench/percentiles.ts';
import { runBench } from '../src/bench/run-bench.ts';
import { startScripted } from './scripted-service.ts';
import { type Home, run, start } from './typed.ts';
import { withService } from './with-service.ts';

let service: FakeOpenAI;
let home: Home;
withService(startFakeOpenAI, (made) => {
  ({ service, home } = made);
});

it('asks as often as it is told, shows percentiles and a chart, and writes nothing to the log', async () => {
  const { code, stdout, stderr } = await run(['bench', 'gpt-5.4', '-n', '5', '--concurrency', '2'], home.env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(service.requests).toHaveLength(5);
  expect(stdout).toMatch(
    /^openai:gpt-5\.4: 5 answered, 0 failed, [\d.]+ s in all\n\n {2,}min +p50 +p90 +p99 +max +mean\nfirst text, ms( +\d+){6}\n/,
  );
  expect(stdout).toMatch(/tokens\/s of all answers together\.\n\nfirst text, ms\n\d+–\d+ +█+ +\d/);
  expect((await run(['log', '--json'], home.env)).stdout).toBe('[]\n');
});

it('gives every request as JSON, with what the service counted', async () => {
  const { stdout } = await run(['bench', 'gpt-5.4', '-n', '2', '--json'], home.env);
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ answered: 2, answered_by: ['openai:gpt-5.4'], failures: [] },
    answers: [{ provider: 'openai', tokens: 5 }, { tokens: 5 }],
  });
});

it('never has more under way than it is told', async () => {
  let [under, most] = [0, 0];
  const counting = await startScripted(async (asked) => {
    under++;
    most = Math.max(most, under);
    await new Promise((resolve) => setImmediate(resolve));
    under--;
    asked.say('x');
    asked.end();
  });
  await run(['bench', 'gpt-5.4', '-n', '9', '--concurrency', '3'], {
    ...home.env,
    OPENAI_BASE_URL: counting.url,
  });
  await counting.close();
  expect(most).toBeLessThanOrEqual(3);
  expect(counting.requests).toHaveLength(9);
});

it('a failure is counted and not asked again, and the others are shown: 1', async () => {
  let count = 0;
  const failing = await startScripted((asked) => {
    count++;
    if (count === 2) return asked.refuse(500, 'out of order');
    asked.say('x');
    asked.end();
  });
  const env = { ...home.env, OPENAI_BASE_URL: failing.url };
  const { code, stdout, stderr } = await run(['bench', 'gpt-5.4', '-n', '3'], env);
  await failing.close();
  expect(code).toBe(1);
  expect(stdout).toMatch(/2 answered, 1 failed.*\n[\s\S]*The service does not count tokens\./);
  expect(stderr).toMatch(/1 of 3: .*out of order/);
  expect(count).toBe(3);
});

it('Ctrl-C shows what has been measured: 130', async () => {
  let count = 0;
  let third = (): void => {};
  const isThird = new Promise<void>((resolve) => {
    third = resolve;
  });
  const slow = await startScripted((asked) => {
    if (++count === 3) return third();
    asked.say('x');
    asked.end();
  });
  const { child, ended } = start(['bench', 'gpt-5.4'], { ...home.env, OPENAI_BASE_URL: slow.url });
  child.stdin.end();
  await isThird;
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stdout: expect.stringMatching(/2 answered, 0 failed/) });
  await slow.close();
});

it.each([
  [['bench', 'gpt-5.4', '-n', '0'], /whole number above 0/],
  [['bench', 'gpt-5.4', '-p', 'opnai'], /did you mean "openai"/],
  [['bench', 'gpt-5.4', '-o', 'temperature=warm'], /temperature/],
])('%j is wrong usage: 2', async (args, said) => {
  expect(await run(args, home.env)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(said),
  });
});

it('tokens of reasoning are divided by the time from the first of them', async () => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => void vi.restoreAllMocks());
  const provider: Provider = {
    ...{ id: 'made-up', name: 'made up', website: 'https://example.com', key: 'none', models: { m: 'm' } },
    async *chat() {
      yield [{ type: 'answer-start', id: 'a', model: 'm', created: 1 }];
      yield [{ type: 'reasoning-delta', text: 'hm' }];
      now += 1000;
      yield [{ type: 'text-delta', text: 'x' }];
      now += 100;
      yield [
        { type: 'finish', reason: 'stop' },
        { type: 'usage', usage: { prompt_tokens: 1, completion_tokens: 110, total_tokens: 111 } },
      ];
    },
  };
  const { answers } = await runBench({
    ...{ client: new AsyncClient({ provider, env: {} }), model: 'm', provider: undefined, prompt: 'hi' },
    ...{ parameters: {}, requests: 1, concurrency: 1, timeoutMs: undefined },
    signal: new AbortController().signal,
  });
  expect(answers).toMatchObject([{ first_ms: 1000, total_ms: 1100, tokens_per_second: 100 }]);
});

it('percentiles are values that were measured, and a histogram counts each once', () => {
  const values = Array.from({ length: 100 }, (_, at) => at + 1);
  expect(spreadOf(values)).toEqual({ min: 1, p50: 50, p90: 90, p99: 99, max: 100, mean: 50.5 });
  expect(spreadOf([7])).toEqual({ min: 7, p50: 7, p90: 7, p99: 7, max: 7, mean: 7 });
  expect(spreadOf([])).toBeUndefined();
  expect(histogramOf(values, 8).reduce((sum, { count }) => sum + count, 0)).toBe(100);
  expect(histogramOf([3, 3], 8)).toEqual([{ from: 3, to: 3, count: 2 }]);
});
