// A provider that completes texts: what the model wrote, to the letter, whole and streamed, and a cut answer is none.
import type { HttpRequest, Provider, TextCompletion } from '@g4f/core';
import { TEXT_PIECES, textAnswer } from '../../mock-wires/mock-text-completions.ts';
import type { Check } from '../check.ts';
import { expectEqual } from '../expectation.ts';
import type { LentAnswer } from '../lent-context.ts';
import { operationChecks } from './operation-checks.ts';
import type { OperationPlay } from './operation-play.ts';

const PROMPT = 'function add(a, b) { // Zürich';

const answered = (request: HttpRequest): LentAnswer => {
  const { pathname } = new URL(request.url);
  if (!pathname.endsWith('/completions')) throw new Error(`the kit knows no completions at ${pathname}`);
  const body = JSON.parse(request.body ?? '');
  const type = body.stream ? 'text/event-stream' : 'application/json';
  return { headers: { 'content-type': type }, body: textAnswer(body, pathname.endsWith('/fim/completions')) };
};

/** Half of it, said to be all. */
const halfOf = (request: HttpRequest): LentAnswer => {
  const { body, ...answer } = answered(request);
  return { ...answer, body: String(body).slice(0, String(body).indexOf('"length"') - 40) };
};

const compare = (finish: string) => (chunks: readonly TextCompletion[]) => {
  const choices = chunks.flatMap((chunk) => chunk.choices);
  expectEqual('text', choices.map(({ text }) => text).join(''), TEXT_PIECES.join(''));
  expectEqual(
    'finish reasons',
    choices.flatMap(({ finish_reason }) => finish_reason ?? []),
    [finish],
  );
  for (const { object, model } of chunks)
    expectEqual('chunk', { object, model }, { object: 'text_completion', model: 'kit-text-1' });
  const usage = chunks.flatMap((chunk) => chunk.usage ?? []);
  expectEqual('tokens', [usage.length, usage[0]?.total_tokens], [1, 5]);
};

const whole: OperationPlay<'complete'> = {
  operation: 'complete',
  request: { model: 'kit-text-1', prompt: [PROMPT], stream: false },
  prompt: PROMPT,
  secret: 'Zürich',
  answer: answered,
  compare: compare('stop'),
  wrong: [['choices that are none', { body: JSON.stringify({ choices: [] }) }]],
};

const streamed: OperationPlay<'complete'> = {
  ...whole,
  request: { ...whole.request, stream: true },
  compare: compare('length'),
  wrong: [['a stream without an end', halfOf]],
};

/** The checks of `complete`; none where there is no such method. */
export const textCompletionChecks = (provider: Provider): readonly Check[] => [
  ...operationChecks(provider, whole),
  ...operationChecks(provider, streamed).map((check) => ({ ...check, name: `${check.name}, streamed` })),
];
