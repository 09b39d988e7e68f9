// What is a URL stays one, however often a program asks.
import { expect, it } from 'vitest';
import { urlOf } from '../../src/internal.ts';

it('knows an address with letters outside of ASCII also once the engine has compiled the question', () => {
  const addresses = ['https://www.bücher.example/v1', 'https://example.com/größe', 'https://例え.テスト/'];
  const isURL = (address: string): boolean => urlOf(address) !== undefined;
  // Node 20 compiles URL.canParse after about four thousand calls, and it errs from then on.
  for (let call = 0; call < 20_000; call += 1)
    expect(addresses.filter((address) => !isURL(address))).toEqual([]);
});

it('has a base where one is given', () => {
  expect(urlOf('/ü', new URL('https://example.com/a'))?.href).toBe('https://example.com/%C3%BC');
  expect(urlOf('/ü')).toBeUndefined();
});
