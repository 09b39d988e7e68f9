// A server that is taken for a Redis: it reads commands, and answers whatever it is told to.

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** What it does with one command. @param name in lower case */
export type AnswerCommand = (name: string, args: readonly string[], socket: Socket) => void;

/** One that listens. */
interface FakeRedis {
  readonly port: number;
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  close(): Promise<void>;
}

/** Answers to what a client says before it asks. Undefined for what it asks. */
export const greeting = (name: string): string | undefined => {
  if (name === 'info') return bulk('redis_version:7.2.0\r\nloading:0\r\n');
  if (name === 'hello') return '%1\r\n$5\r\nproto\r\n:3\r\n';
  return ['client', 'select', 'auth'].includes(name) ? '+OK\r\n' : undefined;
};

/** A text as Redis writes it. */
export const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** A command as Redis reads it. */
export const command = (...args: readonly string[]): string =>
  `*${args.length}\r\n${args.map(bulk).join('')}`;

/** Listens on a port of this machine. */
export const fakeRedis = async (answer: AnswerCommand): Promise<FakeRedis> => {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    let waiting = Buffer.alloc(0);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
    socket.on('data', (piece) => {
      waiting = Buffer.concat([waiting, piece]);
      for (let read = readCommand(waiting); read !== undefined; read = readCommand(waiting)) {
        waiting = waiting.subarray(read.length);
        const [name = '', ...args] = read.args;
        answer(name.toLowerCase(), args, socket);
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    open,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
  };
};

/** The first command, once all of it has come. */
function readCommand(
  given: Buffer,
): { readonly args: readonly string[]; readonly length: number } | undefined {
  let at = 0;
  const line = (): string | undefined => {
    const end = given.indexOf('\r\n', at);
    if (end === -1) return undefined;
    const text = given.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  const count = Number(line()?.slice(1));
  const args: string[] = [];
  for (let read = 0; read < count; read += 1) {
    const size = line();
    if (size === undefined || at + Number(size.slice(1)) + 2 > given.length) return undefined;
    args.push(given.toString('utf8', at, at + Number(size.slice(1))));
    at += Number(size.slice(1)) + 2;
  }
  return Number.isInteger(count) ? { args, length: at } : undefined;
}

/** Writes as fast as it is read, until nobody reads. */
export const flood = (socket: Socket, first: string, more: string): Promise<void> =>
  new Promise((left) => {
    socket.once('close', () => left());
    socket.write(first);
    const go = (): void => {
      while (!socket.destroyed && socket.write(more));
    };
    socket.on('drain', go);
    go();
  });
