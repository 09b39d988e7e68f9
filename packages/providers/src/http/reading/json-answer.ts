// An answer that is one JSON value, read whole.
import type { HttpResponse } from '@g4f/core';
import { notTheProtocol, type RequestFacts } from '../failures/failure.ts';
import { parseJson } from '../text/json-text.ts';
import { checkAmount } from './limits.ts';
import { readWholeBody } from './whole-body.ts';

/**
 * What the body says.
 *
 * @param expected what it should be, for errors. @param read undefined for JSON that is something else.
 * @param most bytes, from `LIMITS`.
 * @throws G4FError `bad-response` where the body is too large, or is something else; the service's own failure where it reports one.
 */
export async function readJsonAnswer<T>(
  response: HttpResponse,
  asked: RequestFacts,
  expected: string,
  read: (json: unknown) => T | undefined,
  most?: number,
): Promise<T> {
  const bytes = response.body[Symbol.asyncIterator]();
  try {
    const body = await readWholeBody(bytes, asked, undefined, most);
    response.release();
    const json = parseJson(body);
    if (json === undefined) checkAmount(body, asked);
    const answer = read(json);
    if (answer === undefined) throw notTheProtocol(response, body, asked, expected);
    return answer;
  } finally {
    bytes.return?.().catch(() => undefined);
  }
}
