// Makes the error a person can act on out of a service's refusal: who, what, why, and what to do next, in one line.
import { type ErrorCode, G4FError, type HttpResponse, LIMITS, redact, scopeOf } from '@g4f/core';
import { readableDuration, slicedTimer, urlOf } from '@g4f/core/internal';
import { joinBytes, toText } from '../text/bytes.ts';
import { parseJson } from '../text/json-text.ts';
import { classifyRefusal, isClear } from './classify-refusal.ts';
import { excerpt, type Hidden } from './excerpt.ts';
import { type Meaning, SHUT_OUT } from './refusal-table.ts';
import { requestIdOf } from './request-id.ts';
import { retryAfterMs } from './retry-after.ts';
import { readServiceError, type ServiceWords } from './service-error.ts';

/** Who was asked, and with what. */
export interface RequestFacts extends Hidden {
  readonly provider: string;
  readonly model?: string | undefined;
  readonly url: string;
  /** Whether a file went with the request. */
  readonly sendsFile?: boolean;
  /** Where the key came from: `GROQ_API_KEY`, or `the apiKey option`. */
  readonly keyFrom?: string | undefined;
}

const NEXT_STEP: Readonly<Record<ErrorCode, string>> = {
  'invalid-request': 'Correct the request.',
  auth: 'Set a valid key or choose another provider.',
  'payment-required': 'Check the plan and billing of this account or choose another provider.',
  'rate-limit': 'Wait, or choose another provider.',
  'model-not-found': 'Check the model and the baseURL, or ask models.list() for what is offered.',
  'context-length': 'Shorten the conversation or choose a model with a larger context.',
  'content-filter': 'Change the request: the service refuses its content.',
  timeout: 'Try again or choose another provider.',
  network: 'Try again or choose another provider.',
  server: 'Try again or choose another provider.',
  'bad-response': 'Check the baseURL, or choose another provider.',
  'stream-truncated': 'Try again or choose another provider.',
  aborted: 'Send it again if that was not meant.',
  'no-provider': 'Choose another provider.',
  internal: 'Report it to the author of this code.',
};

/** How long the body of an error is waited for, in ms: a service in trouble may never end it. */
const ERROR_BODY_MS = 1000;

/** So long before a deadline of the call what has come must do, in ms: a status, or a finished answer, is not too late. */
export const BEFORE_DEADLINE_MS = 50;

/** The whole body of a failed answer as text, up to a limit; never throws, because the status already says enough. */
async function readErrorBody(response: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const leave = (): void => response.release();
  const timer = slicedTimer(ERROR_BODY_MS, leave);
  // A deadline counts on where the thread stands still.
  const left = (response.leftMs?.() ?? Number.POSITIVE_INFINITY) - BEFORE_DEADLINE_MS;
  const deadline = left < ERROR_BODY_MS ? setTimeout(leave, left) : undefined;
  try {
    for await (const chunk of response.body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= LIMITS.refusalBytes) break;
    }
  } catch (error) {
    if (error instanceof G4FError && (error.code === 'aborted' || error.code === 'timeout')) throw error;
  } finally {
    timer.end();
    clearTimeout(deadline);
  }
  const all = joinBytes(chunks);
  return toText(all, Math.min(all.length, LIMITS.refusalBytes));
}

/** The error for an answer whose status is not a success. Reads its body. */
export const refusal = async (response: HttpResponse, asked: RequestFacts): Promise<G4FError> => {
  const { status, headers } = response;
  const body = await readErrorBody(response);
  const said = readServiceError(parseJson(body));
  const to = headers.location;
  if (status < 400 && to !== undefined) {
    const words = `redirects to ${whereTo(to, asked.url)}, which is not followed because key and prompt would go with it`;
    return failure(asked, {
      said: undefined,
      words,
      status,
      meaning: classifyRefusal(status, undefined),
      headers,
    });
  }
  const isPage = /^\s*</.test(body);
  const words = said?.message || (isPage ? titleOf(body) : body);
  const meant = classifyRefusal(status, said ?? { message: words, labels: '' });
  const meaning = isPage ? ofPage(meant, status) : meant;
  return failure(asked, { said, words, status, meaning, headers });
};

/** The host alone: the rest of an address that a service chose may hold anything. */
function whereTo(location: string, from: string): string {
  const to = urlOf(location, from);
  if (to === undefined) return 'what is no address';
  const { origin } = new URL(from);
  if (to.origin === origin) return `another path of ${origin}`;
  return /^https?:$/.test(to.protocol) ? to.origin : `an address of ${to.protocol.slice(0, 20)}`;
}

/** A web page is not the service's own word: it knows neither the key nor what a request says. */
const ofPage = (meant: Meaning, status: number): Meaning => {
  if (status === 403) return SHUT_OUT;
  return meant.scope === 'request' ? { ...meant, scope: 'provider', next: NEXT_STEP['bad-response'] } : meant;
};

/** The error for a failure that a service reports inside a successful answer. */
export const failureInside = (
  said: ServiceWords,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): G4FError =>
  failure(asked, {
    said,
    words: said.message,
    status: said.status,
    meaning: classifyRefusal(said.status, said),
    headers,
  });

