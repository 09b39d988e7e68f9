// An address in a service's answer is opened on the service's own hosts only.
import { describe, expect, it } from 'vitest';
import replicate from '../../../src/backends/replicate.ts';
import { fileURL, ownURL } from '../../../src/http/transport/named-url.ts';
import { collect, createFakeContext } from '../../backends/fake-context.ts';

const asked = { provider: 'acme', url: 'https://api.acme.test/v1/predictions' };
const own = (named: string, url = asked.url): string => ownURL(named, { ...asked, url }, 'acme.test');

const FOREIGN = [
  'https://evil.test/x',
  'https://acme.test.evil.test/x',
  'https://evilacme.test/x',
  'http://stream.acme.test/x',
  'https://stream.acme.test:8443/x',
  'https://user@stream.acme.test/x',
  'https://user:pw@api.acme.test/x',
  'https://acme.test./x',
  'https://stream.acme.test\\@evil.test/x'.replace('stream.acme.test\\', 'stream.acme.test%5c'),
  'https://evil.test#.acme.test',
  'https://evil.test/.acme.test',
  'http://127.0.0.1:80/x',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'data:text/plain,x',
  'ftp://stream.acme.test/x',
  '//evil.test/x',
  '/v1/x',
  'nonsense',
  '',
];

describe('an address that a service names', () => {
  it.each([
    'https://api.acme.test/v1/x',
    'https://stream.acme.test/v1/files/x?y=1',
    'https://acme.test/',
    'HTTPS://STREAM.Acme.Test/x',
    'https://a.b.acme.test:443/x',
  ])('is its own: %s', (named) => expect(own(named)).toBe(new URL(named).href));

  it('is its own where the caller named the same origin', () => {
    expect(own('http://localhost:9/x', 'http://localhost:9/v1')).toBe('http://localhost:9/x');
    expect(() => own('http://localhost:8/x', 'http://localhost:9/v1')).toThrow(/continues at localhost:8,/);
  });

  it('is not its own where a gateway of the caller was asked, which alone may have the key', () => {
    for (const url of ['https://gateway.test/v1', 'http://localhost:9/v1', 'https://notacme.test/v1'])
      expect(() => own('https://api.acme.test/v1/x', url)).toThrow(/continues at api.acme.test,/);
  });

  it.each(FOREIGN)('is not opened: %s', (named) => {
    expect(() => own(named)).toThrow(/not the service's own and is not opened/);
  });

  it.each(FOREIGN)('is not asked by Replicate: %s', async (stream) => {
    const body = JSON.stringify({ status: 'starting', urls: { stream, get: stream, cancel: stream } });
    const context = createFakeContext({ status: 201, body }, { apiKey: 'r8_marked_key_123' });
    const asking = {
      model: 'meta/llama',
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
    } as const;
    await expect(collect(replicate.chat(asking, context))).rejects.toMatchObject({
      code: stream === '' ? 'invalid-request' : 'bad-response',
    });
    expect(context.requests.map(({ method }) => method)).toEqual(['POST']);
  });
});

describe('an address of a file', () => {
  it.each(['https://files.test/1.png', 'https://files.test./1.png', 'https://api.acme.test/1.png'])(
    'is opened: %s',
    (named) => expect(fileURL(named, asked)).toBe(named),
  );

  it.each([
    'https://localhost/1.png',
    'https://localhost./1.png',
    'https://printer.local./1.png',
    'https://intranet./1.png',
    'https://10.0.0.1/1.png',
    'https://[::1]/1.png',
    'http://files.test/1.png',
  ])('is not opened: %s', (named) => expect(() => fileURL(named, asked)).toThrow(/which is not opened/));
});
