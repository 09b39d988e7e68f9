// Redirects, and addresses that are not opened.
import { afterEach, describe, expect, it } from 'vitest';
import { readPage } from '../../src/index.ts';
import { ARTICLE, closeSites, html, openSite as open } from './readable-site.ts';

afterEach(closeSites);

describe('redirects', () => {
  it('are followed to where the page is', async () => {
    const { read, url } = await open((request, response) => {
      if (request.url === '/end') return html(ARTICLE)(request, response);
      response.writeHead(302, { location: request.url === '/start' ? 'middle' : '/end' }).end();
    });
    expect((await read('/start')).url).toBe(`${url}/end`);
  });

  it('for ever are an error', async () => {
    let asked = 0;
    const { read } = await open((_, response) => {
      response.writeHead(302, { location: `/${++asked}` }).end();
    });
    await expect(read('/')).rejects.toMatchObject({
      code: 'bad-response',
      message: /redirects more than 10 times/,
    });
    expect(asked).toBe(11);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', /169\.254\.169\.254 is not a public address/],
    ['http://127.0.0.1:1/', /127\.0\.0\.1:1 is not a public address/],
    ['http://[::ffff:127.0.0.1]/', /is not a public address/],
    ['http://2130706433/', /127\.0\.0\.1 is not a public address/],
    ['file:///etc/passwd', /redirects to is not one of a page/],
    ['http://user:secret@93.184.216.34/', /redirects to is not one of a page/],
  ])('to %s are refused', async (location, message) => {
    const { read } = await open((_, response) => {
      response.writeHead(307, { location }).end();
    });
    await expect(read('/')).rejects.toMatchObject({ code: 'invalid-request', message });
  });
});

describe('an address is refused', () => {
  it.each([
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://10.1.2.3/',
    'http://168.63.129.16/',
    'http://localhost/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'http://intranet/',
  ])('because it is not public: %s', async (address) => {
    await expect(readPage(address)).rejects.toMatchObject({
      code: 'invalid-request',
      message: /not a public address/,
    });
  });

  it.each([
    'not an address',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://user:secret@example.com/',
    'data:text/html,x',
  ])('because it is no page’s: %s', async (address) => {
    const failed = await readPage(address).catch((error) => error);
    expect(failed).toMatchObject({ code: 'invalid-request', message: /is not one of a page/ });
    expect(failed.message).not.toContain('secret');
  });

  it('on another port of a host that is allowed', async () => {
    const { host } = await open(html(ARTICLE));
    await expect(readPage('http://127.0.0.1:1/', { allowHosts: [host] })).rejects.toMatchObject({
      message: /not a public address/,
    });
  });
});
