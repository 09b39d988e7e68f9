// Each refusal of `refusals.txt` and `refusals-seen.txt` means what stands before it.
import type { G4FError, HttpResponse } from '@g4f/core';
import { scopeOf } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { type RequestFacts, refusal } from '../../src/http/failures/failure.ts';
import { reportedFailure } from '../../src/wires/decoding/reported-failure.ts';
import { refusalsOfServices, type ServiceRefusal } from './refusals-of-services.ts';

const asked: RequestFacts = {
  provider: 'acme',
  model: 'm',
  url: 'https://acme.test/v1',
  key: 'a-secret-key',
};

const failureOf = ({ status, body }: ServiceRefusal): Promise<G4FError> | G4FError => {
  const response: HttpResponse = {
    status,
    headers: {},
    release: () => undefined,
    body: (async function* () {
      yield Buffer.from(body);
    })(),
  };
  return status === 200 ? reportedFailure(JSON.parse(body), asked, {}) : refusal(response, asked);
};

/** What the caller is told to do, by how far the failure reaches. */
const ADVICE: Readonly<Record<string, RegExp>> = {
  request: /^(Correct the request|Change the request|Shorten the conversation)(?!.*(another provider|again))/,
  provider: /another (provider|model or provider)|models\.list\(\)/,
  key: /^(Set a valid key|Check the plan and billing).* or choose another provider\.$/,
  moment: /^(Wait|Try again).* or choose another provider\.$/,
};

describe('what services say', () => {
  it.each(refusalsOfServices())('$service: $status $body is $code of the $scope', async (refused) => {
    const error = await failureOf(refused);
    expect([error.code, scopeOf(error)]).toEqual([refused.code, refused.scope]);
    if (refused.waitMs !== undefined) expect(error.retryAfterMs).toBe(refused.waitMs);
    expect(error.message.split('. ').at(-1)).toMatch(ADVICE[refused.scope] ?? /never/);
  });

  it('was seen somewhere, as far as it is said to have been', () => {
    const seen = refusalsOfServices().filter(({ source }) => source !== undefined);
    expect(seen.length).toBeGreaterThanOrEqual(100);
    expect(seen.filter(({ source }) => !URL.canParse(source ?? ''))).toEqual([]);
  });
});
