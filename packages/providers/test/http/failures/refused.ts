// A service that refuses, and the error that is made of it.
import type { G4FError, HttpResponse } from '@g4f/core';
import { type RequestFacts, refusal } from '../../../src/http/failures/failure.ts';

/** Who was asked. */
export const asked: RequestFacts = {
  provider: 'acme',
  model: 'm-1',
  url: 'https://api.acme.test/v1/chat/completions',
  key: 'plain-looking-secret',
  keyFrom: 'ACME_API_KEY',
};

/** What it answers. @param failing what ends the body. */
export const answer = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  failing?: Error,
): HttpResponse => ({
  status,
  headers,
  release: () => undefined,
  body: (async function* () {
    yield Buffer.from(body);
    if (failing !== undefined) throw failing;
  })(),
});

/** The error for its refusal. */
export const refused = (
  status: number,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<G4FError> =>
  refusal(answer(status, typeof body === 'string' ? body : JSON.stringify(body), headers), asked);
