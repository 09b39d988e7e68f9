// Answers: JSON, a refusal in the form of its dialect, and who answered.
import { redact } from '@g4f/core';
import { modelName } from '@g4f/core/internal';
import type { Answer } from '../answer/answer.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Failure } from '../failure/refusal.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** A JSON body. */
export const jsonAnswer = (
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Answer => ({
  status,
  headers: { 'content-type': JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});

/** A failure, as the dialect tells it. */
export const refusalAnswer = (failure: Failure, dialect: Dialect, requestId: string): Answer => {
  const { status, retryAfterMs, headers, attempts } = failure;
  const wait = retryAfterMs === undefined ? {} : waitHeaders(retryAfterMs);
  const tried = attempts === undefined ? {} : { 'x-g4f-attempts': String(attempts) };
  return jsonAnswer(dialect.refusal(failure, requestId), { ...wait, ...tried, ...headers }, status);
};

/** In whole seconds, as HTTP has it, and exactly, as OpenAI's and Anthropic's libraries read it. */
const waitHeaders = (ms: number): Readonly<Record<string, string>> => ({
  'retry-after': String(Math.ceil(ms / 1000)),
  'retry-after-ms': String(Math.ceil(ms)),
});

/** Who answers, as far as the answer says so. A service may say anything in the place of a model's name. */
export const sourceHeaders = ({
  provider = '',
  model,
  attempts,
}: {
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  /** How many requests to providers it took, where that is known. */
  readonly attempts?: number | undefined;
}): Record<string, string> => ({
  'x-g4f-provider': visible(provider),
  ...(model !== undefined && { 'x-g4f-model': modelName(redact(model)) }),
  ...(attempts !== undefined && { 'x-g4f-attempts': String(attempts) }),
});

/** The headers of an answer that comes as a stream. */
export const streamHeaders = (
  type: string,
  source: Parameters<typeof sourceHeaders>[0],
): Record<string, string> => ({
  'content-type': type,
  'cache-control': 'no-cache, no-transform',
  // nginx would keep the answer until it is complete.
  'x-accel-buffering': 'no',
  ...sourceHeaders(source),
});

const visible = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');
