// Attacks on what opens pages that a model names: addresses of this machine in any form, redirects, and bombs.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { TOOL_LIMITS } from '@g4f/core';
import { readPage } from '@g4f/web';
import type { Attack, Random } from '../attack.ts';
import { below, failureOf, mustHold, oneOf } from '../scratch.ts';

const PUBLIC =
  'A page that a model or a user names is opened only at public addresses, each redirect and each address of a name included.';

interface Site {
  readonly host: string;
  readonly port: number;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
}

const withSite = async (answer: RequestListener, work: (site: Site) => Promise<void>): Promise<void> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    await work({ host: `127.0.0.1:${port}`, port, asked });
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

/** Of networks that are not public. */
const BYTES = [
  [127, 0, 0, 1],
  [127, 9, 8, 7],
  [10, 1, 2, 3],
  [172, 16, 0, 1],
  [192, 168, 1, 1],
  [169, 254, 169, 254],
  [100, 64, 0, 1],
  [0, 0, 0, 0],
  [224, 0, 0, 1],
  [255, 255, 255, 255],
  [198, 18, 0, 1],
  [192, 0, 0, 192],
] as const;

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const octal = (byte: number): string => `0${byte.toString(8)}`;

/** An address of a network that is not public, in any form that URLs take. */
const anyPrivateHost = (random: Random): string => {
  const [a, b, c, d] = BYTES[below(BYTES.length, random)] ?? BYTES[0];
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const pair = `${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`;
  const plain = `${a}.${b}.${c}.${d}`;
  return oneOf(
    [
      plain,
      `${plain}.`,
      String(number),
      `0x${number.toString(16)}`,
      `0${number.toString(8)}`,
      [a, b, c, d].map(octal).join('.'),
      [a, b, c, d].map((byte) => `0x${hex(byte)}`).join('.'),
      `${a}.${(b * 256 + c) * 256 + d}`,
      `${a}.${b}.${c * 256 + d}`,
      `[::ffff:${plain}]`,
      `[::ffff:${pair}]`,
      `[::ffff:0:${pair}]`,
      `[::${pair}]`,
      `[64:ff9b::${pair}]`,
      `[64:ff9b:1::${pair}]`,
      `[2002:${pair}::1]`,
      `[2001:0:${pair}::1]`,
      '[::]',
      '[::1]',
      '[0:0:0:0:0:0:0:1]',
      '[fe80::1]',
      '[fc00::1]',
      '[fec0::1]',
      '[ff02::1]',
      '[2001:db8::1]',
      'localhost',
      'LOCALHOST.',
      'a.localhost',
      plain.replaceAll('.', '。'),
      plain.replaceAll('.', '%2e'),
      [...plain].map((one) => (/\d/.test(one) ? String.fromCodePoint(0xff10 + Number(one)) : one)).join(''),
      'ⓛocalhost',
      'printer.local',
      'metadata.google.internal',
    ],
    random,
  );
};

const refuses = async (address: string, allowHosts: readonly string[] = []): Promise<void> => {
  const { code, message } = await failureOf(() => readPage(address, { allowHosts, timeout: 10_000 }));
  mustHold(code === 'invalid-request', `${address} was not refused, but failed by ${code}: ${message}`);
};

export const WEB_ATTACKS: readonly Attack[] = [
  {
    name: 'a page at an address that is not public, in any form',
    promise: PUBLIC,
    run: (random) =>
      withSite(
        (_, response) => response.end('what only this machine may read'),
        async ({ port, asked }) => {
          for (let times = 0; times < 40; times += 1)
            await refuses(`${oneOf(['http', 'https', 'HTTP'], random)}://${anyPrivateHost(random)}:${port}/`);
          for (const address of [
            `http://user:password@127.0.0.1:${port}/`,
            `http://example.com@127.0.0.1:${port}/`,
            'file:///etc/passwd',
            'data:text/html,x',
            `//127.0.0.1:${port}/`,
            `http:\\\\127.0.0.1:${port}\\`,
            ` http://127.0.0.1:${port}/`,
            `http://127.0.0.1:${port}#@example.com/`,
            'javascript:1',
            '',
          ])
            await refuses(address);
          mustHold(asked.length === 0, `it was asked for ${asked.join(', ')}`);
        },
      ),
  },
  {
    name: 'a redirect from a page to an address that is not public, or without an end',
    promise: PUBLIC,
    run: (random) =>
      withSite(
        (_, response) => response.end('what only this machine may read'),
        async (inner) => {
          const status = oneOf([301, 302, 303, 307, 308], random);
          const to = oneOf(
            [
              `http://${anyPrivateHost(random)}:${inner.port}/`,
              `//localhost:${inner.port}/`,
              'file:///etc/passwd',
              'http://[',
              `http://user@127.0.0.1:${inner.port}/`,
            ],
            random,
          );
          await withSite(
            (_, response) => response.writeHead(status, { location: encodeURI(to) }).end(),
            ({ host }) => refuses(`http://${host}/`, [host]),
          );
          mustHold(inner.asked.length === 0, `it was asked, by a redirect to ${to}`);
          await withSite(
            (request, response) =>
              response.writeHead(status, { location: `${request.url}x` }).end('x'.repeat(1000)),
            async ({ host, asked }) => {
              const { code } = await failureOf(() => readPage(`http://${host}/`, { allowHosts: [host] }));
              mustHold(code === 'bad-response', `redirects without an end failed by ${code}`);
              mustHold(asked.length <= TOOL_LIMITS.pageRedirects + 1, `it was asked ${asked.length} times`);
            },
          );
        },
      ),
  },
  {
    name: 'a page that unfolds, or has no end',
    promise: 'What a service may choose has limits.',
    async run(random) {
      const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 97 + below(26, random)), { level: 1 });
      const endless = random() < 0.5;
      await withSite(
        (_, response) => {
          const headers = { 'content-type': oneOf(['text/plain', 'application/json', 'text/html'], random) };
          if (!endless) return response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(bomb);
          response.writeHead(200, headers);
          const more = (): void => {
            if (response.destroyed) return;
            if (response.write('x'.repeat(65_536))) setImmediate(more);
            else response.once('drain', more);
          };
          return more();
        },
        async ({ host }) => {
          const { code } = await failureOf(() => readPage(`http://${host}/`, { allowHosts: [host] }));
          mustHold(code === 'bad-response', `it failed by ${code}`);
        },
      );
    },
  },
];
