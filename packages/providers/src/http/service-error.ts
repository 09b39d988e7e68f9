// What a service says when it fails: its JSON in any of the shapes in use, and the code it stands for.
import type { ErrorCode } from '@g4f/core';

/** A failure in the service's own words. */
export interface ServiceWords {
  readonly message: string;
  /** Its own codes and types (`rate_limit_exceeded overloaded_error 529`), in lower case. */
  readonly labels: string;
  /** The HTTP status it names inside the body, if it names one. */
  readonly status?: number;
}

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/**
 * Reads `{error: {message, type, code}}`, `{error: "…" | ["…"]}`, `{message}`, `{detail: "…" | [{msg}]}`, `{errors: […]}`
 * and lists of these; undefined if the value names no failure.
 */
export const readServiceError = (value: unknown): ServiceWords | undefined => {
  if (Array.isArray(value)) return firstError(value);
  if (!isJson(value)) return undefined;
  const { error } = value;
  if (isJson(error)) return words(error, value);
  if (Array.isArray(error)) return words({ message: error.map(text).filter(Boolean).join('; ') }, value);
  if (typeof error === 'string' && error !== '')
    return words({ ...value, message: text(value.message) || error }, {});
  if (Array.isArray(value.errors)) return firstError(value.errors);
  if (Array.isArray(value.detail)) {
    return words(
      { message: value.detail.map((item) => (isJson(item) ? text(item.msg) : text(item))).join('; ') },
      value,
    );
  }
  const message = text(value.message) || text(value.detail);
  return message === '' || value.choices !== undefined ? undefined : words({ ...value, message }, {});
};

/** A list may hold pieces of the answer before the failure. Not the failures of lists in it: that would have no end. */
function firstError(list: readonly unknown[]): ServiceWords | undefined {
  for (const item of list) {
    const said = Array.isArray(item) ? undefined : readServiceError(item);
    if (said !== undefined) return said;
  }
  return undefined;
}

function words(error: Json, around: Json): ServiceWords {
  // OpenRouter hides the upstream's own words in metadata.raw behind "Provider returned error".
  const raw = isJson(error.metadata) ? text(error.metadata.raw) : '';
  const message = [text(error.message) || text(error.msg) || text(error.detail), raw]
    .filter(Boolean)
    .join(': ');
  const labels = [error.code, error.type, error.status, error.status_code, around.code, around.type]
    .map(text)
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
  const status = Number(/\b[45]\d\d\b/.exec(labels)?.[0]);
  return { message, labels, ...(Number.isFinite(status) && { status }) };
}

const BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'auth'],
  [402, 'payment-required'],
  [403, 'auth'],
  [404, 'model-not-found'],
  [407, 'auth'],
  [408, 'timeout'],
  [409, 'server'],
  // A model that has been withdrawn.
  [410, 'model-not-found'],
  [425, 'server'],
  [429, 'rate-limit'],
  // Groq: the capacity of its flex tier is used up.
  [498, 'rate-limit'],
]);

type ByWords = readonly (readonly [RegExp, ErrorCode])[];

/** Looked for in this order in labels and message of a refusal: a service's words say more than its status. */
const BY_WORDS: ByWords = [
  [
    /context[_ -]?(length|window|size)|maximum context|prompt is too long|too many (input )?tokens|input.{0,20}too long|maximum number of tokens/,
    'context-length',
  ],
  [/content[_ -]?(filter|policy|management)|responsible ?ai|safety (system|filter)/, 'content-filter'],
  // Not "billing" alone: a message of a rate limit often ends with the page on which to buy more.
  [/insufficient[_ -](quota|balance|credit|funds)|credit balance is too low|billing_/, 'payment-required'],
];

/** Said so plainly that no status says otherwise: llama.cpp reports it as a 500 when it happens in mid-answer. */
const CONTEXT_EXCEEDED =
  /exceed\w*[_ ](?:the )?(?:available )?context[_ ](?:size|length|window)|context (?:size|length|window) (?:has been |was |is )?exceeded/;

/** What a mere "bad request" may turn out to be. */
const BAD_REQUESTS: ByWords = [
  [/(invalid|incorrect)[_ -]api[_ -]?key|api[_ -]key (is )?(not valid|invalid)|api_key_invalid/, 'auth'],
  [
    /model[_ -]not[_ -](found|supported)|model.{0,80}(does not exist|is not found)|(unknown|invalid)[_ -]model/,
    'model-not-found',
  ],
];

const BY_LABEL: ByWords = [
  [/rate[_ -]?limit|too[_ -]many[_ -]requests|throttl|resource[_ -]exhausted/, 'rate-limit'],
  [/overloaded|server[_ -]error|internal|unavailable|engine/, 'server'],
  [/auth|api[_ -]key|permission|forbidden/, 'auth'],
  [/not[_ -]found/, 'model-not-found'],
  [/time[_ -]?out|timed[_ -]out|deadline/, 'timeout'],
  [/invalid|bad[_ -]?request|unprocessable/, 'invalid-request'],
];

const matching = (table: ByWords, said: string): ErrorCode | undefined =>
  table.find(([pattern]) => pattern.test(said))?.[1];

/**
 * The code a failure stands for.
 *
 * @param status HTTP status; for a failure inside a 200 stream, the one the body names, if any.
 */
export const codeOfFailure = (status: number | undefined, said: ServiceWords | undefined): ErrorCode => {
  const everything = `${said?.labels ?? ''} ${said?.message ?? ''}`.toLowerCase();
  const refusal = status === undefined || (status >= 400 && status < 500 && status !== 401 && status !== 408);
  const byWords = refusal
    ? matching(BY_WORDS, everything)
    : CONTEXT_EXCEEDED.test(everything)
      ? 'context-length'
      : undefined;
  if (byWords !== undefined) return byWords;
  if (status === undefined)
    return matching(BY_LABEL, said?.labels ?? '') ?? matching(BY_LABEL, everything) ?? 'server';
  // Redirects are not followed: the key would go with them.
  if (status < 400) return 'bad-response';
  if (status >= 500) return 'server';
  return BY_STATUS.get(status) ?? matching(BAD_REQUESTS, everything) ?? 'invalid-request';
};
