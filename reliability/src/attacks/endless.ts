// A server whose answers have no end, each in another way; the model that is asked for names it.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createGzip } from 'node:zlib';
import type { Random } from './attack.ts';

/** One kind of endless answer. */
interface Endless {
  /** What comes first, status line and headers among it. */
  readonly head: string;
  /** What comes again and again. */
  readonly piece: (random: Random) => string;
  /** Whether all but the headers is compressed. */
  readonly zipped?: true;
  /** How it may end. */
  readonly ends: (isStream: boolean) => readonly string[];
}

const OK = 'HTTP/1.1 200 OK\r\n';
const JSON_TYPE = 'content-type: application/json\r\nconnection: close\r\n';
const SSE_TYPE = 'content-type: text/event-stream\r\nconnection: close\r\n';
const ZIPPED = 'content-encoding: gzip\r\n';
const ANSWER = '{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":';

const bad = (): readonly string[] => ['bad-response'];
const letter = (random: Random): string => String.fromCharCode(97 + Math.floor(random() * 26));
const delta = (fields: string): string => `data: {"choices":[{"index":0,"delta":{${fields}}}]}\n\n`;
const times = (text: string, bytes = 32 * 1024): string => text.repeat(Math.ceil(bytes / text.length));

/** All kinds. */
export const ENDLESS: Readonly<Record<string, Endless>> = {
  'one text, zipped': {
    head: `${OK}${JSON_TYPE}${ZIPPED}\r\n${ANSWER}"`,
    piece: (random) => times(letter(random)),
    zipped: true,
    ends: bad,
  },
  'one text of two bytes a character': {
    head: `${OK}${JSON_TYPE}\r\n${ANSWER}"\u4e00`,
    piece: (random) => times(letter(random)),
    ends: bad,
  },
  'a list of empty objects, zipped': {
    head: `${OK}${JSON_TYPE}${ZIPPED}\r\n{"choices":[`,
    piece: () => times('{},'),
    zipped: true,
    ends: bad,
  },
  'lists in lists, zipped': {
    head: `${OK}${JSON_TYPE}${ZIPPED}\r\n`,
    piece: () => times('['),
    zipped: true,
    ends: bad,
  },
  'deltas of one character': {
    head: `${OK}${SSE_TYPE}\r\n`,
    piece: (random) => times(delta(`"content":"${letter(random)}"`)),
    ends: (isStream) => [isStream ? 'went on' : 'bad-response'],
  },
  'deltas of one character, zipped': {
    head: `${OK}${SSE_TYPE}${ZIPPED}\r\n`,
    piece: (random) => times(delta(`"content":"${letter(random)}"`)),
    zipped: true,
    ends: (isStream) => [isStream ? 'went on' : 'bad-response'],
  },
  'one event, zipped': {
    head: `${OK}${SSE_TYPE}${ZIPPED}\r\ndata: {"choices":[{"delta":{"content":"`,
    piece: (random) => times(letter(random)),
    zipped: true,
    ends: bad,
  },
  'lines of one event, zipped': {
    head: `${OK}${SSE_TYPE}${ZIPPED}\r\n`,
    piece: () => times('data: {}\n'),
    zipped: true,
    ends: bad,
  },
  'lines that belong to no event, zipped': {
    head: `${OK}${SSE_TYPE}${ZIPPED}\r\n{\n`,
    piece: () => times('"a":1,\n'),
    zipped: true,
    ends: bad,
  },
  'reasoning of one character': {
    head: `${OK}${SSE_TYPE}${ZIPPED}\r\n`,
    piece: (random) => times(delta(`"reasoning_content":"${letter(random)}"`)),
    zipped: true,
    ends: (isStream) => (isStream ? ['bad-response', 'went on'] : ['bad-response']),
  },
  'arguments of one character': {
    head: `${OK}${SSE_TYPE}${ZIPPED}\r\n`,
    piece: (random) =>
      times(
        delta(`"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"${letter(random)}"}}]`),
      ),
    zipped: true,
    ends: (isStream) => (isStream ? ['bad-response', 'went on'] : ['bad-response']),
  },
  'long arguments': {
    head: `${OK}${SSE_TYPE}${ZIPPED}\r\n`,
    piece: (random) =>
      delta(
        `"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"${times(letter(random))}"}}]`,
      ),
    zipped: true,
    ends: bad,
  },
  'fields of their own': {
    head: `${OK}${SSE_TYPE}${ZIPPED}\r\n`,
    piece: (random) =>
      Array.from({ length: 500 }, () => delta(`"x_${Math.floor(random() * 1e9)}":"a"`)).join(''),
    zipped: true,
    ends: (isStream) => (isStream ? ['bad-response', 'went on'] : ['bad-response']),
  },
  headers: {
    head: OK,
    piece: (random) => `x-${letter(random)}: ${times('a', 1000)}\r\n`,
    // The connection may be seen to break before it is told why.
    ends: () => ['bad-response', 'network'],
  },
  'a page with a refusal': {
    head: `HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n${ZIPPED}connection: close\r\n\r\n<title>`,
    piece: (random) => times(random() < 0.5 ? '<' : '\u2039'),
    zipped: true,
    ends: () => ['server'],
  },
};

/** Starts the server, on this machine. */
export const startEndless = async (random: Random): Promise<{ readonly url: string; close(): void }> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let asked = '';
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      asked += bytes.toString('latin1');
      const model = /"model":"([^"]+)"/.exec(asked)?.[1];
      const kind = model === undefined ? undefined : ENDLESS[model];
      if (kind === undefined) return;
      socket.removeAllListeners('data').resume();
      speak(socket, kind, random);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};

/** Goes on as long as somebody reads. */
function speak(socket: Socket, { head, piece, zipped }: Endless, random: Random): void {
  const cut = head.indexOf('\r\n\r\n');
  const [headers, body] = zipped === undefined ? [head, ''] : [head.slice(0, cut + 4), head.slice(cut + 4)];
  socket.write(headers);
  const out = zipped === undefined ? socket : createGzip();
  if (out !== socket) out.pipe(socket);
  out.on('error', () => undefined).write(body || ' ');
  const goOn = (): void => {
    while (!socket.destroyed && out.write(piece(random)));
    if (!socket.destroyed) out.once('drain', goOn);
  };
  goOn();
}
