// Attacks by connections over which nothing goes: that say nothing, half of a request, or do not read what they asked for.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AsyncClient } from '@g4f/client';
import { GATEWAY_LIMITS, TOOL_LIMITS } from '@g4f/core';
import { serveMcp } from '@g4f/mcp';
import { serve } from '@g4f/server';
import { answering, saying } from '../../made-up.ts';
import type { Attack, Random } from '../attack.ts';
import { below, mustHold, oneOf } from '../scratch.ts';

const BOUNDED =
  'A caller that says nothing, half of a request, or reads nothing of its answer, is left in bounded time; others are served meanwhile.';
const SHORT = { headersMs: 100, unreadMs: 100 };

/** With limits of a tenth of a second in the place of minutes. */
const withShortLimits = async (work: () => Promise<void>): Promise<void> => {
  const [gateway, tools] = [{ ...GATEWAY_LIMITS }, { ...TOOL_LIMITS }];
  Object.assign(GATEWAY_LIMITS, SHORT);
  Object.assign(TOOL_LIMITS, { mcpRequestMs: 150 });
  try {
    await work();
  } finally {
    Object.assign(GATEWAY_LIMITS, gateway);
    Object.assign(TOOL_LIMITS, tools);
  }
};

/** What an idle caller sends. @param path that takes a body */
const anyStart = (path: string, headers: string, random: Random): string => {
  const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${headers}`;
  const whole = `${head}content-length: 1000\r\n\r\n{"model":"m"`;
  return oneOf(
    [
      '',
      'G',
      head.slice(0, 1 + below(head.length, random)),
      `${head}x-long: ${'x'.repeat(below(15_000, random))}`,
      whole.slice(0, head.length + below(whole.length - head.length, random)),
      whole,
      `${head}transfer-encoding: chunked\r\n\r\n5\r\n{"mod\r\n`,
      `${head}transfer-encoding: chunked\r\n\r\nfffff`,
      `${head}expect: 100-continue\r\ncontent-length: 5\r\n\r\n`,
    ],
    random,
  );
};

/** Whether another caller is answered so; where the machine is busy, the short limits may close its connection as well. */
const isServed = async (url: string, status: number): Promise<boolean> => {
  for (let tries = 100; tries > 0; tries -= 1) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.text().catch(() => undefined);
    if (answer?.status === status) return true;
  }
  return false;
};

const open = async (port: number, bytes: string, hears: boolean): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (hears) socket.resume();
  else socket.pause();
  socket.write(bytes);
  return socket;
};

/** Opens many that send no whole request. Resolves when the server has closed each. */
const idle = async (port: number, path: string, headers: string, random: Random): Promise<void> => {
  const sockets = await Promise.all(
    Array.from({ length: 30 }, () => open(port, anyStart(path, headers, random), true)),
  );
  await Promise.all(sockets.map((socket) => socket.destroyed || once(socket, 'close')));
};

/** A provider that never ends, and hears when it is left. */
const endless = () => {
  let running = 0;
  let begun = 0;
  let allLeft = (): void => undefined;
  const provider = answering(async function* ({ model }) {
    running += 1;
    begun += 1;
    try {
      yield [{ type: 'answer-start', model }];
      for (;;) yield [{ type: 'text-delta', text: 'x'.repeat(10_000) }];
    } finally {
      running -= 1;
      if (running === 0) allLeft();
    }
  });
  return {
    provider,
    /** Resolves when nobody is waited for any more. */
    left: () =>
      new Promise<void>((resolve) => {
        allLeft = resolve;
        if (begun > 0 && running === 0) resolve();
      }),
  };
};

export const IDLE_ATTACKS: readonly Attack[] = [
  {
    name: 'connections to a gateway that send nothing, or half of a request',
    promise: BOUNDED,
    run: (random) =>
      withShortLimits(async () => {
        const server = await serve({
          port: 0,
          bodyTimeout: 100,
          client: { env: {}, provider: saying('well') },
        });
        try {
          const idling = idle(server.port, '/v1/chat/completions', '', random);
          mustHold(await isServed(`${server.url}/v1/models`, 200), 'no other was served');
          await idling;
        } finally {
          await server.close(0);
        }
      }),
  },
  {
    name: 'connections to MCP over HTTP that send nothing, or half of a request',
    promise: BOUNDED,
    run: (random) =>
      withShortLimits(async () => {
        const client = new AsyncClient({ env: {}, provider: saying('well') });
        const server = await serveMcp(client, { transport: 'http', port: 0 });
        const { port } = new URL(server.url ?? '');
        try {
          const headers = oneOf(
            ['', `authorization: Bearer ${server.token}\r\naccept: text/event-stream, application/json\r\n`],
            random,
          );
          const idling = idle(Number(port), '/mcp', headers, random);
          mustHold(await isServed(server.url ?? '', 401), 'no other was served');
          await idling;
        } finally {
          await server.close();
          client.close();
        }
      }),
  },
  {
    name: 'callers of a gateway that never read their answers',
    promise: BOUNDED,
    run: (random) =>
      withShortLimits(async () => {
        const { provider, left } = endless();
        const server = await serve({ port: 0, client: { env: {}, provider } });
        const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'x' }] });
        const path = oneOf(['/v1/chat/completions', '/api/chat', '/v1/messages'], random);
        const asked = JSON.stringify({ ...JSON.parse(body), max_tokens: 5 });
        const bytes = `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${asked.length}\r\n\r\n${asked}`;
        const sockets = await Promise.all(Array.from({ length: 8 }, () => open(server.port, bytes, false)));
        try {
          mustHold(await isServed(`${server.url}/v1/models`, 200), 'no other was served');
          // Each provider is stopped, because its connection was closed; where the machine is busy, some are before they were asked.
          await left();
        } finally {
          for (const socket of sockets) socket.destroy();
          await server.close(0);
        }
      }),
  },
];
