// Names are resolved to public addresses, and the connection goes to what was looked at.
import type { LookupAddress, lookup } from 'node:dns';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { PRIVATE_ADDRESS, publicLookup } from '../../src/fetching/public-lookup.ts';

/** A resolver that gives one list after another. */
const resolver = (...lists: readonly (readonly string[])[]) => {
  let asked = 0;
  const resolve = (_: string, __: object, done: (error: null, found: LookupAddress[]) => void) => {
    const list = lists[asked++] ?? [];
    done(
      null,
      list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolve: resolve as unknown as typeof lookup, asked: () => asked };
};

const look = (resolve: typeof lookup, all: boolean): Promise<unknown> =>
  new Promise((settle, fail) => {
    publicLookup(resolve)('name.example', { all }, (error, found) => (error ? fail(error) : settle(found)));
  });

describe('a name', () => {
  it('gives all its addresses, or the first, when they are public', async () => {
    const both = [
      { address: '1.1.1.1', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ];
    expect(await look(resolver(['1.1.1.1', '2606:4700::1111']).resolve, true)).toEqual(both);
    expect(await look(resolver(['1.1.1.1', '2606:4700::1111']).resolve, false)).toBe('1.1.1.1');
  });

  it.each([[['127.0.0.1']], [['1.1.1.1', '10.0.0.1']], [['168.63.129.16']], [['::ffff:127.0.0.1']], [[]]])(
    'is refused with %j',
    async (addresses) => {
      await expect(look(resolver(addresses).resolve, true)).rejects.toMatchObject({ code: PRIVATE_ADDRESS });
    },
  );

  it('is resolved once for a connection, so that its second answer leads nowhere', async () => {
    const { resolve, asked } = resolver(['127.0.0.1'], ['1.1.1.1']);
    const error = await new Promise((settle) => {
      connect({ host: 'rebinding.example', port: 80, lookup: publicLookup(resolve) }).once('error', settle);
    });
    expect(error).toMatchObject({ code: PRIVATE_ADDRESS });
    expect(asked()).toBe(1);
  });
});
