// What is no HTTP that can be answered by a route: it never reaches one, and is told so in the form of the other refusals.
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { LIMITS } from '@g4f/core';
import { namesOtherHost } from '@g4f/core/internal';
import type { Answer } from '../answer/answer.ts';
import { openai } from '../dialects/openai/openai.ts';
import { refusalAnswer } from '../exchange/answers.ts';
import { failureOf } from '../failure/failure.ts';
import type { Failure } from '../failure/refusal.ts';
import { newRequestId } from '../handler/handler.ts';
import type { Discards } from './discard.ts';
import { send } from './send.ts';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Nothing more is read of the connection. */
const HEADERS = { connection: 'close', 'content-type': 'application/json; charset=utf-8' };

/** Answers such requests, and closes their connection, on which nothing can be trusted any more. */
export const answerBadRequests = (server: Server, discards: Discards): void => {
  /** What is read of them for nothing is no HTTP either. */
  const answered = new WeakSet<Duplex>();
  const refuse = (socket: Answering, failure: Failure): void => {
    answered.add(socket);
    const before = socket._httpMessage;
    const isOfOther = before?.req.complete === true;
    // Whoever is gone, or is getting an answer already, is told nothing.
    const isCut = before?.headersSent === true && !(isOfOther && before.writableEnded);
    if (!socket.writable || isCut) return void socket.destroy();
    // What was asked before has the first answer.
    if (isOfOther)
      return void before.once('finish', () => {
        if (!socket.writableEnded) refuse(socket, failure);
      });
    socket.end(answerTo(failure));
    void discards.rest(socket, true).then(() => socket.destroy());
  };
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket: Answering) => {
    if (answered.has(socket)) return;
    if (code === 'ECONNRESET') socket.destroy();
    else refuse(socket, failureFor(code));
  });
  // Node would close the connection without a word.
  server.on('connect', (_request: IncomingMessage, socket: Answering) => {
    // It has taken its own listeners away.
    socket.on('error', () => socket.destroy());
    refuse(socket, invalid('This server is no proxy: it does not take CONNECT.'));
  });
  // Node would answer without a body.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const message = 'Of what a request may expect only 100-continue is taken: leave the header Expect out.';
    sendRefusal({ status: 417, code: 'invalid-request', message }, request, response, discards);
  });
};

/** The answer to a request that has no URL: its Host is none, or its target is (`OPTIONS *`). */
export const unreadableAnswer = (error: unknown): Answer => {
  const requestId = newRequestId();
  const answer = refusalAnswer(failureOf(error), openai, requestId);
  return { ...answer, headers: { ...answer.headers, ...HEADERS, 'x-request-id': requestId } };
};

/** The connection, with the answer that is being made on it: Node looks at the same. */
type Answering = Duplex & { readonly _httpMessage?: ServerResponse | null };

/**
 * Refuses what Node lets through: more headers than it hands on, because it counts their bytes and would pass over those above 2,000, and
 * several Hosts, of which it takes the first and a proxy perhaps the last, or another one in the target. Source:
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export const withPlainHeaders =
  (listener: RequestListener, discards: Discards): RequestListener =>
  (request, response) => {
    const failure = failureIn(request);
    if (failure === undefined) return listener(request, response);
    sendRefusal(failure, request, response, discards);
  };

function sendRefusal(
  failure: Failure,
  incoming: IncomingMessage,
  response: ServerResponse,
  discards: Discards,
): void {
  const requestId = newRequestId();
  const body = JSON.stringify(openai.refusal(failure, requestId));
  const headers = { ...HEADERS, 'x-request-id': requestId };
  void send({ status: failure.status, headers, body }, response, { incoming, discards });
}

function failureIn({ rawHeaders: headers, url = '' }: IncomingMessage): Failure | undefined {
  if (headers.length > 2 * LIMITS.requestHeaders) {
    const message = `There are more than ${LIMITS.requestHeaders} headers.`;
    return { status: 431, code: 'headers-too-large', message };
  }
  let hosts = 0;
  let host = '';
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at];
    if (name?.length !== 4 || name.toLowerCase() !== 'host') continue;
    hosts += 1;
    host = headers[at + 1] ?? '';
  }
  if (hosts > 1) return invalid('The request has more than one Host.');
  return namesOtherHost(url, host)
    ? invalid('The address that is asked for is of another host than Host.')
    : undefined;
}

const invalid = (message: string): Failure => ({ status: 400, code: 'invalid-request', message });

function answerTo(failure: Failure): string {
  const requestId = newRequestId();
  const body = JSON.stringify(openai.refusal(failure, requestId));
  return [
    `HTTP/1.1 ${failure.status} ${REASONS[failure.status]}`,
    ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    '',
    body,
  ].join('\r\n');
}

function failureFor(code: string | undefined): Failure {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 431, code: 'headers-too-large', message: 'The headers are larger than 16 KiB.' };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, code: 'headers-timeout', message: 'The headers did not arrive in time.' };
  return { status: 400, code: 'invalid-request', message: 'This is no valid HTTP request.' };
}
