// What speech and transcriptions owe alike: failures by their codes, the key in one header, an end where the caller leaves.
import { type ErrorCode, isG4FError, type Provider } from '@g4f/core';
import { audioAnswer } from '../../mock-wires/mock-audio.ts';
import { late, turn } from '../cancellation.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure, JSON_TYPE, STATUSES } from '../failures.ts';
import { NOT_LENT, watched } from '../lent.ts';
import type { Lent } from '../lent-context.ts';
import { KIT_BASE, KIT_KEY, lendTo } from '../play.ts';
import { type Ask, PRIVATE, sentBy } from './audio-play.ts';

/** @param ask one of the two operations. */
export const audioOwed = (provider: Provider, ask: Ask<unknown>): readonly Check[] => [
  ...failureChecks(provider, ask),
  ...lentChecks(provider, ask),
  cancellationCheck(provider, ask),
];

const failureChecks = (provider: Provider, ask: Ask<unknown>): readonly Check[] => {
  const fails = (
    name: string,
    answer: Lent,
    codes: readonly ErrorCode[],
    more?: (error: unknown) => void,
  ): Check => ({
    name,
    async run() {
      const { error } = await ask(answer);
      checkFailure(provider, error, codes);
      more?.(error);
    },
  });
  // Services repeat the key that they were sent, and what they were asked.
  const repeated = (provider.env ?? []).length > 0 ? ` ${KIT_KEY}` : '';
  const refused = (message: string): string =>
    JSON.stringify({ error: { message: `${message}${repeated} ${PRIVATE}`, type: 'refused' } });
  const page = '<!doctype html><title>Welcome</title>';
  const cut: Lent = (request) => {
    const { body = '', headers } = audioAnswer(request);
    return { body: body.slice(0, body.length / 2), ends: 'reset', ...(headers !== undefined && { headers }) };
  };
  return [
    ...STATUSES.map(([status, code, message]) =>
      fails(
        `answers ${status} with ${code}`,
        { status, headers: JSON_TYPE, body: refused(message) },
        [code],
        (error) => {
          expectEqual('status', isG4FError(error) ? error.status : undefined, status);
          expect(!String(error).includes('Zürich'), 'what was asked stands in the error');
        },
      ),
    ),
    fails('takes a web page for no answer', { headers: { 'content-type': 'text/html' }, body: page }, [
      'bad-response',
    ]),
    fails(
      'takes a web page for no answer, whatever it is called',
      {
        headers: { 'content-type': 'audio/mpeg' },
        body: page,
      },
      ['bad-response'],
    ),
    fails('takes nothing for no answer', { body: '' }, ['bad-response', 'stream-truncated']),
    fails('takes a failure in a success for no answer', { headers: JSON_TYPE, body: refused('Not today.') }, [
      ...(['bad-response', 'server', 'invalid-request'] as const),
    ]),
    fails('takes other JSON for no answer', { headers: JSON_TYPE, body: '{"choices":[]}' }, [
      ...(['bad-response', 'stream-truncated'] as const),
    ]),
    fails('tells a broken connection from an end', cut, ['network', 'bad-response', 'stream-truncated']),
  ];
};

const lentChecks = (provider: Provider, ask: Ask<unknown>): readonly Check[] => [
  {
    name: 'goes where it is told, with its key in one header and nowhere else',
    async run() {
      const { context } = await ask();
      const [request] = context.requests;
      expect(request !== undefined, 'nothing was sent');
      const { url = '', headers = {} } = request ?? {};
      expect(url.startsWith(new URL(KIT_BASE).origin), `url: ${url} is not where it was told to go`);
      expect(
        !`${url} ${await sentBy(context)}`.includes(KIT_KEY),
        'the key stands in the address or in the body',
      );
      const holding = Object.values(headers).filter((value) => value.includes(KIT_KEY));
      expectEqual('headers that hold the key', holding.length, (provider.env ?? []).length > 0 ? 1 : 0);
    },
  },
  {
    name: 'looks at nothing but what it is lent',
    async run() {
      const { used, result } = await watched(provider.env ?? [], () => ask());
      expect(used.length === 0, `it used ${used.join(' and ')}`);
      expect(!JSON.stringify(result.context.requests).includes(NOT_LENT), 'it read process.env');
    },
  },
  {
    name: 'names the variable when its key is missing, and asks nobody',
    ...(provider.key !== 'required' && { skipped: 'it does without a key' }),
    async run() {
      const context = { ...lendTo(provider, {}), env: {} };
      const { error } = await ask(undefined, context);
      expect(
        error instanceof Error && error.message.includes(provider.env?.[0] ?? ''),
        `it must name ${provider.env?.[0]}, but: ${String(error)}`,
      );
      expectEqual('requests', context.requests.length, 0);
    },
  },
];

const cancellationCheck = (provider: Provider, ask: Ask<unknown>): Check => ({
  name: 'ends at once when the call is aborted in silence',
  async run() {
    const context = lendTo(provider, { body: '', ends: 'stall' });
    const asking = ask(undefined, context);
    await turn();
    context.abort();
    const played = await Promise.race([asking, late()]);
    expect(played !== 'late', 'it went on waiting after the abort');
    const error = played === 'late' ? undefined : played.error;
    expect(isG4FError(error) && error.code === 'aborted', `it must fail with aborted, but: ${String(error)}`);
    await turn();
    expectEqual('bodies closed', context.closed.count, 1);
  },
});
