// A provider's key is in one header and nowhere else, and without one it says which variable is missing.
import type { HttpRequest, Provider } from '@g4f/core';
import type { Tape } from '../tapes/tape.ts';
import type { Check } from './check.ts';
import { expect, expectEqual } from './expectation.ts';
import { hear, KIT_BASE, KIT_KEY, lendTo } from './play.ts';

/** @param tape any streamed answer. */
export const keyChecks = (provider: Provider, tape: Tape): readonly Check[] => [
  {
    name: 'goes where it is told, with its key in one header and nowhere else',
    async run() {
      const request = await requestOf(provider, tape);
      expect(
        request.url.startsWith(new URL(KIT_BASE).origin),
        `url: ${request.url} is not where it was told to go`,
      );
      expect(!request.url.includes(KIT_KEY), 'url: the key stands in it');
      expect(!(request.body ?? '').includes(KIT_KEY), 'body: the key stands in it');
      const holding = Object.values(request.headers).filter((value) => value.includes(KIT_KEY));
      expectEqual('headers that hold the key', holding.length, (provider.env ?? []).length > 0 ? 1 : 0);
      for (const name of Object.keys(request.headers))
        expect(name === name.toLowerCase(), `header ${name}: names are in lower case`);
    },
  },
  {
    name: 'sends the same for the same request',
    run: async () => expectEqual('request', await requestOf(provider, tape), await requestOf(provider, tape)),
  },
  {
    name: 'names the variable when its key is missing, and asks nobody',
    ...(provider.key !== 'required' && { skipped: 'it does without a key' }),
    async run() {
      const context = { ...lendTo(provider, {}), env: {} };
      const failure = await first(provider, tape, context);
      expect(
        failure instanceof Error && failure.message.includes(provider.env?.[0] ?? ''),
        `it must name ${provider.env?.[0]}, but: ${String(failure)}`,
      );
      expectEqual('requests', context.requests.length, 0);
    },
  },
];

async function requestOf(provider: Provider, tape: Tape): Promise<HttpRequest> {
  const [request] = (await hear(provider, tape)).context.requests;
  if (request === undefined) throw new Error('nothing was sent');
  return request;
}

async function first(provider: Provider, tape: Tape, context: ReturnType<typeof lendTo>): Promise<unknown> {
  try {
    for await (const _ of provider.chat?.(tape.request, context) ?? []);
    return undefined;
  } catch (error) {
    return error;
  }
}
