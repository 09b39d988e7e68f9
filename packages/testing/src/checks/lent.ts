// Nothing but what it is lent: no network of its own, no environment, and the caller's request stays as it was.
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Provider } from '@g4f/core';
import type { Tape } from '../tapes/tape.ts';
import type { Check } from './check.ts';
import { expect, expectEqual } from './expectation.ts';
import { chatWith, hear, lendTo } from './play.ts';

/** @param tape any streamed answer. */
export const lentChecks = (provider: Provider, tape: Tape): readonly Check[] => [
  {
    name: 'looks at nothing but what it is lent',
    async run() {
      const { used, result } = await watched(provider.env ?? [], () => hear(provider, tape));
      expect(used.length === 0, `it used ${used.join(' and ')}`);
      expect(!JSON.stringify(result.context.requests).includes(NOT_LENT), 'it read process.env');
    },
  },
  {
    name: 'leaves the request as it was',
    async run() {
      // A copy that is not frozen: whoever changes it does not fail by that alone.
      const request = structuredClone(tape.request);
      const context = lendTo(provider, { status: 200, headers: tape.headers, body: tape.body });
      for await (const _ of chatWith(provider, request, context));
      expectEqual('request', request, tape.request);
    },
  },
];

/** What the variables of a key hold in this process meanwhile. */
export const NOT_LENT = 'key-of-the-environment';
/** Node tells of every socket that is opened: https://nodejs.org/api/diagnostics_channel.html#built-in-channels */
const SOCKETS = 'net.client.socket';
/** Sockets of others in this process are none of its business. */
const inside = new AsyncLocalStorage<true>();

/** Runs it with traps set: what it used of the network by itself, while the variables held another key. */
export async function watched<T>(
  variables: readonly string[],
  run: () => Promise<T>,
): Promise<{ readonly used: readonly string[]; readonly result: T }> {
  const used = new Set<string>();
  const { fetch } = globalThis;
  const before = variables.map((name) => [name, process.env[name]] as const);
  const onSocket = (): void => {
    if (inside.getStore() === true) used.add('a socket of its own');
  };
  globalThis.fetch = async () => {
    used.add('the global fetch');
    throw new Error('the kit: no network but the lent one');
  };
  for (const name of variables) process.env[name] = NOT_LENT;
  subscribe(SOCKETS, onSocket);
  try {
    const result = await inside.run(true, run);
    return { used: [...used], result };
  } finally {
    unsubscribe(SOCKETS, onSocket);
    globalThis.fetch = fetch;
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
