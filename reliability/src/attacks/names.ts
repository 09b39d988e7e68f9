// Attacks by names (DNS rebinding): pages whose name leads to this machine, for what opens pages, for a gateway, and for MCP over HTTP.
import dns from 'node:dns';
import { createServer } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { AsyncClient } from '@g4f/client';
import { serveMcp } from '@g4f/mcp';
import { serve } from '@g4f/server';
import { readPage } from '@g4f/web';
import { saying } from '../made-up.ts';
import type { Attack, Random } from './attack.ts';
import { exchangeRaw } from './gateway/raw.ts';
import { below, failureOf, mustHold, oneOf } from './scratch.ts';

const PUBLIC =
  'A page that a model or a user names is opened only at public addresses, each redirect and each address of a name included.';
const NAMED =
  'A page whose name was made to lead to this machine reaches neither a gateway nor an MCP server.';

const PRIVATE = [
  ...['127.0.0.1', '10.0.0.1', '169.254.169.254', '0.0.0.0', '100.64.1.1', '168.63.129.16', '192.0.0.170'],
  ...[
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1',
    'fd00::1',
  ],
  ...['fe80::1%lo', '127.0.0.1 ', '0177.0.0.1', '2130706433', 'localhost', ''],
] as [string, ...string[]];
const PUBLICS = ['1.1.1.1', '2606:4700::1111', '8.8.8.8'] as [string, ...string[]];

type Found = { readonly address: string; readonly family: number };
type Done = (error: Error | null, found: readonly Found[]) => void;

/** Names are resolved by this meanwhile. */
const resolving = async (
  answer: (host: string) => readonly string[],
  work: () => Promise<void>,
): Promise<void> => {
  const { lookup } = dns;
  const fake = (host: string, _: object, done: Done): void =>
    process.nextTick(
      done,
      null,
      answer(host).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  Object.assign(dns, { lookup: fake });
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(dns, { lookup });
    syncBuiltinESMExports();
  }
};

/** Names of this machine as a Host may write them. */
const OWN_NAMES = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  '127.0.0.1',
  '[::1]',
  'app.localhost',
  'LocalHost.',
] as [string, ...string[]];
/** Names that a page may have, or that are none, beside a port or without. */
const FOREIGN = [
  ...[
    'evil.test',
    'EVIL.TEST.',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    'evil-localhost',
    'localhost-evil.test',
  ],
  ...[
    'xlocalhost',
    'localhost:80.evil.test',
    'evil.test:80:localhost',
    '127.0.0.1.',
    '0.0.0.0',
    '[::]',
    '127.0.0.2',
    '127.1',
  ],
  ...[
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::1%25lo]',
    '[::1%lo]',
    '::1',
    '[fe80::1]',
  ],
  ...[
    'evil.test/.localhost',
    'evil.test?.localhost',
    'evil.test#.localhost',
    'evil.test@localhost',
    'localhost@evil.test',
  ],
  ...[
    'evil.test\\.localhost',
    'evil.test .localhost',
    'evil.test,localhost',
    'localhost, evil.test',
    '\u00a0localhost',
    '',
  ],
  ...[
    'localhost\u0000',
    'localhost..',
    '..localhost',
    '.localhost',
    'localhost%2eevil.test',
    '*',
    'null',
    '192.168.0.1',
    'max',
  ],
] as [string, ...string[]];
/** Forms of names of this machine that no page can have: either answer is right. */
const EITHER: ReadonlySet<string> = new Set([
  '127.0.0.1.',
  '..localhost',
  '.localhost',
  '\u00a0localhost',
  'localhost..',
]);

const PORTS = ['', ':80', ':4114', ':1', ':65535'] as [string, ...string[]];

/** A request by this Host, for this target. @returns the status of its answer; 0 where the connection was closed */
const statusOf = async (
  port: number,
  method: string,
  target: string,
  host: string,
  more: string,
): Promise<number> => {
  const said = await exchangeRaw(
    port,
    `${method} ${target} HTTP/1.1\r\nhost: ${host}\r\n${more}connection: close\r\n\r\n`,
    true,
  );
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0);
};

