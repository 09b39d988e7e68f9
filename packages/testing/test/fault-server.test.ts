// The fault server by itself, asked by a plain client: it does what its table says, counts, and lets go.
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { connect as connectTLS } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFaultServer, FAULT_TEXT, FAULTS, type FaultServer, faultsOf } from '../src/index.ts';

const PATHS = {
  'openai-chat': 'v1/chat/completions',
  'openai-responses': 'v1/responses',
  'anthropic-messages': 'v1/messages',
  gemini: 'v1beta/models/m:streamGenerateContent?alt=sse',
  'ollama-chat': 'api/chat',
  'cohere-chat': 'v2/chat',
} as const;
const TEXT = FAULT_TEXT.join('');

let server: FaultServer;
beforeAll(async () => {
  server = await createFaultServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const ask = (path: string, body: object = { stream: true }, more: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}/${path}`, { method: 'POST', body: JSON.stringify(body), ...more });
const jsonOf = async (response: Response) => JSON.parse(await response.text());
/** Waits for something that must happen; the test's own deadline ends it. */
const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe('the table', () => {
  it('has a name of its own for every row, and says what it does', () => {
    const names = FAULTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, does } of FAULTS) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(does).not.toBe('');
    }
  });

  it('has the same good answer on every wire, and rows that only some wires have', () => {
    for (const wire of Object.keys(PATHS)) expect(faultsOf(wire)[0]?.name).toBe('none');
    expect(faultsOf('ollama-chat').map(({ name }) => name)).not.toContain('comments');
    expect(faultsOf('gemini').map(({ name }) => name)).not.toContain('end-and-open');
  });
});

describe('a request', () => {
  it.each(Object.entries(PATHS))('to %s is answered in its own form', async (wire, path) => {
    const response = await ask(`none/${path}`);
    expect(response.headers.get('content-type')).toBe(
      wire === 'ollama-chat' ? 'application/x-ndjson' : 'text/event-stream',
    );
    const payloads = (await response.text()).split(/[\r\n]+/).flatMap((line) => {
      const json = line.replace(/^data: /, '');
      return json.startsWith('{') ? [JSON.stringify(JSON.parse(json))] : [];
    });
    for (const piece of FAULT_TEXT)
      expect(payloads.some((payload) => payload.includes(JSON.stringify(piece)))).toBe(true);
  });

  it('to Gemini without alt=sse is answered with one JSON list', async () => {
    const response = await ask('none/v1beta/models/m:streamGenerateContent');
    expect(response.headers.get('content-type')).toBe('application/json');
    const list: { candidates: { content: { parts: { text: string }[] } }[] }[] = await jsonOf(response);
    expect(list.map(({ candidates: [first] }) => first?.content.parts[0]?.text).join('')).toBe(TEXT);
  });

  it('for an answer in one piece gets one, and a fault of streams says that it is none', async () => {
    const whole = await ask(`none/${PATHS['openai-chat']}`, { stream: false });
    expect((await jsonOf(whole)).choices[0].message.content).toBe(TEXT);
    const refused = await ask(`half-event/${PATHS['openai-chat']}`, { stream: false });
    expect(refused.status).toBe(400);
    expect((await jsonOf(refused)).error.message).toContain('half-event is one of streams');
  });

  it('may choose the fault by its model, in the body or in the path', async () => {
    const inBody = await ask(PATHS['openai-chat'], { model: 'fault:status-402' });
    expect(inBody.status).toBe(402);
    const inPath = await ask('v1beta/models/fault:status-402:streamGenerateContent?alt=sse');
    expect(inPath.status).toBe(402);
  });

  it('for the models gets a list', async () => {
    const response = await fetch(`${server.url}/none/v1/models`);
    expect((await jsonOf(response)).data).toHaveLength(1);
    expect((await jsonOf(await fetch(`${server.url}/none/api/tags`))).models).toHaveLength(1);
  });

  it.each([
    ['an unknown fault', 'oops/v1/messages', /no such fault; there are none, crlf/],
    ['an unknown path', 'none/v1/oops', /no wire has the path \/none\/v1\/oops/],
  ])('for %s is told what there is', async (_name, path, message) => {
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect((await jsonOf(response)).error.message).toMatch(message);
  });
});

describe('the counts', () => {
  it('are told over HTTP, do not count themselves, and begin anew', async () => {
    await (await ask(`none/${PATHS['cohere-chat']}`, { stream: true, model: 'm' })).text();
    const counts = await jsonOf(await fetch(`${server.url}/control`));
    expect(counts).toMatchObject({
      requests: 1,
      abortedStreams: 0,
      lastRequest: { method: 'POST', path: '/none/v2/chat' },
    });
    expect(counts.lastRequest.headers).toContain('content-length');
    expect((await fetch(`${server.url}/control/reset`, { method: 'POST' })).status).toBe(204);
    expect(server.counts()).toMatchObject({ requests: 0 });
    expect(server.counts().lastRequest).toBeUndefined();
  });

  it.each([false, true])(
    'tell what was asked only where the server was started to do so (%s)',
    async (showBodies) => {
      const own = await createFaultServer({ showBodies });
      const secret = { stream: true, messages: [{ role: 'user', content: 'a private question' }] };
      const path = `none/${PATHS.gemini}&key=AIzaPrivate`;
      await (await fetch(`${own.url}/${path}`, { method: 'POST', body: JSON.stringify(secret) })).text();
      const told = await (await fetch(`${own.url}/control`)).text();
      expect(told.includes('a private question')).toBe(showBodies);
      expect(own.counts().lastRequest?.body).toBe(showBodies ? JSON.stringify(secret) : undefined);
      expect(told).not.toContain('AIzaPrivate');
      await own.close();
    },
  );

  it('tell who left: the stream is aborted, and its socket closed', async () => {
    const own = await createFaultServer();
    // Not Node's fetch: it opens another connection in the place of one that was aborted, and keeps it until it times out.
    const asked = request(`${own.url}/endless-slow/${PATHS.gemini}`, { method: 'POST' }).end();
    const [answer] = await once(asked, 'response');
    await once(answer, 'data');
    expect(own.counts()).toMatchObject({ activeStreams: 1, openSockets: 1 });
    asked.destroy();
    await until(() => own.counts().openSockets === 0);
    expect(own.counts()).toMatchObject({ activeStreams: 0, abortedStreams: 1 });
    await own.close();
  });

  it('tell that an endless answer waits for its reader', async () => {
    const controller = new AbortController();
    const response = await ask(`endless/${PATHS['openai-chat']}`, undefined, { signal: controller.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    // Nobody reads: what is sent ends at what the buffers on the way hold.
    let before = -1;
    while (server.counts().bytesSent !== before) {
      before = server.counts().bytesSent;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    // Somebody reads: it goes on.
    await Promise.all([
      until(() => server.counts().bytesSent > before),
      (async () => {
        while (server.counts().bytesSent <= before) await reader?.read();
      })(),
    ]);
    controller.abort();
    await until(() => server.counts().activeStreams === 0);
  });
});

it('has an address to which nobody is connected', async () => {
  const { hostname, port } = new URL(server.neverConnects);
  const open = server.counts().openSockets;
  const socket = connectTLS({ host: hostname, port: Number(port) });
  let shaken = false;
  socket.once('secureConnect', () => {
    shaken = true;
  });
  await until(() => server.counts().openSockets > open);
  expect(shaken).toBe(false);
  socket.destroy();
});

it('refuses a port that is taken', async () => {
  const port = Number(new URL(server.url).port);
  await expect(createFaultServer({ port })).rejects.toThrow(/EADDRINUSE/);
});

it('lets go of everything when it is closed', async () => {
  const other = await createFaultServer();
  const hanging = expect(
    fetch(`${other.url}/no-headers/v1/messages`, { method: 'POST', body: '{}' }),
  ).rejects.toThrow();
  await until(() => other.counts().activeStreams === 1);
  await other.close();
  await hanging;
  expect(other.counts().openSockets).toBe(0);
});

describe('any path, method and body', () => {
  /** Sends these bytes as they are; what came back, once the server has answered or hung up. */
  const sendRaw = async (bytes: string): Promise<string> => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
      if (answer.includes('\r\n\r\n')) socket.destroy();
    });
    socket.write(bytes, 'latin1');
    await new Promise((closed) => socket.once('close', closed));
    return answer.split('\r\n')[0] ?? '';
  };
  const post = (path: string, body = '{}'): Promise<string> =>
    sendRaw(
      `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`,
    );

  it.each([
    ...[
      '//',
      '///v1/messages',
      '/%',
      '/%zz/v1/messages',
      '/%E0%A4%A/v1/chat/completions',
      '*',
      '/\\',
      '/?',
      '/#',
    ],
    ...[
      'http://[',
      'http://x:99999/v1/messages',
      'http://%',
      '/fault:%00/v1/messages',
      '/control%',
      '/control/%',
    ],
    ...[
      '/none/v1/models/..%2f',
      '/__proto__/v1/messages',
      '/constructor/v1/messages',
      `/${'a/'.repeat(7000)}`,
    ],
    ...['/fault%3Anone/v1/messages?%=%', '/none/v1beta/models/%:streamGenerateContent?alt=%'],
  ])('%s gets an answer, and so does who comes after', async (path) => {
    expect(await post(path)).toMatch(/^HTTP\/1\.1 (200|4\d\d) /);
    expect((await ask(`none/${PATHS['openai-chat']}`)).status).toBe(200);
  });

  it.each(['null', '[]', '"x"', '{"model":{"toString":1}}', '{"model":null,"stream":"yes"}', '\xff', '[[[['])(
    'the body %s gets an answer',
    async (body) => {
      expect(await post('/none/v1/messages', body)).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  it('a body without end is not kept', async () => {
    const status = await sendRaw(
      `POST /none/v1/messages HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${`100000\r\n${'x'.repeat(0x100000)}\r\n`.repeat(20)}`,
    );
    expect(status).toMatch(/^(HTTP\/1\.1 400 .*)?$/);
    expect((await ask(`none/${PATHS['openai-chat']}`)).status).toBe(200);
  });

  it.each([
    'OPTIONS * HTTP/1.1',
    'CONNECT x:1 HTTP/1.1',
    'TRACE / HTTP/1.1',
    'GET /x HTTP/9.9',
    'oops',
    'PRI * HTTP/2.0',
  ])('%s is survived', async (line) => {
    await sendRaw(
      `${line}\r\nhost: x\r\nupgrade: h2c\r\nconnection: upgrade\r\nexpect: 100-continue\r\n\r\n`,
    );
    expect((await ask(`none/${PATHS['openai-chat']}`)).status).toBe(200);
  });
});
