// What the gateway answers to requests that are wrong.
import { connect } from 'node:net';
import { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { failing, gatewayOf, post, saying, start, stop, text } from './made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const chat = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };

/** The path of a chat in each dialect, and where its body of a refusal has the words. */
const DIALECTS = [
  ['/v1/chat/completions', chat, ['error', 'message']],
  ['/v1/messages', { ...chat, max_tokens: 9 }, ['error', 'message']],
  ['/v1beta/models/model-a:generateContent', { contents: 'Hello' }, ['error', 'message']],
  ['/api/chat', { ...chat, stream: false }, ['error']],
] as const;

const wordsAt = (body: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], body);

describe.each(DIALECTS)('%s', (path, body, words) => {
  it('answers', async () => {
    const { url } = await gatewayOf(hello);
    const answer = await post(url + path, body);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-g4f-provider')).toBe('made-up');
    expect(JSON.stringify(await answer.json())).toContain('Hello');
  });

  it('refuses what is no JSON object, in its own form', async () => {
    const { url, seen } = await gatewayOf(hello);
    for (const [wrong, why] of [
      ['{"model": ', 'not valid JSON'],
      ['', 'is empty'],
      ['[1]', 'not an object'],
      ['null', 'not an object'],
    ] as const) {
      const answer = await post(url + path, wrong);
      expect(answer.status).toBe(400);
      expect(wordsAt(await answer.json(), words)).toContain(why);
    }
    expect(seen.requests).toEqual([]);
  });

  it('refuses a wrong method and names the right one', async () => {
    const { url } = await gatewayOf(hello);
    const answer = await fetch(url + path, { method: 'PUT', body: '{}' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toContain('POST');
    expect(wordsAt(await answer.json(), words)).toContain('PUT');
  });

  it('names every method that is answered, the head alone as well', async () => {
    const { url } = await gatewayOf(hello);
    const answer = await fetch(`${url}/v1/models`, { method: 'PUT', body: '{}' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await fetch(`${url}/v1/models`, { method: 'HEAD' })).status).toBe(200);
    await answer.text();
  });

  it('refuses a body above the limit, announced or not', async () => {
    const { url } = await gatewayOf(hello, { bodyLimit: 1000 });
    const large = JSON.stringify({ ...body, padding: 'x'.repeat(2000) });
    const announced = await post(url + path, large);
    expect(announced.status).toBe(413);
    expect(wordsAt(await announced.json(), words)).toContain('1000');
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < large.length; at += 100)
          controller.enqueue(new TextEncoder().encode(large.slice(at, at + 100)));
        controller.close();
      },
    });
    const sent = await fetch(url + path, { method: 'POST', body: pieces, duplex: 'half' } as RequestInit);
    expect(sent.status).toBe(413);
    await sent.text();
  });

  it('tells the status of a failure before the first content, and when to ask again', async () => {
    const { url } = await gatewayOf(
      failing(new G4FError('Too fast.', { code: 'rate-limit', retryAfterMs: 2500 }), [start()]),
    );
    for (const stream of [false, true]) {
      const target = stream ? path.replace(':generate', ':streamGenerate') : path;
      const answer = await post(url + target, { ...body, ...('contents' in body ? {} : { stream }) });
      expect(answer.status).toBe(429);
      expect(answer.headers.get('retry-after')).toBe('3');
      expect(wordsAt(await answer.json(), words)).toContain('Too fast.');
    }
  });

  it('tells a bug of a provider as one', async () => {
    const { url } = await gatewayOf(failing(new Error('secret-thing in the stack')));
    const answer = await post(url + path, body);
    expect(answer.status).toBe(500);
  });

  it('names no address, key or proxy of the caller', async () => {
    const { url, seen } = await gatewayOf(hello);
    for (const name of ['apiKey', 'baseURL', 'proxy', 'headers']) {
      const answer = await post(url + path, { ...body, [name]: 'http://127.0.0.1:9' });
      expect([name, answer.status]).toEqual([name, 400]);
    }
    expect(seen.requests).toEqual([]);
  });

  it('is asked for a key where there are some', async () => {
    const { url } = await gatewayOf(hello, { keys: ['key-one', 'key-two'] });
    const statuses = async (headers: Record<string, string>) =>
      (await post(url + path, body, headers)).status;
    expect(await statuses({})).toBe(401);
    expect(await statuses({ authorization: 'Bearer key-on' })).toBe(401);
    expect(await statuses({ authorization: 'Bearer key-one-more' })).toBe(401);
    expect(await statuses({ authorization: 'Bearer key-one' })).toBe(200);
    expect(await statuses({ 'x-api-key': 'key-two' })).toBe(200);
    expect(await statuses({ 'x-goog-api-key': 'key-two' })).toBe(200);
    const refused = await post(url + path, body);
    expect(wordsAt(await refused.json(), words)).toMatch(/key/);
  });
});

