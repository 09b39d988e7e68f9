// What a provider owes its reader for every operation besides chat: the answer, the right code, its key, its leave.
import { type HttpRequest, isG4FError, type Provider } from '@g4f/core';
import { late, turn } from '../cancellation.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure, JSON_TYPE, STATUSES } from '../failures.ts';
import { NOT_LENT, watched } from '../lent.ts';
import type { Lent, LentAnswer } from '../lent-context.ts';
import { KIT_BASE, KIT_KEY, lendTo } from '../play.ts';
import { type OperationPlay, type PlayedOperation, playOperation } from './operation-play.ts';

/** The checks of an operation; none where there is no such method. @param more what only this operation owes */
export const operationChecks = <O extends PlayedOperation>(
  provider: Provider,
  play: OperationPlay<O>,
  more: readonly Check[] = [],
): readonly Check[] => {
  if (provider[play.operation] === undefined) return [];
  if (provider.wire === undefined) {
    const skipped = 'it speaks no wire that the kit knows';
    return [{ name: play.operation, skipped, run: async () => undefined }];
  }
  return [
    ...answerChecks(provider, play),
    ...more,
    ...refusalChecks(provider, play),
    ...wrongChecks(provider, play),
    ...keyChecks(provider, play),
    cancellationCheck(provider, play),
  ].map(({ name, ...check }) => ({ ...check, name: `${play.operation}: ${name}` }));
};

const answerChecks = <O extends PlayedOperation>(
  provider: Provider,
  play: OperationPlay<O>,
): readonly Check[] => [
  {
    name: 'gives the answer of its service',
    async run() {
      const { parts, error } = await playOperation(provider, play);
      if (error !== undefined) throw error;
      play.compare(parts);
    },
  },
  {
    name: 'looks at nothing but what it is lent',
    async run() {
      const { used, result } = await watched(provider.env ?? [], () => playOperation(provider, play));
      expect(used.length === 0, `it used ${used.join(' and ')}`);
      expect(!JSON.stringify(result.context.requests).includes(NOT_LENT), 'it read process.env');
    },
  },
];

const refusalChecks = <O extends PlayedOperation>(
  provider: Provider,
  play: OperationPlay<O>,
): readonly Check[] => {
  // Services repeat the key that they were sent, and what they were asked.
  const repeated = (provider.env ?? []).length > 0 ? ` ${KIT_KEY}` : '';
  const refused = (message: string): string =>
    JSON.stringify({ error: { message: `${message}${repeated} ${play.prompt}`, type: 'refused' } });
  return [
    ...STATUSES.map(([status, usual, message]): Check => {
      const code = status === 404 ? (play.notFound ?? usual) : usual;
      return {
        name: `answers ${status} with ${code}`,
        async run() {
          const answer = { status, headers: JSON_TYPE, body: refused(message) };
          const { error } = await playOperation(provider, play, answer);
          checkFailure(provider, error, [code]);
          expectEqual('status', isG4FError(error) ? error.status : undefined, status);
          expect(!String(error).includes(play.secret), 'what was asked stands in the error');
        },
      };
    }),
    {
      name: 'takes a failure in a success for no answer',
      async run() {
        const { error } = await playOperation(provider, play, { body: refused('Not today.') });
        checkFailure(provider, error, ['bad-response', 'server', 'invalid-request']);
        expect(!String(error).includes(play.secret), 'what was asked stands in the error');
      },
    },
  ];
};

const wrongChecks = <O extends PlayedOperation>(
  provider: Provider,
  play: OperationPlay<O>,
): readonly Check[] => {
  const half = async (request: HttpRequest): Promise<LentAnswer> => {
    const answer = await play.answer(request);
    const { body = '' } = answer;
    return { ...answer, body: body.slice(0, body.length / 2) };
  };
  const wrong: readonly (readonly [string, Lent])[] = [
    [
      'a web page',
      { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Welcome</title>' },
    ],
    ['nothing', { body: '' }],
    ['other JSON', { body: '{"kit":[]}' }],
    ...(play.cutIsWrong === false ? [] : [['a cut answer', half] as const]),
    ...(play.wrong ?? []),
  ];
  const broken: Lent = async (request) => ({ ...(await half(request)), ends: 'reset' });
  return [
    ...wrong.map(
      ([what, answer]): Check => ({
        name: `takes ${what} for no answer`,
        async run() {
          const { error } = await playOperation(provider, play, answer);
          checkFailure(provider, error, ['bad-response', 'stream-truncated']);
        },
      }),
    ),
    {
      name: 'tells a broken connection from an end',
      async run() {
        const { error } = await playOperation(provider, play, broken);
        checkFailure(provider, error, ['network', 'bad-response', 'stream-truncated']);
      },
    },
  ];
};

const keyChecks = <O extends PlayedOperation>(
  provider: Provider,
  play: OperationPlay<O>,
): readonly Check[] => [
  {
    name: 'goes where it is told, with its key in one header and nowhere else',
    async run() {
      const { context } = await playOperation(provider, play);
      const [request] = context.requests;
      const [body] = context.bodies;
      expect(request !== undefined, 'nothing was sent');
      const { url = '', headers = {} } = request ?? {};
      expect(url.startsWith(new URL(KIT_BASE).origin), `url: ${url} is not where it was told to go`);
      expect(!`${url} ${body}`.includes(KIT_KEY), 'the key stands in the address or in the body');
      const holding = Object.values(headers).filter((value) => value.includes(KIT_KEY));
      expectEqual('headers that hold the key', holding.length, (provider.env ?? []).length > 0 ? 1 : 0);
    },
  },
  {
    name: 'names the variable when its key is missing, and asks nobody',
    ...(provider.key !== 'required' && { skipped: 'it does without a key' }),
    async run() {
      const context = { ...lendTo(provider, {}), env: {} };
      const { error } = await playOperation(provider, play, {}, context);
      expect(
        error instanceof Error && error.message.includes(provider.env?.[0] ?? ''),
        `it must name ${provider.env?.[0]}, but: ${String(error)}`,
      );
      expectEqual('requests', context.requests.length, 0);
    },
  },
];

const cancellationCheck = <O extends PlayedOperation>(provider: Provider, play: OperationPlay<O>): Check => ({
  name: 'ends at once when the call is aborted in silence',
  async run() {
    const context = lendTo(provider, { body: '', ends: 'stall' });
    const reading = playOperation(provider, play, {}, context).then(({ error }) => error);
    await turn();
    context.abort();
    const error = await Promise.race([reading, late()]);
    expect(error !== 'late', 'it went on waiting after the abort');
    expect(isG4FError(error) && error.code === 'aborted', `it must fail with aborted, but: ${String(error)}`);
    await turn();
    expectEqual('bodies closed', context.closed.count, 1);
  },
});