/** What is asked by many names, and how it is answered under its own. */
interface Asked {
  readonly port: number;
  readonly path: string;
  readonly headers: string;
  readonly status: number;
}

const askByNames = async ({ port, path, headers, status }: Asked, random: Random): Promise<void> => {
  for (let times = 40; times > 0; times -= 1) {
    const own = oneOf(OWN_NAMES, random) + oneOf(PORTS, random);
    const good = await statusOf(port, 'GET', path, own, headers);
    mustHold(good === status, `by ${own} it answered ${good}`);
    const name = oneOf(FOREIGN, random);
    const foreign = name + oneOf(PORTS, random);
    const isAbsolute = random() < 0.3 && /^[a-z.-]+$/i.test(name);
    const target = isAbsolute ? `${oneOf(['http', 'HTTP', 'https'], random)}://${foreign}${path}` : path;
    const host = isAbsolute && random() < 0.5 ? own : foreign;
    const bad = await statusOf(port, 'GET', target, host, headers);
    const isRefused =
      bad === 403 || (bad === 400 && (status !== 400 || isAbsolute)) || bad === 0 || EITHER.has(name);
    mustHold(
      isRefused || (bad === 400 && !/^[a-z.]+$/i.test(name)),
      `${target} by ${JSON.stringify(host)} was answered ${bad}`,
    );
    const origin = oneOf(
      [
        'http://evil.test',
        'null',
        'http://localhost:1',
        'https://localhost',
        'file://',
        'http://localhost.evil.test',
      ],
      random,
    );
    const page = await statusOf(port, 'GET', path, own, `${headers}origin: ${origin}\r\n`);
    mustHold(page === 403, `a page of ${origin} was answered ${page}`);
  }
};

export const NAMES_ATTACKS: readonly Attack[] = [
  {
    name: 'a page whose name leads to addresses that are not public',
    promise: PUBLIC,
    async run(random) {
      let asked = 0;
      const server = createServer((_, response) => {
        asked += 1;
        response.end('what only this machine may read');
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const { port } = server.address() as AddressInfo;
      const redirecting = createServer((_, response) =>
        response.writeHead(302, { location: `http://rebinding.example:${port}/` }).end(),
      );
      await new Promise<void>((listening) => redirecting.listen(0, '127.0.0.1', listening));
      const start = `127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
      try {
        for (let times = 30; times > 0; times -= 1) {
          const list = Array.from({ length: below(3, random) }, () => oneOf(PUBLICS, random));
          list.splice(below(list.length + 1, random), 0, oneOf(PRIVATE, random));
          const isRedirected = random() < 0.5;
          const address = isRedirected ? `http://${start}/` : `http://rebinding.example:${port}/`;
          await resolving(
            () => list,
            async () => {
              const { code, message } = await failureOf(() =>
                readPage(address, { allowHosts: [start], timeout: 10_000 }),
              );
              mustHold(code === 'invalid-request', `${list.join()}: it failed by ${code}: ${message}`);
            },
          );
        }
        mustHold(asked === 0, `it was asked ${asked} times`);
      } finally {
        for (const one of [server, redirecting]) {
          one.close();
          one.closeAllConnections();
        }
      }
    },
  },
  {
    name: 'a gateway by any name, for any target, from any page',
    promise: NAMED,
    async run(random) {
      const server = await serve({ port: 0, client: { env: {}, provider: saying('well') } });
      try {
        await askByNames({ port: server.port, path: '/v1/models', headers: '', status: 200 }, random);
      } finally {
        await server.close(0);
      }
    },
  },
  {
    name: 'an MCP server over HTTP by any name, for any target, from any page',
    promise: NAMED,
    async run(random) {
      const client = new AsyncClient({ env: {}, provider: saying('well') });
      const server = await serveMcp(client, { transport: 'http', port: 0 });
      const port = Number(new URL(server.url ?? '').port);
      const headers = `authorization: Bearer ${server.token}\r\naccept: text/event-stream\r\n`;
      try {
        // Nobody has said hello: it is let in, and then told so.
        await askByNames({ port, path: '/mcp', headers, status: 400 }, random);
      } finally {
        await server.close();
        client.close();
      }
    },
  },
];
