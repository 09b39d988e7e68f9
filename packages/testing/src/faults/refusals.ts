// Answers that are none: refusals with a status, and successes that hold something else.
import type { ErrorCode } from '@g4f/core';
import { EVENTS, type Expected, type Fault, refused } from './fault.ts';
import { REQUEST_ID } from './fault-text.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const words = (message: string): string => JSON.stringify({ error: { message, type: 'fault' } });
/** The same for a stream and for an answer in one piece. */
const anyForm = (expected: Expected): Pick<Fault, 'expected' | 'whole'> => ({ expected, whole: expected });

const status = (code: number, ...end: readonly ErrorCode[]): Fault => ({
  name: `status-${code}`,
  does: `answers ${code} with a reason in JSON`,
  ...anyForm({ ...refused(...end), status: code, requestId: REQUEST_ID, words: `This is a ${code}` }),
  act: ({ send }) => send(words(`This is a ${code}.`), 'end', { status: code, headers: JSON_TYPE }),
});

const instead = (name: string, does: string, type: string, body: string): Fault => ({
  name,
  does,
  ...anyForm(refused('bad-response')),
  act: ({ send }) => send(body, 'end', { headers: { 'content-type': type } }),
});

const SECONDS = 3;
/** A date is so far ahead, in s, that a busy machine may take its time to read it. */
const DATE_SECONDS = 300;
const wait = (
  name: string,
  does: string,
  headers: () => Readonly<Record<string, string>>,
  [atLeast, atMost]: readonly [number, number],
  message = 'Slow down.',
): Fault => ({
  name: `retry-after-${name}`,
  does,
  ...anyForm({ ...refused('rate-limit'), status: 429, retryAfterMs: [atLeast, atMost] }),
  act: ({ send }) => send(words(message), 'end', { status: 429, headers: { ...JSON_TYPE, ...headers() } }),
});

/** Rows 14 to 16 of the table. */
export const REFUSALS: readonly Fault[] = [
  instead('html', 'answers 200 with a web page', 'text/html', '<!doctype html><title>Welcome</title>'),
  instead(
    'login-page',
    'answers 200 with a login page that says it is a stream',
    'text/event-stream',
    '<html><form>Log in</form></html>',
  ),
  instead('plain-text', 'answers 200 with words', 'text/plain', 'Upstream connect error'),
  {
    ...instead('json-error', 'answers 200 with a failure in JSON', 'application/json', words('Not today.')),
    // A line of JSON is where Ollama reports its failures: see `error-at-once`.
    only: EVENTS,
  },
  instead('empty', 'answers 200 with nothing', 'text/event-stream', ''),
  {
    ...instead('empty-object', 'answers 200 with an empty object', 'application/json', '{}'),
    ...anyForm(refused('bad-response', 'stream-truncated')),
  },
  status(400, 'invalid-request'),
  status(401, 'auth'),
  status(402, 'payment-required'),
  status(403, 'auth'),
  status(404, 'model-not-found'),
  status(408, 'timeout'),
  status(409, 'server'),
  status(413, 'invalid-request', 'context-length'),
  status(422, 'invalid-request'),
  status(429, 'rate-limit'),
  status(500, 'server'),
  status(502, 'server'),
  status(503, 'server'),
  status(504, 'server', 'timeout'),
  status(529, 'server'),
  {
    name: 'status-500-html',
    does: 'answers 500 with a web page',
    ...anyForm({ ...refused('server'), status: 500 }),
    act: ({ send }) =>
      send('<html><title>Oops</title></html>', 'end', {
        status: 500,
        headers: { 'content-type': 'text/html' },
      }),
  },
  {
    name: 'status-500-unfinished',
    does: 'answers 500, and never ends its body',
    ...anyForm({ ...refused('server'), status: 500 }),
    act: ({ send }) => send('{"error": {"message": "Oo', 'stay', { status: 500, headers: JSON_TYPE }),
  },
  wait('seconds', 'asks to wait, in seconds', () => ({ 'retry-after': String(SECONDS) }), [3000, 3000]),
  wait(
    'ms',
    'asks to wait, in milliseconds',
    () => ({ 'retry-after-ms': String(SECONDS * 1000) }),
    [3000, 3000],
  ),
  // A part of the time has passed already when the date is read.
  wait(
    'date',
    'asks to wait until a date',
    () => ({ 'retry-after': new Date(Date.now() + DATE_SECONDS * 1000).toUTCString() }),
    [DATE_SECONDS * 500, DATE_SECONDS * 1000],
  ),
  wait('words', 'asks to wait, in words', () => ({}), [3000, 3000], 'Please try again in 3s.'),
];
