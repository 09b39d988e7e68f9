// A provider that moderates: every text gets its own result, and an answer without them is none.
import type { HttpRequest, ModerationResponse, Provider } from '@g4f/core';
import {
  FLAGGED_WORD,
  isFlagged,
  moderationAnswer,
  moderationOf,
} from '../../mock-wires/mock-moderations.ts';
import type { Check } from '../check.ts';
import { expectEqual } from '../expectation.ts';
import { operationChecks } from './operation-checks.ts';
import type { OperationPlay } from './operation-play.ts';

const PROMPT = `Sunny in <${FLAGGED_WORD}>`;
const INPUT: readonly string[] = ['Grüezi', PROMPT, 'a third text'];

const play: OperationPlay<'moderate'> = {
  operation: 'moderate',
  request: { model: 'kit-moderation-1', input: INPUT },
  prompt: PROMPT,
  secret: FLAGGED_WORD,
  answer: (request) => answered(inputOf(request).map((one) => moderationOf(one))),
  compare,
  wrong: [
    ['an answer without results', answered([])],
    ['results that do not say for what', answered(INPUT.map(() => ({ flagged: true })))],
    ['results that are none', { body: JSON.stringify({ id: 'x', results: [null, 1, 'no'] }) }],
  ],
};

/** The checks of `moderate`; none where there is no such method. */
export const moderationChecks = (provider: Provider): readonly Check[] => [
  ...operationChecks(provider, play),
  ...operationChecks(provider, {
    ...play,
    answer: (request) => answered(inputOf(request).map((one) => moderationOf(one, false))),
    wrong: [],
  })
    .slice(0, 1)
    .map((check) => ({ ...check, name: `${check.name}, where that leaves the sum to the reader` })),
];

function answered(results: readonly object[]) {
  return { body: moderationAnswer(results) };
}

function inputOf({ url, body = '' }: HttpRequest): readonly string[] {
  const { pathname } = new URL(url);
  if (!pathname.endsWith('/moderations')) throw new Error(`the kit knows no moderations at ${pathname}`);
  const { input } = JSON.parse(body);
  return typeof input === 'string' ? [input] : input;
}

function compare([answer, ...more]: readonly ModerationResponse[]): void {
  expectEqual('parts after the first', more.length, 0);
  expectEqual(
    'flagged',
    answer?.results.map(({ flagged }) => flagged),
    INPUT.map(isFlagged),
  );
  expectEqual(
    'categories',
    answer?.results.map(({ categories }) => categories),
    INPUT.map((one) => ({ violence: isFlagged(one), sexual: false })),
  );
  expectEqual(
    'scores',
    answer?.results.map(({ category_scores }) => category_scores.violence),
    INPUT.map((one) => (isFlagged(one) ? 0.75 : 0.125)),
  );
  expectEqual('model', answer?.model, 'kit-moderation-1');
}
