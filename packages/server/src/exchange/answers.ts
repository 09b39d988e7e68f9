// Responses: JSON, a refusal in the form of its dialect, and who answered.
import type { Dialect } from '../dialects/dialect.ts';
import { failureOf } from '../failure/failure.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** A JSON body. */
export const jsonAnswer = (
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': JSON_TYPE, ...headers } });

/** What was thrown, as the dialect tells it. */
export const refusalAnswer = (thrown: unknown, dialect: Dialect, requestId: string): Response => {
  const failure = failureOf(thrown);
  const { status, retryAfterMs, headers } = failure;
  const wait = retryAfterMs === undefined ? {} : waitHeaders(retryAfterMs);
  return jsonAnswer(dialect.refusal(failure, requestId), { ...wait, ...headers }, status);
};

/** In whole seconds, as HTTP has it, and exactly, as OpenAI's and Anthropic's libraries read it. */
const waitHeaders = (ms: number): Readonly<Record<string, string>> => ({
  'retry-after': String(Math.ceil(ms / 1000)),
  'retry-after-ms': String(Math.ceil(ms)),
});

/** Who answers. Names of models may hold anything; headers hold visible ASCII. */
export const sourceHeaders = ({
  provider = '',
  model,
}: {
  provider?: string;
  model: string;
}): Record<string, string> => ({
  'x-g4f-provider': visible(provider),
  'x-g4f-model': visible(model),
});

const visible = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');
