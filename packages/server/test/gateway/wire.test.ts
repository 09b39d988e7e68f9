// What is on the wire besides answers: signs of life, requests that are no HTTP, and requests that two readers would cut differently.
import { once } from 'node:events';
import { connect } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import type { Batch } from '@g4f/core';
import { GoogleGenAI } from '@google/genai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { gatewayOf, saying, start, stop, text } from '../made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const chat = { model: 'model-a', messages: [{ role: 'user' as const, content: 'Hello' }] };

/** A provider that says nothing after its first word until it is told to go on. */
function pausing() {
  let goOn = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function* say(): AsyncGenerator<Batch> {
    yield [start()];
    yield [text('Hello')];
    await told;
    yield [text(', world'), stop];
  }
  return { say, goOn: () => goOn() };
}

/** Reads an answer until something has come that fits, and then to its end. */
async function readAfter(url: string, body: object, sign: RegExp, goOn: () => void): Promise<string> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const decoder = new TextDecoder();
  let said = '';
  for await (const piece of answer.body ?? []) {
    said += decoder.decode(piece, { stream: true });
    if (sign.test(said)) goOn();
  }
  return said;
}

describe('signs of life', () => {
  it.each([
    ['/v1/chat/completions', { ...chat, stream: true }, /: keep-alive\n\n/, /\[DONE\]/],
    [
      '/v1/responses',
      { model: 'model-a', input: 'Hi', stream: true },
      /: keep-alive\n\n/,
      /response\.completed/,
    ],
    ['/v1/messages', { ...chat, max_tokens: 9, stream: true }, /event: ping\n/, /message_stop/],
    ['/v1beta/models/model-a:streamGenerateContent?alt=sse', { contents: 'Hi' }, /: keep-alive\n\n/, /STOP/],
    ['/v1beta/models/model-a:streamGenerateContent', { contents: 'Hi' }, /\}\n/, /STOP/],
  ])('are written at %s while the provider is silent', async (path, body, sign, end) => {
    const { say, goOn } = pausing();
    const { url } = await gatewayOf(say, { keepAlive: 5 });
    const said = await readAfter(url + path, body, sign, goOn);
    expect(said).toMatch(end);
    if (!path.endsWith('Content')) return;
    expect(JSON.parse(said)).toHaveLength(3);
  });

  it('are nothing to the libraries of each API', async () => {
    const readers: Record<string, (url: string, goOn: () => void) => Promise<string>> = {
      async openai(url, goOn) {
        const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 });
        return gather(
          await client.chat.completions.create({ ...chat, stream: true }),
          goOn,
          (chunk) => chunk.choices[0]?.delta.content,
        );
      },
      async anthropic(url, goOn) {
        const client = new Anthropic({ baseURL: url, apiKey: 'k', maxRetries: 0 });
        return gather(
          await client.messages.create({ ...chat, max_tokens: 9, stream: true }),
          goOn,
          (event) =>
            event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : '',
        );
      },
      async genai(url, goOn) {
        const client = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: url } });
        return gather(
          await client.models.generateContentStream({ model: 'model-a', contents: 'Hi' }),
          goOn,
          (chunk) => chunk.text,
        );
      },
      async ollama(url, goOn) {
        return gather(
          await new Ollama({ host: url }).chat({ ...chat, stream: true }),
          goOn,
          ({ message }) => message.content,
        );
      },
    };
    for (const [name, read] of Object.entries(readers)) {
      const { say, goOn } = pausing();
      const { url } = await gatewayOf(say, { keepAlive: 1 });
      expect([name, await read(url, goOn)]).toEqual([name, 'Hello, world']);
    }
  });
});

/** The texts of a stream; the provider goes on when others have been asked so often that signs must have been written. */
async function gather<Chunk>(
  stream: AsyncIterable<Chunk>,
  goOn: () => void,
  textOf: (chunk: Chunk) => string | null | undefined,
): Promise<string> {
  let said = '';
  const later = setTimeout(goOn, 30);
  for await (const chunk of stream) said += textOf(chunk) ?? '';
  clearTimeout(later);
  return said;
}

/** What a server answers to these bytes until it closes the connection. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (piece) => {
    said += piece;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return said;
}

const statuses = (said: string): readonly string[] =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status);
const BODY = JSON.stringify(chat);
const HEAD = 'POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n';
/** What an attacker wants to be read as a request of its own. */
const HIDDEN = 'GET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n';

