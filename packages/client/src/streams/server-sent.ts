// An answer as bytes: lines of JSON, and server-sent events as OpenAI's services send them.
// Sources: https://platform.openai.com/docs/api-reference/chat/streaming, https://html.spec.whatwg.org/multipage/server-sent-events.html
import { type G4FError, isG4FError } from '@g4f/core';
import type { Writing } from './readable.ts';

const encoder = new TextEncoder();

/** One JSON value a line, which OpenAI's library reads with `fromReadableStream`. */
export const JSON_LINES: Writing<unknown, Uint8Array<ArrayBuffer>> = {
  part: (part) => encoder.encode(`${JSON.stringify(part)}\n`),
};

/**
 * An event for each part, named by its type where it has one, `[DONE]` after the last, and an event `error` where the answer
 * fails in the middle.
 */
export const SERVER_SENT: Writing<unknown, Uint8Array<ArrayBuffer>> = {
  part: (part) => encoder.encode(`${nameOf(part)}data: ${JSON.stringify(part)}\n\n`),
  end: () => encoder.encode('data: [DONE]\n\n'),
  failure: (error) => encoder.encode(`event: error\ndata: ${JSON.stringify({ error: told(error) })}\n\n`),
};

/** The line of the event's name, as the Responses API has it. A service's type may be any text: one of two lines is no name. */
function nameOf(part: unknown): string {
  const type: unknown = Object(part).type;
  return typeof type === 'string' && !/[\r\n]/.test(type) ? `event: ${type}\n` : '';
}

/** What a stranger may be told of a failure: its code, and what a service says of the request. */
function told(error: unknown): object {
  const code = isG4FError(error) ? error.code : 'internal';
  const message = isG4FError(error) && isOfTheRequest(error) ? error.message : 'the answer failed.';
  return { message, type: code, code, param: null };
}

/**
 * Other messages name addresses, variables and providers of this machine. An `invalid-request` is a service's own word only
 * where it refused the request; without a status it may be of an option.
 */
const isOfTheRequest = ({ code, status = 0 }: G4FError): boolean =>
  code === 'content-filter' || code === 'context-length' || (code === 'invalid-request' && status >= 400);