interface Refused {
  readonly said: ServiceWords | undefined;
  readonly words: string;
  readonly status: number | undefined;
  readonly meaning: Meaning;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is too large for a service is the file then, and no conversation. */
const FILE_TOO_LARGE: Meaning = {
  code: 'invalid-request',
  scope: 'provider',
  next: 'Send a smaller file, or choose another provider.',
};

function failure(asked: RequestFacts, { said, words, status, meaning: meant, headers }: Refused): G4FError {
  const meaning = asked.sendsFile && meant.code === 'context-length' ? FILE_TOO_LARGE : meant;
  const { code, scope } = meaning;
  const quote = withoutFullStop(excerpt(words, asked, 300)) || excerpt(said?.labels ?? '', asked) || code;
  const about = status === undefined || quote.startsWith(`${status} `) ? quote : `${status} ${quote}`;
  const sent = code === 'auth' && scope === 'key' ? ` (${keyPhrase(asked)})` : '';
  const isLimited = code === 'rate-limit' && scope === 'moment';
  const waitMs = retryAfterMs(headers, { words, retryDelay: said?.retryDelay, isLimited });
  const next = meaning.next ?? NEXT_STEP[code];
  const advice =
    isLimited && waitMs !== undefined
      ? next.replace('Wait', waitMs === 0 ? 'Try again' : `Wait ${readableDuration(waitMs)}`)
      : next;
  return new G4FError(`${asked.provider}: ${about}${sent}. ${advice}`, {
    code,
    // What its code commonly means need not be said.
    scope: scope === scopeOf({ code }) ? undefined : scope,
    provider: asked.provider,
    model: asked.model,
    status,
    retryAfterMs: waitMs,
    requestId: requestIdOf(headers),
    serviceError: said?.named,
    ...(code === 'timeout' && { phase: 'headers' as const }),
  });
}

function withoutFullStop(text: string): string {
  let end = text.length;
  while (end > 0 && /[.\s]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

const keyPhrase = (asked: RequestFacts): string =>
  asked.keyFrom === undefined ? 'no key was sent' : `the key was taken from ${asked.keyFrom}`;

/** The error for a 200 that is not what the protocol says: a refusal that means something, or what came and the likely cause. */
export const notTheProtocol = (
  response: HttpResponse,
  body: string,
  asked: RequestFacts,
  expected: string,
): G4FError => {
  const { status, headers } = response;
  const said = readServiceError(parseJson(body));
  if (said !== undefined && isClear(said)) return failureInside(said, asked, headers);
  const type = excerpt(headers['content-type'] ?? 'no content type', asked, 80);
  const came = body.trim() === '' ? 'nothing' : `"${excerpt(body, asked)}"`;
  const { origin } = new URL(asked.url);
  return new G4FError(
    `${asked.provider}: ${redact(origin)} answered ${status} with ${came} (${type}) where ${expected} was expected: ${likelyCause(body, said, asked)}. ${NEXT_STEP['bad-response']}`,
    {
      code: 'bad-response',
      provider: asked.provider,
      model: asked.model,
      status,
      requestId: requestIdOf(headers),
    },
  );
};

function likelyCause(whole: string, said: ServiceWords | undefined, asked: RequestFacts): string {
  if (said !== undefined)
    return `the service reports a failure as a success (${excerpt(said.message, asked, 120)})`;
  const body = whole.slice(0, LIMITS.searchedCharacters);
  if (body.trim() === '') return 'the service, or a proxy before it, sent an empty body';
  if (/cloudflare|cf-ray|just a moment/i.test(body)) return 'a Cloudflare page stands in the way';
  if (/<form|log ?in|sign ?in|captive/i.test(body)) return 'a login page stands in the way';
  if (/^\s*</.test(body)) return 'a web page, from a wrong address or a proxy in between';
  if (/^\s*[[{]/.test(body) && parseJson(whole) === undefined)
    return 'its JSON is cut off or broken, by the service or a proxy in between';
  return 'the address is probably not that of this API';
}

/** The title of a web page; without one, its text. */
function titleOf(html: string): string {
  const begins = /<title\b/i.exec(html)?.index;
  const [, title = ''] = begins === undefined ? [] : html.slice(begins).split(/[<>]/, 3).slice(1);
  return title.trim() || textOf(html);
}

/** What stands outside the tags; each piece but the first follows a `<`. */
const textOf = (html: string): string =>
  html
    .split('<')
    .map((piece, at) => (at === 0 ? piece : piece.slice(piece.indexOf('>') + 1)))
    .join(' ');

/** The error for an answer that ended well and held nothing. */
export const nothingSaid = (asked: RequestFacts, headers: Readonly<Record<string, string>>): G4FError =>
  new G4FError(
    `${asked.provider}: the service ended its answer without having said anything. Try again or choose another provider.`,
    {
      code: 'bad-response',
      provider: asked.provider,
      model: asked.model,
      requestId: requestIdOf(headers),
    },
  );