it.each([
  ['OPTIONS * HTTP/1.1', 'localhost'],
  ['GET /health HTTP/1.1', 'a b'],
  ['GET /health HTTP/1.1', 'user@host'],
])('a request without a URL is told so: %s of %s', async (line, host) => {
  const { port } = await gatewayOf(hello);
  const said = await exchange(port, `${line}\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
  expect(statuses(said)).toEqual(['400']);
  expect(said).toContain('"The Host or the target of the request is no address."');
  expect(said).toMatch(/x-request-id: req_/);
});

describe('what Node would not tell in words', () => {
  it.each([
    ['CONNECT localhost:80 HTTP/1.1', '', '400', 'no proxy'],
    ['CONNECT localhost:80 HTTP/1.1', 'content-length: 5\r\n\r\nhello', '400', 'no proxy'],
    ['GET /health HTTP/1.1', 'expect: more\r\n', '417', 'Expect'],
    ['POST /v1/chat/completions HTTP/1.1', 'expect: a\r\ncontent-length: 5\r\n\r\nhello', '417', 'Expect'],
  ])('%s with %j is refused as JSON', async (line, rest, status, words) => {
    const { port, url, seen } = await gatewayOf(hello);
    const said = await exchange(port, `${line}\r\nhost: localhost\r\n${rest}\r\n`);
    expect(statuses(said)).toEqual([status]);
    const { error } = JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4));
    expect(error).toMatchObject({ type: 'invalid_request_error', code: 'invalid_request' });
    expect(error.message).toContain(words);
    expect(said).toContain(`x-request-id: ${error.request_id}`);
    expect(seen.requests).toEqual([]);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('is no harm where the caller resets the connection meanwhile', async () => {
    const { port, url } = await gatewayOf(hello);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('CONNECT localhost:80 HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.resetAndDestroy();
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('comes behind an answer that has begun, and closes the connection', async () => {
    const { say, goOn } = pausing();
    const { port } = await gatewayOf(say);
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (piece) => {
      said += piece;
    });
    const body = JSON.stringify({ ...chat, stream: true });
    socket.write(`${HEAD}content-length: ${body.length}\r\n\r\n${body}`);
    await once(socket, 'data');
    socket.write('CONNECT localhost:80 HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(socket, 'close');
    goOn();
    expect(statuses(said)).toEqual(['200']);
  });
});

describe('what is no HTTP', () => {
  it.each([
    ['no request at all', 'hello\r\n\r\n', '400'],
    ['a request without a host', 'GET /health HTTP/1.1\r\n\r\n', '400'],
    [
      'headers that are too large',
      `GET /health HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431',
    ],
    ['very many headers', `GET /health HTTP/1.1\r\nhost: localhost\r\n${'x: y\r\n'.repeat(5000)}\r\n`, '431'],
    ['a folded header', 'GET /health HTTP/1.1\r\nhost: localhost\r\nx: a\r\n b\r\n\r\n', '400'],
    ['a blank before the colon', 'GET /health HTTP/1.1\r\nhost: localhost\r\nx : a\r\n\r\n', '400'],
    [
      'two different lengths',
      `${HEAD}content-length: 5\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
      '400',
    ],
    [
      'a length and chunks',
      `${HEAD}content-length: ${BODY.length}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
      '400',
    ],
    [
      'chunks that are not last',
      `${HEAD}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
      '400',
    ],
    ['an encoding of its own', `${HEAD}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`, '400'],
    [
      'a chunk whose size is no number',
      `${HEAD}transfer-encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n${HIDDEN}`,
      '400',
    ],
    ['a length that is signed', `${HEAD}content-length: +5\r\n\r\nhello${HIDDEN}`, '400'],
  ])('%s is refused once, and nothing behind it is read', async (_, bytes, status) => {
    const { port, seen } = await gatewayOf(hello);
    const said = await exchange(port, bytes);
    expect(statuses(said).at(-1)).toBe(status);
    expect(statuses(said).length).toBeLessThanOrEqual(2);
    expect(statuses(said)).not.toContain('200');
    expect(said).not.toContain('"object":"list"');
    expect(seen.requests).toEqual([]);
  });

  it('is told so as JSON, with the id of the request', async () => {
    const { port } = await gatewayOf(hello);
    const said = await exchange(port, 'hello\r\n\r\n');
    const { error } = JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4));
    expect(error).toMatchObject({ type: 'invalid_request_error', param: null, code: 'invalid_request' });
    expect(said).toContain(`x-request-id: ${error.request_id}`);
    expect(said).toContain('connection: close');
  });
});

describe('a request in a request', () => {
  it('is two requests only where both are whole', async () => {
    const { port, seen } = await gatewayOf(hello);
    const pair = `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}${HIDDEN.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')}`;
    expect(statuses(await exchange(port, pair))).toEqual(['200', '200']);
    expect(seen.requests).toHaveLength(1);
  });

  it('is not read out of a body that is too large', async () => {
    const { port } = await gatewayOf(hello, { bodyLimit: 10 });
    const said = await exchange(port, `${HEAD}content-length: ${HIDDEN.length}\r\n\r\n${HIDDEN}${HIDDEN}`);
    expect(statuses(said)).toEqual(['413']);
  });
});
