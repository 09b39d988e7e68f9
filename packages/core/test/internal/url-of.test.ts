// What is a URL stays one, however often a program asks.
import { expect, it } from 'vitest';
import { urlOf, withoutEndpoint } from '../../src/internal.ts';

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

it.each([
  ['https://a.test/v1/chat/completions', '/chat/completions'],
  ['https://a.test/v1/chat/completions/?api-version=1', '/chat/completions'],
  ['https://a.test/v1/Chat/Completions//', '/Chat/Completions'],
  ['https://a.test/completions', '/completions'],
  ['https://a.test/v1/responses', '/responses'],
  ['https://a.test/v1/messages', '/messages'],
  ['https://a.test/v1/embeddings', '/embeddings'],
  ['https://a.test/v1/moderations', '/moderations'],
  ['https://a.test/v1/images/edits', '/images/edits'],
  ['https://a.test/v1/audio/transcriptions', '/audio/transcriptions'],
  ['https://a.test/v2/chat', '/chat'],
  ['https://a.test/v1beta/models/m:streamGenerateContent', '/models/m:streamGenerateContent'],
])('%s ends in the path of an endpoint', (address, ending) => {
  expect(withoutEndpoint(address)).toBe(`an address that ends before "${ending}", which is added to it`);
});

it.each([
  'https://a.test/v1',
  'https://a.test/completions/v1',
  'https://completions/',
  'https://responses',
  'https://a.test/my-completions',
  'https://a.test/v1?path=/chat/completions',
  'https://a.test/models',
  'https://a.test/api/chat',
  'no address/completions',
])('%s does not', (address) => {
  expect(withoutEndpoint(address)).toBeUndefined();
});
