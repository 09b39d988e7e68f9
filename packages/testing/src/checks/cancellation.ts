// Leaving an answer closes the service's body, before its first word as well as in the middle.
import { isG4FError, type Provider } from '@g4f/core';
import type { Tape } from '../tapes/tape.ts';
import type { Check } from './check.ts';
import { expect, expectEqual } from './expectation.ts';
import { chatWith, lendTo } from './play.ts';

/** @param tape a streamed answer, whose beginning is played and then nothing. */
export const cancellationChecks = (provider: Provider, tape: Tape): readonly Check[] => {
  const cut = tape.cut ?? Math.floor(tape.body.length / 2);
  const stalled = (body: string) =>
    lendTo(provider, { status: 200, headers: tape.headers, body, ends: 'stall' });
  return [
    {
      name: 'closes the body when the reader leaves in the middle',
      async run() {
        const context = stalled(tape.body.slice(0, cut));
        expect(
          (await Promise.race([leave(provider, tape, context), late()])) !== 'late',
          'it held back what had come',
        );
        await turn();
        expectEqual('bodies closed', context.closed.count, 1);
      },
    },
    ...['', tape.body.slice(0, cut)].map(
      (body): Check => ({
        name: `ends at once when the call is aborted ${body === '' ? 'before the first word' : 'in a stall'}`,
        async run() {
          const context = stalled(body);
          const reading = read(provider, tape, context);
          await turn();
          context.abort();
          const error = await Promise.race([reading, late()]);
          expect(error !== 'late', 'it went on waiting after the abort');
          expect(
            isG4FError(error) && error.code === 'aborted',
            `it must fail with aborted, but: ${String(error)}`,
          );
          await turn();
          expectEqual('bodies closed', context.closed.count, 1);
        },
      }),
    ),
  ];
};

async function leave(provider: Provider, tape: Tape, context: ReturnType<typeof lendTo>): Promise<void> {
  for await (const _ of chatWith(provider, tape.request, context)) break;
}

async function read(provider: Provider, tape: Tape, context: ReturnType<typeof lendTo>): Promise<unknown> {
  try {
    for await (const _ of chatWith(provider, tape.request, context));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What has not ended after so long, in ms, does not end. */
const LATE_MS = 10_000;

/** What is under way in this process comes to rest. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
/** Says so when it does. */
export const late = (): Promise<'late'> =>
  new Promise((resolve) => {
    setTimeout(resolve, LATE_MS, 'late').unref();
  });
