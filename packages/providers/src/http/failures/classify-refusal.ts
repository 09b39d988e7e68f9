// What a refusal means: by what the service says first, and by its status only where that says nothing.
import { type ErrorCode, type FailureScope, LIMITS } from '@g4f/core';
import { type Meaning, NOT_SERVED_HERE, ROWS } from './refusal-table.ts';
import type { ServiceWords } from './service-error.ts';

const means = (code: ErrorCode, scope: FailureScope): Meaning => ({ code, scope });

const BY_STATUS: ReadonlyMap<number, Meaning> = new Map([
  [401, means('auth', 'key')],
  [402, means('payment-required', 'key')],
  [403, means('auth', 'key')],
  [404, means('model-not-found', 'provider')],
  // What answers there is no such service.
  [405, { ...means('invalid-request', 'provider'), next: 'Check the baseURL, or choose another provider.' }],
  // The key of a proxy on the way, and not that of the service.
  [407, means('auth', 'provider')],
  [408, means('timeout', 'moment')],
  [409, means('server', 'moment')],
  // A model that has been withdrawn.
  [410, means('model-not-found', 'provider')],
  // How much a service or a proxy before it takes is its own affair.
  [413, means('context-length', 'provider')],
  // text-generation-inference: the model failed in the middle.
  [424, means('server', 'moment')],
  [425, means('server', 'moment')],
  [429, means('rate-limit', 'moment')],
  [451, NOT_SERVED_HERE],
  // Groq: the capacity of its flex tier is used up.
  [498, means('rate-limit', 'moment')],
  // A request that was cancelled, and not by us: Cohere and nginx.
  [499, means('server', 'moment')],
]);

/** Whose key or bill it is that a service behind this one refuses: not the caller's, as far as we know. */
const BEHIND = {
  scope: 'provider',
  next: 'Choose another provider: it is a service behind this one that refuses.',
} as const;

/** What the label of a failure inside a stream means, where there is no status to go by. */
const BY_LABEL: readonly (readonly [RegExp, Meaning])[] = [
  [/rate[_ -]?limit|too[_ -]many[_ -]requests|throttl|resource[_ -]exhausted/, means('rate-limit', 'moment')],
  [/overloaded|server[_ -]error|internal|unavailable|engine/, means('server', 'moment')],
  [/auth|api[_ -]key|permission|forbidden/, means('auth', 'key')],
  [/not[_ -]found/, means('model-not-found', 'provider')],
  [/time[_ -]?out|timed[_ -]out|deadline/, means('timeout', 'moment')],
  [
    /invalid|bad[_ -]?request|unprocessable|^validation|input validation/,
    means('invalid-request', 'request'),
  ],
];

/**
 * Where services repeat the request: Pydantic's `input_value=…, input_type=` and `'input': …` (vLLM and what else is
 * built on FastAPI: https://github.com/vllm-project/vllm/issues/49239, https://github.com/langchain-ai/langchain/issues/34751),
 * and llama.cpp's `; messages = …` (its common/chat.cpp). What a caller asks about may sound like any refusal.
 *
 * Only there, and not wherever the words are the caller's as well: whoever asks what "prompt is too long: " means,
 * or shows the bill that this very service refused, may get that very refusal, and it counts.
 *
 * Addresses of pages say nothing either: a rate limit names the page on which to pay for more.
 */
const UNREAD =
  /(input_value=|'input': ).*?(, input_type=|\}\W{1,9}type': '\w{1,40}', 'loc'|$)|; messages = .*|https?:\/\/\S+/gs;

/** What a message says by itself, in lower case. */
const ownWords = (message: string): string =>
  message.slice(0, LIMITS.searchedCharacters).toLowerCase().replace(UNREAD, '');

/** What a service's own codes mean, or else its words; undefined if they tell nothing. @param status where there is one. */
const meaningOfWords = (said: ServiceWords, status: number | undefined): Meaning | undefined => {
  const read = labelsOf(said);
  const labels = read.split(' ');
  const words = `${read} ${ownWords(said.message)}`;
  const isDown = status !== undefined && (status === 429 || status >= 500);
  const rows = ROWS.filter((row) => !(isDown && row.ifRefused));
  return (
    rows.find((row) => labels.some((label) => row.labels?.has(label))) ??
    rows.find((row) => row.words?.test(words))
  );
};

/** Whether it says what is wrong, so that no status is needed to know. */
export const isClear = (said: ServiceWords): boolean =>
  said.status !== undefined ||
  meaningOfWords(said, undefined) !== undefined ||
  ofLabels(labelsOf(said)) !== undefined;

/**
 * What a failure means.
 *
 * @param status HTTP status; for a failure inside a 200 stream, the one the body names, if any.
 */
export const classifyRefusal = (status: number | undefined, said: ServiceWords | undefined): Meaning => {
  const meaning = meaningOf(status, said);
  return said?.isHandedOn && meaning.scope === 'key' ? { ...meaning, ...BEHIND } : meaning;
};

const meaningOf = (status: number | undefined, said: ServiceWords | undefined): Meaning => {
  // Redirects are not followed: the key would go with them.
  if (status !== undefined && status < 400) return means('bad-response', 'moment');
  const byWords = said && meaningOfWords(said, status);
  if (byWords !== undefined) return byWords;
  if (status === undefined) return byLabel(said) ?? means('server', 'moment');
  if (status >= 500) return means('server', 'moment');
  return BY_STATUS.get(status) ?? means('invalid-request', 'request');
};

function byLabel(said: ServiceWords | undefined): Meaning | undefined {
  if (said === undefined) return undefined;
  const labels = labelsOf(said);
  return ofLabels(labels) ?? ofLabels(`${labels} ${ownWords(said.message)}`);
}

const labelsOf = (said: ServiceWords): string => said.labels.slice(0, LIMITS.searchedCharacters);

const ofLabels = (words: string): Meaning | undefined => BY_LABEL.find(([label]) => label.test(words))?.[1];
