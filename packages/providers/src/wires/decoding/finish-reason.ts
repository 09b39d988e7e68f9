// Why an answer ended, in OpenAI's words, from the words of the services: an ending that is not known to be good is none.
import { type FinishReason, G4FError } from '@g4f/core';
import { excerpt } from '../../http/failures/excerpt.ts';
import { failureInside, type RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';

/** The endings that a wire knows, in lower case, in OpenAI's words. */
export type Endings = ReadonlyMap<string, FinishReason>;

/** Longer ones, in characters, are not read to their end: a stream may name one with each payload. */
const LONGEST = 200;

/** Looked for first: `function_call_filter: MALFORMED_FUNCTION_CALL` speaks of a filter and of a call, and is neither. */
const BROKEN = /malformed|invalid|unexpected|unparsable|corrupt/;
/** The service gave the answer up in the middle. */
const GIVEN_UP =
  /error|fail|abort|cancel|time_?d?_?out|insufficient|unavailable|overload|interrupt|disconnect/;
/** Mistral's `model_length` (https://docs.mistral.ai/api) among them. */
const AT_LIMIT =
  /max_?(?:output_|completion_|new_)?(?:token|length)|token_limit|context_(?:length|window|limit)|^(?:model_)?length/;
/** Zhipu's `sensitive` (https://docs.z.ai/api-reference/llm/chat-completion) among them. */
const FILTERED =
  /content_?(?:filter|policy)|safety|moderat|prohibited|blocklist|blocked|sensitive|recitation|spii|refus|guardrail/;

/**
 * The reason in OpenAI's words: as the wire knows it, or by what an unknown word clearly means (a limit, a filter).
 * Undefined if the ending is a failure, or nobody knows what it is: then {@link badEnding} is the error.
 */
export const readEnding = (raw: string, known: Endings): FinishReason | undefined => {
  const meant = raw
    .slice(0, LONGEST)
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const reason = known.get(meant);
  if (reason !== undefined) return reason;
  if (BROKEN.test(meant) || GIVEN_UP.test(meant)) return undefined;
  if (AT_LIMIT.test(meant)) return 'length';
  return FILTERED.test(meant) ? 'content_filter' : undefined;
};

/** Whether the service says that it gave the answer up: no more will come. */
export const isGivenUp = (raw: string): boolean => {
  const meant = raw.slice(0, LONGEST).toLowerCase();
  return GIVEN_UP.test(meant) && !BROKEN.test(meant);
};

/** The error for an ending that {@link readEnding} does not take for a good one; thrown after the content. */
export const badEnding = (
  raw: string,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): G4FError => {
  const word = excerpt(raw, asked, 80);
  if (isGivenUp(raw))
    return failureInside({ message: `the answer ended with "${word}"`, labels: '' }, asked, headers);
  const { provider, model } = asked;
  return new G4FError(
    `${provider}: the answer ended with "${word}", which is not known to be a good end. Try again or choose another provider.`,
    { code: 'bad-response', provider, model, requestId: requestIdOf(headers) },
  );
};

/** What is told of a service that passes over `n`: one answer, where several were asked for, is a good one, and not all. */
export const fewerAnswers = (asked: number, came: number): string =>
  `n: ${asked} answers were asked for, and ${came} came.`;
