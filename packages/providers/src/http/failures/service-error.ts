// What a service says when it fails: its JSON in any of the shapes in use.
import { redact, type ServiceError } from '@g4f/core';
import { parseJson } from '../text/json-text.ts';

/** A failure in the service's own words. */
export interface ServiceWords {
  readonly message: string;
  /** Its own codes and types (`rate_limit_exceeded overloaded_error 529`), in lower case. */
  readonly labels: string;
  /** The same by their fields, as far as they are short. */
  readonly named?: ServiceError;
  /** The HTTP status it names inside the body, if it names one. */
  readonly status?: number;
  /** How long to wait before asking again, as Google's `RetryInfo` says it: `34.07s`. */
  readonly retryDelay?: string;
  /** Whether a service behind this one said it, and knows nothing of the key that was sent. */
  readonly isHandedOn?: boolean;
}

type ErrorFields = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is ErrorFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** A list of texts or of FastAPI's `{loc: ['body', 'messages'], msg}`, one after the other. */
const listed = (value: unknown): string =>
  Array.isArray(value)
    ? value
        .map((item) => (isJson(item) ? fieldIn(item.loc) + text(item.msg) : text(item)))
        .filter(Boolean)
        .join('; ')
    : '';

/** Which field is meant, and what stands between its name and what is wrong with it. */
const fieldIn = (place: unknown): string =>
  Array.isArray(place) && place.length > 1 ? `${place.slice(1).map(text).join('.')}: ` : '';

/**
 * Reads `{error: {message, type, code}}`, `{error: "…" | ["…"]}`, `{message}`, `{detail: "…" | [{msg}]}`, `{errors: […]}`,
 * MiniMax's `{base_resp: {status_code, status_msg}}`, Deepgram's `{err_code, err_msg}`, ElevenLabs' `{detail: {status, message}}`,
 * Stability's `{name, errors: ["…"]}`, and lists of these; undefined if the value names no failure.
 */
export const readServiceError = (value: unknown): ServiceWords | undefined => {
  if (Array.isArray(value)) return firstError(value);
  if (!isJson(value)) return undefined;
  const { error, base_resp: miniMax } = value;
  if (isJson(miniMax) && miniMax.status_code !== undefined && miniMax.status_code !== 0)
    return words({ message: miniMax.status_msg, code: `minimax-${text(miniMax.status_code)}` }, {});
  if (isJson(error)) return words(error, value);
  if (isJson(value.detail)) return words(value.detail, value);
  if (text(value.err_msg) !== '') return words({ message: value.err_msg, code: value.err_code }, value);
  if (Array.isArray(error)) return words({ message: listed(error) }, value);
  if (typeof error === 'string' && error !== '')
    return words({ ...value, message: text(value.message) || error }, {});
  if (Array.isArray(value.errors)) return firstError(value.errors) ?? textsOf(value.errors, value);
  // Mistral puts FastAPI's whole body into `message`.
  const { detail } = isJson(value.message) ? value.message : value;
  const message = text(value.message) || text(detail) || listed(detail);
  return message === '' || value.choices !== undefined ? undefined : words({ ...value, message }, {});
};

/** Of about a day at most: longer ones are moments, counted from 1970. */
const SECONDS = /^\d{1,5}(\.\d+)?(?=s?$)/;

/** Longer ones are no names. */
const LONGEST_NAME = 100;

const namedIn = (error: ErrorFields): ServiceError =>
  Object.fromEntries(
    ['code', 'type', 'param']
      .map((name) => [name, redact(text(error[name]))] as const)
      .filter(([, said]) => said !== '' && said.length <= LONGEST_NAME),
  );

/** Stability's errors are texts, and `name` says what they are. */
function textsOf(errors: readonly unknown[], { name }: ErrorFields): ServiceWords | undefined {
  const message = listed(errors);
  return message === '' ? undefined : words({ message, code: name }, {});
}

/** A list may hold pieces of the answer before the failure. Not the failures of lists in it: that would have no end. */
function firstError(list: readonly unknown[]): ServiceWords | undefined {
  for (const item of list) {
    const said = Array.isArray(item) ? undefined : readServiceError(item);
    if (said !== undefined) return said;
  }
  return undefined;
}

function words(error: ErrorFields, around: ErrorFields): ServiceWords {
  const { metadata, innererror } = error;
  // OpenRouter hides the upstream's own words in metadata.raw behind "Provider returned error".
  const raw = isJson(metadata) ? text(metadata.raw) : '';
  const handedOn = readServiceError(parseJson(raw.replace(/^data:/, '')));
  const message = [text(error.message) || text(error.msg) || text(error.detail), handedOn?.message ?? raw]
    .filter(Boolean)
    .join(': ');
  const details = (Array.isArray(error.details) ? error.details : []).filter(isJson);
  const labels = [
    ...[
      error.code,
      error.type,
      error.status,
      error.status_code,
      error.__type,
      error.error_type,
      around.code,
      around.type,
    ],
    // OpenRouter's own moderation shows what it stopped; Azure says inside which of its filters did.
    isJson(metadata) && metadata.flagged_input !== undefined ? 'flagged_input' : undefined,
    isJson(innererror) ? innererror.code : undefined,
    // Google's ErrorInfo: `API_KEY_INVALID` beside a mere `INVALID_ARGUMENT`.
    ...details.map(({ reason }) => reason),
    handedOn?.labels,
  ]
    .map(text)
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
  const status = Number(/\b[45]\d\d\b/.exec(labels)?.[0]);
  // Replicate and Hugging Face: a number of seconds beside the message.
  const [seconds] = SECONDS.exec(text(error.retry_after ?? error.estimated_time)) ?? [];
  const retryDelay =
    details.map((detail) => text(detail.retryDelay)).find(Boolean) ?? (seconds && `${seconds}s`);
  return {
    message,
    labels,
    named: namedIn(error),
    ...(Number.isFinite(status) && { status }),
    ...(retryDelay && { retryDelay }),
    // Pollinations says so in `details`.
    ...((raw || (isJson(error.details) && error.details.upstreamStatus !== undefined)) && {
      isHandedOn: true,
    }),
  };
}