describe('unknown routes', () => {
  it.each([
    ['/v1/nothing', ['error', 'message']],
    ['/v1/messages/nothing', ['error', 'message']],
    ['/v1beta/models/m:nothing', ['error', 'message']],
    ['/api/nothing', ['error']],
    ['/', ['error', 'message']],
  ] as const)('%s is 404 in the form of its API', async (path, words) => {
    const { url } = await gatewayOf(hello);
    const answer = await post(url + path, {});
    expect(answer.status).toBe(404);
    expect(wordsAt(await answer.json(), words)).toBeTypeOf('string');
  });
});

describe('fields that are wrong', () => {
  it('are named', async () => {
    const { url } = await gatewayOf(hello);
    const cases = [
      ['/v1/chat/completions', { model: 'model-a' }, 'messages'],
      ['/v1/chat/completions', { ...chat, stream: 'yes' }, 'stream'],
      ['/v1/chat/completions', { ...chat, messages: [{ role: 'nobody', content: 'a' }] }, 'role'],
      ['/v1/messages', { ...chat, messages: 'Hello' }, 'messages'],
      ['/v1/messages', { ...chat, messages: [{ role: 'user', content: [7] }] }, 'messages[0].content[0]'],
      ['/v1/messages', { ...chat, messages: [{ role: 'user', content: 7 }] }, 'messages[0].content'],
      ['/v1/messages', { ...chat, tool_choice: { type: 'maybe' } }, 'tool_choice'],
      ['/v1beta/models/m:generateContent', { contents: 7 }, 'contents'],
      ['/v1beta/models/m:generateContent', { contents: [{ parts: [{ strange: 1 }] }] }, 'parts'],
      ['/api/chat', { messages: [] }, 'model'],
      ['/api/generate', { model: 'm', prompt: 'a', suffix: 'b' }, 'suffix'],
      ['/v1/embeddings', { model: 'model-a' }, 'input'],
    ] as const;
    for (const [path, body, field] of cases) {
      const answer = await post(url + path, body);
      expect([path, answer.status]).toEqual([path, 400]);
      expect(JSON.stringify(await answer.json())).toContain(field);
    }
  });

  it('are refused however deep they are', async () => {
    const { url } = await gatewayOf(hello);
    const deep = `{"model":"model-a","messages":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    for (const path of ['/v1/chat/completions', '/v1/messages', '/api/chat'])
      expect((await post(url + path, deep)).status).toBe(400);
    const schema = `{"contents":"a","generationConfig":{"responseMimeType":"application/json","responseSchema":${'{"items":'.repeat(100_000)}{}${'}'.repeat(100_000)}}}`;
    expect((await post(`${url}/v1beta/models/m:generateContent`, schema)).status).toBe(400);
  });
});

describe('bodies', () => {
  it('that are compressed, forms or no UTF-8 are refused', async () => {
    const { url } = await gatewayOf(hello);
    const target = `${url}/v1/chat/completions`;
    const compressed = await post(target, '{}', { 'content-encoding': 'gzip' });
    expect(compressed.status).toBe(415);
    expect(compressed.headers.get('connection')).toBe('close');
    expect((await post(target, '{}', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(
      415,
    );
    const broken = await fetch(target, { method: 'POST', body: new Uint8Array([0x7b, 0xff, 0x7d]) });
    expect(broken.status).toBe(400);
  });

  it('that do not arrive in time are 408', async () => {
    const { port } = await gatewayOf(hello, { bodyTimeout: 20 });
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let said = '';
      socket.on('data', (piece) => {
        said += piece;
      });
      socket.on('close', () => resolve(said));
      socket.on('error', reject);
      socket.write(
        'POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"model"',
      );
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('did not arrive');
  });
});
