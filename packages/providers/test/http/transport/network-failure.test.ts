// A connection that a permission model refused is no failure of the network.
import { expect, it } from 'vitest';
import { networkFailure } from '../../../src/http/transport/network-failure.ts';

const asking = { provider: 'acme', origin: 'https://acme.example', answering: false };
const node = Object.assign(new Error('connect ERR_ACCESS_DENIED Access to this API has been restricted'), {
  code: 'ERR_ACCESS_DENIED',
  permission: 'Net',
});
const deno = Object.assign(
  new Error('Requires net access to "acme.example", run again with the --allow-net flag'),
  {
    name: 'NotCapable',
  },
);

it.each([
  ['Node', node],
  ['Deno', deno],
  ['fetch', new TypeError('fetch failed', { cause: node })],
])('%s: the error names the flag, and is never tried again', (_, error) => {
  const failure = networkFailure(error, asking);
  expect(failure).toMatchObject({ code: 'invalid-request', provider: 'acme', retryable: false });
  expect(failure.message).toBe(
    "acme: this program may not connect to https://acme.example: the runtime's permission model forbids it. Start it with --allow-net as well.",
  );
});

it('is one of the network otherwise', () => {
  const error = Object.assign(new Error('connect EACCES'), { code: 'EACCES' });
  expect(networkFailure(error, asking)).toMatchObject({ code: 'network', retryable: true });
});
