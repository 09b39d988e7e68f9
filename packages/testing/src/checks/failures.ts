// What a service does wrong, and the code that a provider must give it: never a success, never a loss of what came before.
import { inspect } from 'node:util';
import { type ErrorCode, isG4FError, type Provider } from '@g4f/core';
import type { Tape } from '../tapes/tape.ts';
import type { Check } from './check.ts';
import { expect, expectEqual } from './expectation.ts';
import type { LentAnswer } from './lent-context.ts';
import { hear, KIT_KEY } from './play.ts';

/** A body of JSON. */
export const JSON_TYPE = { 'content-type': 'application/json' };
/** A status of a refusal, the code that it is given, and the service's words. */
export const STATUSES: readonly (readonly [number, ErrorCode, string])[] = [
  [400, 'invalid-request', 'The field is wrong.'],
  [401, 'auth', 'Who are you?'],
  [402, 'payment-required', 'Nothing is left.'],
  [403, 'auth', 'Not for you.'],
  [404, 'model-not-found', 'There is no such thing.'],
  [429, 'rate-limit', 'Slow down.'],
  [500, 'server', 'Something broke.'],
  [529, 'server', 'Too many are here.'],
];

/** @param tape a streamed answer, of which parts are played. */
export const failureChecks = (provider: Provider, tape: Tape): readonly Check[] => {
  const fails = (
    name: string,
    answer: Partial<LentAnswer>,
    codes: readonly ErrorCode[],
    more?: (error: unknown) => void,
  ): Check => ({
    name,
    async run() {
      const { error } = await hear(provider, tape, answer);
      checkFailure(provider, error, codes);
      more?.(error);
    },
  });
  // Services repeat the key that they were sent.
  const repeated = (provider.env ?? []).length > 0 ? ` ${KIT_KEY}` : '';
  const refused = (message: string): string =>
    JSON.stringify({ error: { message: message + repeated, type: 'refused' } });
  const cut = tape.cut ?? Math.floor(tape.body.length / 2);
  const partial = tape.body.slice(0, cut);
  return [
    ...STATUSES.map(([status, code, message]) =>
      fails(
        `answers ${status} with ${code}`,
        { status, headers: JSON_TYPE, body: refused(message) },
        [code],
        (error) => expectEqual('status', isG4FError(error) ? error.status : undefined, status),
      ),
    ),
    fails(
      'tells how long the service asked to wait',
      { status: 429, headers: { ...JSON_TYPE, 'retry-after': '3' }, body: refused('Slow down.') },
      ['rate-limit'],
      (error) => expectEqual('retryAfterMs', isG4FError(error) ? error.retryAfterMs : undefined, 3000),
    ),
    fails(
      'takes a web page for no answer',
      { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Welcome</title>' },
      ['bad-response'],
    ),
    fails('takes nothing for no answer', { body: '' }, ['bad-response', 'stream-truncated']),
    fails('takes a failure in a success for no answer', { headers: JSON_TYPE, body: refused('Not today.') }, [
      ...(['bad-response', 'server', 'invalid-request'] as const),
    ]),
    fails('tells a cut answer from a whole one', { body: partial }, ['stream-truncated', 'bad-response']),
    fails('tells a broken connection from an end', { body: partial, ends: 'reset' }, [
      'network',
      'stream-truncated',
    ]),
    {
      name: 'hands out what came before a failure',
      async run() {
        const whole = await hear(provider, tape);
        const { text } = await hear(provider, tape, { body: partial, ends: 'reset' });
        expect(
          whole.text.startsWith(text),
          'text: what came before the failure is not the beginning of the answer',
        );
        if (tape.cut !== undefined) expectEqual('text', text, whole.text);
      },
    },
  ];
};

/** A failure is a G4FError of one line, under the provider's name, with one of the codes and without the key. */
export function checkFailure(provider: Provider, error: unknown, codes: readonly ErrorCode[]): void {
  expect(error !== undefined, 'it was taken for an answer');
  if (!isG4FError(error)) throw new Error(`it must throw a G4FError, but threw ${String(error)}`);
  expect(
    codes.includes(error.code),
    `code: expected ${codes.join(' or ')}, but it is ${error.code} (${error.message})`,
  );
  // What the network itself throws knows no provider.
  if (error.code !== 'network') expectEqual('provider', error.provider, provider.id);
  // Causes and further fields included: all that a log may print.
  const told = `${error.message}\n${JSON.stringify(error)}\n${inspect(error, { depth: 10 })}`;
  expect(!told.includes(KIT_KEY), 'the key stands in the error');
  expect(!error.message.includes('\n'), `the message has several lines: ${JSON.stringify(error.message)}`);
}
