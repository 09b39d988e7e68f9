// How quickly a model answers: many requests, and what they come to.
import type { Command } from 'commander';
import { onInterrupt } from '../asking/interrupt.ts';
import { modelFor } from '../asking/model-for.ts';
import { openClient } from '../asking/open-client.ts';
import { maxCostOption, positive, readParameters, several, wholeNumber } from '../asking/question-options.ts';
import { EXIT } from '../failure/exit-code.ts';
import { barsOf } from '../terminal/bars.ts';
import { complain, note, out, outJson } from '../terminal/output.ts';
import { oneLine } from '../terminal/plain-text.ts';
import { spin } from '../terminal/spinner.ts';
import { tableOf } from '../terminal/table.ts';
import { histogramOf, type Spread, spreadOf } from './percentiles.ts';
import { type BenchResult, runBench } from './run-bench.ts';

interface BenchOptions {
  readonly provider?: string;
  readonly requests: number;
  readonly concurrency: number;
  readonly prompt: string;
  readonly option?: readonly string[];
  readonly timeout?: number;
  readonly maxCost?: number;
  readonly json?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f bench gpt-5.4-mini', 'asks ten times, one after another'],
  ['g4f bench openai:gpt-5.4 --requests 40 --concurrency 8', 'asks forty times, eight at once'],
  ['g4f bench gpt-5.4 --requests 3 -o max_tokens=20 --json', 'as JSON, with every request'],
] as const;

const PROMPT = 'Write one paragraph of about 100 words on why the sky is blue.';

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('[model]', 'the model, as in provider:id; the usual one without it')
    .option('-p, --provider <id>', 'the service that is asked (see g4f providers)')
    .option('-n, --requests <count>', 'how many requests', wholeNumber, 10)
    .option('--concurrency <count>', 'how many requests at once', wholeNumber, 1)
    .option('--prompt <text>', 'what is asked', PROMPT)
    .option(
      '-o, --option <key=value>',
      'sets a parameter of the requests (as in max_tokens=100); repeatable',
      several,
    )
    .option('--timeout <seconds>', 'gives a request up after so long', positive)
    .addOption(maxCostOption())
    .option('--json', 'as JSON')
    .action(bench);
};

async function bench(named: string | undefined, options: BenchOptions): Promise<void> {
  const parameters = readParameters(options.option);
  const { client, config, env } = await openClient(options.maxCost);
  const { model, provider } = await modelFor({ model: named, provider: options.provider }, config, env);
  const { requests, concurrency, prompt, timeout } = options;
  const stopping = new AbortController();
  const ignore = onInterrupt(() => stopping.abort());
  const stopSpinning = spin(`${model}: ${requests} requests, ${Math.min(concurrency, requests)} at once …`);
  let result: BenchResult;
  try {
    result = await runBench({
      ...{ client, model, provider, prompt, requests, concurrency, signal: stopping.signal },
      parameters: { ...config.options, ...parameters },
      timeoutMs: timeout === undefined ? undefined : timeout * 1000,
    });
  } finally {
    stopSpinning();
    ignore();
    client.close();
  }
  const summary = summaryOf(result);
  if (options.json)
    await outJson({
      model,
      requests,
      concurrency,
      ...summary,
      failures: result.failures,
      answers: result.answers,
    });
  else await show(result, summary);
  for (const [message, count] of countsOf(result.failures.map(({ message: said }) => said)))
    complain(`${count} of ${requests}: ${message}`);
  const [failure] = result.failures;
  if (stopping.signal.aborted) process.exitCode = EXIT.interrupted;
  else if (failure !== undefined) process.exitCode = failure.code;
}

type Summary = ReturnType<typeof summaryOf>;

function summaryOf({ answers, total_ms }: BenchResult) {
  const known = <T>(values: readonly (T | null)[]): readonly T[] => values.filter((value) => value !== null);
  const tokens = known(answers.map((one) => one.tokens));
  const sum = tokens.reduce((before, count) => before + count, 0);
  return {
    answered: answers.length,
    answered_by: [...new Set(answers.map(({ provider, model }) => `${provider}:${model}`))],
    total_ms,
    first_ms: spreadOf(known(answers.map((one) => one.first_ms))) ?? null,
    answer_ms: spreadOf(answers.map((one) => one.total_ms)) ?? null,
    tokens_per_second: spreadOf(known(answers.map((one) => one.tokens_per_second))) ?? null,
    /** Of all answers together; null where the service did not count those of each. */
    throughput: tokens.length === answers.length && sum > 0 ? (sum / total_ms) * 1000 : null,
  };
}

async function show({ answers, failures, total_ms }: BenchResult, summary: Summary): Promise<void> {
  const { answered_by, first_ms, answer_ms, tokens_per_second, throughput } = summary;
  const seconds = (total_ms / 1000).toFixed(1);
  await out(
    `${oneLine(answered_by.join(', ')) || 'nobody'}: ${answers.length} answered, ${failures.length} failed, ${seconds} s in all\n`,
  );
  if (answers.length === 0) return;
  if (answered_by.length > 1) note('more than one provider answered: name one by -p, or as provider:id.');
  await out(
    `\n${tableOf([
      ['', 'min', 'p50', 'p90', 'p99', 'max', 'mean'],
      rowOf('first text, ms', first_ms, 0),
      rowOf('whole answer, ms', answer_ms, 0),
      rowOf('tokens/s after the first token', tokens_per_second, 1),
    ])}`,
  );
  await out(
    `${throughput === null ? 'The service does not count tokens.' : `${throughput.toFixed(1)} tokens/s of all answers together.`}\n`,
  );
  const firsts = answers.flatMap((one) => one.first_ms ?? []);
  if (firsts.length > 1)
    await out(
      `\nfirst text, ms\n${barsOf(histogramOf(firsts, STEPS).map(({ from, to, count }) => [`${from.toFixed(0)}–${to.toFixed(0)}`, count]))}`,
    );
}

const STEPS = 8;

const rowOf = (name: string, spread: Spread | null, digits: number): readonly string[] =>
  spread === null
    ? [name, '–']
    : [
        name,
        ...[spread.min, spread.p50, spread.p90, spread.p99, spread.max, spread.mean].map((value) =>
          value.toFixed(digits),
        ),
      ];

function countsOf(messages: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const message of messages) counts.set(message, (counts.get(message) ?? 0) + 1);
  return counts;
}
