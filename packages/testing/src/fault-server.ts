// A service that does on purpose what services do by mistake, on every wire, and counts what its clients do about it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createStage } from './fault-stage.ts';
import { FAULTS, type Fault } from './faults.ts';
import { WIRE_SPEECH } from './speech/spoken-wires.ts';

/** What the server has seen. */
export interface FaultCounts {
  readonly requests: number;
  /** Connections that are open now. */
  readonly openSockets: number;
  /** Answers under way. */
  readonly activeStreams: number;
  /** Answers that the client left before their end. */
  readonly abortedStreams: number;
  readonly lastRequest?: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly string[];
    readonly body: string;
  };
}

/** A running fault server. */
export interface FaultServer {
  /** `http://127.0.0.1:port`; a client's `baseURL` is this and the name of a fault: `${url}/stall`. */
  readonly url: string;
  counts(): FaultCounts;
  reset(): void;
  close(): Promise<void>;
}

/** Where it listens. */
export interface FaultServerOptions {
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** A free one unless given. */
  readonly port?: number;
}

/** Which wire a path speaks. */
const WIRES: readonly (readonly [RegExp, string])[] = [
  [/\/chat\/completions$/, 'openai-chat'],
  [/\/responses$/, 'openai-responses'],
  [/\/messages$/, 'anthropic-messages'],
  [/:(stream)?generateContent$/i, 'gemini'],
  [/\/api\/(chat|tags)$/, 'ollama-chat'],
  [/\/chat$/, 'cohere-chat'],
];

/**
 * Starts it. A fault is chosen by the first part of the path, or by the model: `fault:stall`. `GET /control` answers with
 * the counts, `POST /control/reset` sets them to zero.
 */
export const createFaultServer = async ({
  host = '127.0.0.1',
  port = 0,
}: FaultServerOptions = {}): Promise<FaultServer> => {
  const sockets = new Set<Socket>();
  let requests = 0;
  let active = 0;
  let aborted = 0;
  let last: FaultCounts['lastRequest'];
  const counts = (): FaultCounts => ({
    requests,
    openSockets: sockets.size,
    activeStreams: active,
    abortedStreams: aborted,
    ...(last !== undefined && { lastRequest: last }),
  });
  const reset = (): void => {
    requests = 0;
    aborted = 0;
    last = undefined;
  };
  const server = createServer(async (request, response) => {
    const { method = 'GET', url: path = '/' } = request;
    const body = await bodyOf(request);
    if (path.startsWith('/control')) return control(method, path, response, counts, reset);
    requests += 1;
    last = { method, path, headers: Object.keys(request.headers), body };
    active += 1;
    response.once('close', () => {
      active -= 1;
      if (!response.writableFinished) aborted += 1;
    });
    serve(path, body, response);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address() as AddressInfo;
  return { url: `http://${host}:${address.port}`, counts, reset, close: () => closeServer(server) };
};

function serve(path: string, body: string, response: ServerResponse): void {
  const { pathname } = new URL(path, 'http://fault.local');
  const asked = modelAndStream(body);
  const fault = faultFor(pathname, asked.model);
  if (fault === undefined) {
    response.writeHead(404).end(`no such fault: ${FAULTS.map(({ name }) => name).join(', ')}`);
    return;
  }
  const wire = WIRES.find(([tail]) => tail.test(pathname))?.[1] ?? 'openai-chat';
  const speech = WIRE_SPEECH[wire];
  if (speech === undefined) throw new Error(`the wire ${wire} is not spoken here`);
  if (/\/(models|tags)$/.test(pathname)) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(speech.models);
    return;
  }
  const streamed = wire === 'gemini' ? /:stream/i.test(pathname) : asked.stream;
  void fault.act(createStage(response, speech, streamed));
}

const faultFor = (pathname: string, model: string): Fault | undefined => {
  const name = /^fault:(.+)$/.exec(model)?.[1] ?? pathname.split('/')[1];
  return FAULTS.find((fault) => fault.name === name);
};

function modelAndStream(body: string): { readonly model: string; readonly stream: boolean } {
  try {
    const { model, stream } = JSON.parse(body);
    return { model: String(model ?? ''), stream: stream === true };
  } catch {
    return { model: '', stream: false };
  }
}

function control(
  method: string,
  path: string,
  response: ServerResponse,
  counts: () => FaultCounts,
  reset: () => void,
): void {
  if (path === '/control/reset' && method === 'POST') {
    reset();
    response.writeHead(204).end();
  } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(counts()));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
