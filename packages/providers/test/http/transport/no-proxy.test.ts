// Which hosts NO_PROXY, and being this machine, keep from the environment's proxy.
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/http/transport/address.ts';
import { isExempt } from '../../../src/http/transport/no-proxy.ts';

const exempt = (noProxy: string, url: string): Promise<boolean> => isExempt(addressOf(url, 'acme'), noProxy);

describe('a host is reached without the proxy', () => {
  it.each([
    ['*', 'http://any.example'],
    ['models.example', 'https://models.example'],
    ['models.example', 'https://MODELS.example./v1'],
    ['bücher.example', 'https://www.bücher.example/v1'],
    ['.BÜCHER.example:443', 'https://xn--bcher-kva.example'],
    ['example', 'https://models.example'],
    ['.models.example', 'https://models.example'],
    ['*.example', 'https://models.example'],
    ['models.example:8443', 'https://models.example:8443'],
    ['models.example:443', 'https://models.example'],
    ['*:8080', 'http://models.example:8080'],
    ['a, b  models.example', 'http://models.example'],
    ['10.1.2.3', 'http://10.1.2.3:8000'],
    ['10.0.0.0/8', 'http://10.255.0.1'],
    ['10.0.0.0/8:80', 'http://10.255.0.1'],
    ['0.0.0.0/0', 'http://10.255.0.1'],
    ['fd00::1', 'http://[fd00::1]:8000'],
    ['FD00:0::1', 'http://[fd00::1]'],
    ['[fd00::1]', 'http://[fd00::1]'],
    ['[fd00::1]:8000', 'http://[fd00::1]:8000'],
    ['fd00::/8', 'http://[fdff::2]'],
    ['[fd00::]/8', 'http://[fdff::2]'],
    ['10.0.0.0/8', 'http://[::ffff:10.0.0.1]'],
  ])('by %s: %s', async (noProxy, url) => {
    expect(await exempt(noProxy, url)).toBe(true);
  });

  it.each([
    'http://localhost',
    'http://api.localhost:1234',
    'http://127.0.0.1',
    'http://127.8.9.1',
    'http://127.1',
    'http://LocalHost.:1234',
    'http://2130706433:80',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://0x7f000001',
    'http://127.0.0.1.',
    'http://１２７.0.0.1',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::]:80',
    'http://[::ffff:7f00:1]',
    'http://[::ffff:0.0.0.0]',
    'http://0',
    'http://[::1]:11434',
    'http://[::ffff:127.0.0.1]',
    'http://0.0.0.0:8080',
  ])('because it is this machine: %s', async (url) => {
    expect(await exempt('', url)).toBe(true);
  });
});

describe('a host is reached through the proxy', () => {
  it.each([
    ['', 'http://models.example'],
    ['models.example', 'http://other.example'],
    ['models.example', 'http://not-models.example'],
    ['models.example:8443', 'https://models.example'],
    ['10.0.0.0/8', 'http://11.0.0.1'],
    ['10.0.0.0/8', 'http://10.0.0.1.example'],
    ['10.0.0.0/99', 'http://10.0.0.1'],
    ['10.0.0.0/x', 'http://10.0.0.1'],
    ['10.0.0.0/', 'http://8.8.8.8'],
    ['%, [, models.example:x', 'http://models.example'],
    [',, , ', 'http://models.example'],
    ['fd00::/8', 'http://[fe00::1]'],
    ['[fd00::1]:8000', 'http://[fd00::1]:8001'],
    ['local', 'http://local.example'],
    ['::1', 'http://127-0-0-1.example'],
  ])('in spite of %s: %s', async (noProxy, url) => {
    expect(await exempt(noProxy, url)).toBe(false);
  });
});
