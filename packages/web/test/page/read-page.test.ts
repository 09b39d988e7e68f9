// Pages as markdown, and what ends the reading of one.
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { readPage } from '../../src/index.ts';
import { ARTICLE, closeSites, html, openSite as open } from './readable-site.ts';

afterEach(closeSites);

describe('a page', () => {
  it('comes as markdown with its facts and absolute links, and no script of it runs', async () => {
    const { read, url } = await open(html(ARTICLE));
    const page = await read('/tides');
    expect(page).toMatchObject({
      url: `${url}/tides`,
      contentType: 'text/html',
      title: 'Tides',
      author: 'A. Moon',
      isCut: false,
    });
    expect(page.markdown).toContain(`[twice a day](${url}/twice)`);
    expect(page.markdown).toContain('```js\nconst high = true;');
    expect(page.markdown).not.toContain('Home');
  });

  it('is read in the encoding it names, compressed or not', async () => {
    const { read } = await open((request, response) => {
      const head = request.url === '/meta' ? '<meta charset="windows-1252">' : '';
      const type = request.url === '/meta' ? 'text/html' : 'text/html; charset=ISO-8859-1';
      const body = gzipSync(
        Buffer.from(`<html><head>${head}</head><body><p>caf\u00e9 au lait</p></body></html>`, 'latin1'),
      );
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(body);
    });
    expect((await read('/meta')).markdown).toContain('caf\u00e9');
    expect((await read('/header')).markdown).toContain('caf\u00e9');
  });

  it('that is text or JSON is given as it is', async () => {
    const { read } = await open((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"a": [1, 2]}');
    });
    expect(await read('/')).toMatchObject({
      markdown: '{"a": [1, 2]}',
      contentType: 'application/json',
      title: '',
    });
  });

  it('is cut where the reader says, between characters', async () => {
    const { read } = await open((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('abc\u{1f30a}def');
    });
    expect(await read('/', { maxCharacters: 4 })).toMatchObject({ markdown: 'abc', isCut: true });
    expect(await read('/', { maxCharacters: 5 })).toMatchObject({ markdown: 'abc\u{1f30a}', isCut: true });
  });

  it('that is a mere piece of HTML, or broken, is read too', async () => {
    const { read } = await open(html('<p>Only this paragraph<div>and <b>this'));
    expect((await read('/')).markdown).toContain('Only this paragraph');
    const titled = await open(html('<title>Wiki</title><p>Only for us.'));
    expect(await titled.read('/')).toMatchObject({ title: 'Wiki', markdown: 'Only for us.' });
  });
});

describe('what is too much', () => {
  it('a page that says it has 1 GB is not read', async () => {
    const { read } = await open((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-length': String(1024 ** 3) })
        .write('<html>');
    });
    await expect(read('/')).rejects.toMatchObject({
      code: 'bad-response',
      message: /larger than 8388608 bytes/,
    });
  });

  it('a page that never ends is left at the limit, compressed or not', async () => {
    let isClosed: (value: unknown) => void;
    const closed = new Promise((resolve) => {
      isClosed = resolve;
    });
    const { read } = await open((_, response) => {
      const piece = Buffer.alloc(65_536, 'x');
      response.writeHead(200, { 'content-type': 'text/html' });
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', more).on('close', isClosed);
      more();
    });
    await expect(read('/', { maxBytes: 300_000 })).rejects.toMatchObject({
      message: /larger than 300000 bytes/,
    });
    await closed;
    const bomb = await open((_, response) => {
      const body = gzipSync(Buffer.alloc(20_000_000));
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(body);
    });
    await expect(bomb.read('/')).rejects.toMatchObject({ code: 'bad-response', message: /larger than/ });
  });

  it.each(['image/png', 'application/pdf', 'application/octet-stream', 'video/mp4'])(
    '%s is no page',
    async (type) => {
      const { read } = await open((_, response) => {
        response.writeHead(200, { 'content-type': type }).end('x');
      });
      await expect(read('/')).rejects.toMatchObject({
        code: 'invalid-request',
        message: new RegExp(`${type} is not text`),
      });
    },
  );
});

describe('the end', () => {
  it('comes at the deadline while the server is silent', async () => {
    const { read } = await open(() => undefined);
    await expect(read('/', { timeout: 20 })).rejects.toMatchObject({ code: 'timeout', phase: 'total' });
  });

  it('comes at the deadline while the parser works on a hostile page', async () => {
    const { read } = await open(html(`<html><body>${'<div>'.repeat(400_000)}x`));
    await expect(read('/', { timeout: 400 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('comes with the caller’s signal, and closes the connection', async () => {
    const controller = new AbortController();
    let isClosed: (value: unknown) => void;
    const closed = new Promise((resolve) => {
      isClosed = resolve;
    });
    const { read } = await open((request) => {
      request.socket.on('close', isClosed);
      controller.abort(new Error('enough'));
    });
    await expect(read('/', { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
    await closed;
    await expect(read('/', { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
  });

  it.each([
    [404, 'bad-response'],
    [429, 'rate-limit'],
    [503, 'server'],
  ])('status %i is %s', async (status, code) => {
    const { read } = await open((_, response) => {
      response.writeHead(status, { 'content-type': 'text/html', 'retry-after': '2' }).end('<p>no');
    });
    await expect(read('/')).rejects.toMatchObject({ code, status, retryAfterMs: 2000 });
  });

  it('a server that breaks off, or is not there, is a failure of the network', async () => {
    const { read, close } = await open((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' }).write('<p>');
      setImmediate(() => response.destroy());
    });
    await expect(read('/')).rejects.toMatchObject({ code: 'network' });
    await close();
    await expect(read('/')).rejects.toMatchObject({ code: 'network', message: /ECONNREFUSED/ });
  });
});

describe('options that are wrong', () => {
  it.each([{ timeout: 0 }, { timeout: 3e9 }, { maxBytes: -1 }, { maxCharacters: 1.5 }])(
    '%j',
    async (options) => {
      const [name] = Object.keys(options);
      await expect(readPage('https://example.com/', options)).rejects.toMatchObject({
        code: 'invalid-request',
        message: new RegExp(`${name}: a whole number (above 0|from 1 to 2147483647)`),
      });
    },
  );
});
