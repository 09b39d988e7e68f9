// A page that the gateway serves: its files, its policy, and that it may ask where no other page may.
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../src/index.ts';
import { gatewayOf, raw, saying, start, stop, text } from '../made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const page = {
  '/chat': { type: 'text/html; charset=utf-8', body: '<title>chat</title>' },
  '/chat/page.js': { type: 'text/javascript', body: 'let a;' },
};
const asked = {
  method: 'POST',
  body: JSON.stringify({ model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] }),
};

describe('a page', () => {
  it('is served with a policy that lets nothing in, to everybody, and no other path changes', async () => {
    const { url } = await gatewayOf(hello, { page, keys: ['k'] });
    const answer = await fetch(`${url}/chat`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<title>chat</title>');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const head = await fetch(`${url}/chat/page.js`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(`${url}/chat/other.js`, { headers: { authorization: 'Bearer k' } })).status).toBe(
      404,
    );
    expect((await fetch(`${url}/v1/models`)).status).toBe(401);
    expect((await fetch(`${(await gatewayOf(hello)).url}/chat`)).status).toBe(404);
  });

  it('may ask by its own origin, and no other page may', async () => {
    const { url, port } = await gatewayOf(hello, { page });
    const status = async (origin: string, host: string) =>
      (await raw(`${url}/v1/chat/completions`, { origin, host, 'content-type': 'application/json' }, asked))
        .status;
    expect(await status(`http://127.0.0.1:${port}`, `127.0.0.1:${port}`)).toBe(200);
    expect(await status(`http://localhost:${port}`, `localhost:${port}`)).toBe(200);
    for (const origin of [
      'http://localhost:3000',
      `http://localhost:${port}`,
      'null',
      'https://evil.example',
    ])
      expect([origin, await status(origin, `127.0.0.1:${port}`)]).toEqual([origin, 403]);
    // A name that was made to lead here.
    expect(await status(`http://evil.example:${port}`, `evil.example:${port}`)).toBe(403);
  });

  it('may ask by any name only where callers have keys', async () => {
    const keyed = await gatewayOf(hello, { page, keys: ['k'], hosts: 'any' });
    const headers = { origin: 'http://box.lan:1', host: 'box.lan:1', 'content-type': 'application/json' };
    const ask = (url: string, more = {}) => raw(`${url}/v1/chat/completions`, { ...headers, ...more }, asked);
    expect((await ask(keyed.url)).status).toBe(401);
    expect((await ask(keyed.url, { authorization: 'Bearer k' })).status).toBe(200);
    const open = await gatewayOf(hello, { page, hosts: 'any' });
    const local = { origin: `http://127.0.0.1:${open.port}`, host: `127.0.0.1:${open.port}` };
    expect((await ask(open.url, local)).status).toBe(200);
    expect((await ask(open.url, { ...local, origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask(open.url)).status).toBe(403);
  });

  it('has no path of an API', () => {
    for (const wrong of [
      { '/v1/models': page['/chat'] },
      { '/chatter': page['/chat'] },
      { '/chat': 'text' },
      1,
    ])
      expect(() => createHandler({ page: wrong as never })).toThrow(/page/);
  });
});
