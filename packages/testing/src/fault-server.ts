// A service that does on purpose what services do by mistake, on every wire, and counts what its clients do about it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { createTally, type FaultCounts, type Tally } from './fault-counts.ts';
import { EMBED_FAULTS } from './faults/embed-faults.ts';
import { createEmbedResponse } from './faults/embed-response.ts';
import type { Fault } from './faults/fault.ts';
import { createFaultResponse } from './faults/fault-response.ts';
import { FAULTS } from './faults/faults.ts';
import { embeddingsAt, readCall } from './mock-wires/mock-embeddings.ts';
import { MOCK_WIRES } from './mock-wires/mock-wires.ts';

/** A running fault server. */
export interface FaultServer {
  /** `http://127.0.0.1:port`; a client's `baseURL` is this and the name of a fault: `${url}/stall`. */
  readonly url: string;
  /** An address to which no connection is ever made: it takes the call, and never shakes hands. */
  readonly neverConnects: string;
  counts(): FaultCounts;
  /** Sets the counts to zero; what is open stays so. */
  reset(): void;
  /** Breaks all connections, and stops. */
  close(): Promise<void>;
}

/** Where it listens, and what it tells. */
export interface FaultServerOptions {
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** A free one unless given. */
  readonly port?: number;
  /** Whether the counts tell the body of the last request, to the program and to whoever asks `/control`; false unless given. */
  readonly showBodies?: boolean;
}

/** The longest body that is read. */
const MOST_BODY_BYTES = 16 * 1024 * 1024;
/** How long an idle connection is kept, in ms. */
const KEPT_MS = 600_000;

/**
 * Starts it. A fault is chosen by the first part of the path, or by the model: `fault:stall`. `GET /control` answers with
 * the counts, `POST /control/reset` sets them to zero.
 * @throws Error of the system if the port is taken.
 */
export const createFaultServer = async ({
  host = '127.0.0.1',
  port = 0,
  showBodies = false,
}: FaultServerOptions = {}): Promise<FaultServer> => {
  const tally = createTally();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    const [path = '', query = ''] = url.split(/\?(.*)/s);
    const body = await bodyOf(request);
    if (path === '/control' || path.startsWith('/control/')) return control(method, path, response, tally);
    const headers = Object.keys(request.headers);
    tally.add({ method, path, headers, ...(showBodies && { body }) }, response);
    if (embeddingsAt(path) === undefined) await serve({ path, query, body }, response);
    else embed({ path, query, body }, response, tally);
  };
  const server = createServer((request, response) => {
    // A client may hang up at any moment, and ask for what no table has.
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || request.destroyed) response.destroy();
      else explain(response, 400, error instanceof Error ? error.message : 'the request cannot be read');
    });
  });
  // A client may keep a connection as long as it likes: a busy one would ask again over one that is being closed.
  server.keepAliveTimeout = KEPT_MS;
  const mute = createSocketServer();
  server.on('connection', tally.watch);
  mute.on('connection', tally.watch);
  const url = `http://${await listen(server, host, port)}`;
  return {
    url,
    neverConnects: `https://${await listen(mute, host, 0)}`,
    counts: tally.counts,
    reset: tally.reset,
    async close() {
      const closed = [once(server, 'close'), once(mute, 'close')];
      server.close();
      mute.close();
      await Promise.all([...closed, ...tally.breakAll()]);
    },
  };
};

async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { port: given } = server.address() as AddressInfo;
  return `${host.includes(':') ? `[${host}]` : host}:${given}`;
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

interface Asked {
  /** As it was sent; it may be anything. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

function serve({ path, query, body }: Asked, response: ServerResponse): unknown {
  const asked = modelAndStream(body);
  const wire = WIRES.find(([tail]) => tail.test(path))?.[1];
  const isList = /\/(models|tags)$/.test(path);
  const speech = MOCK_WIRES[wire ?? 'openai-chat'];
  const fault = faultFor(path, asked.model);
  if (speech === undefined || (wire === undefined && !isList))
    return explain(response, 404, `no wire has the path ${path.slice(0, 200)}`);
  if (fault === undefined)
    return explain(response, 404, `no such fault; there are ${FAULTS.map(({ name }) => name).join(', ')}`);
  if (isList) return response.writeHead(200, { 'content-type': 'application/json' }).end(speech.models);
  const streamed = wire === 'gemini' ? /:stream/i.test(path) : (asked.stream ?? wire === 'ollama-chat');
  if (!streamed && fault.whole === undefined)
    return explain(response, 400, `the fault ${fault.name} is one of streams: ask for a stream`);
  const asList = wire === 'gemini' && new URLSearchParams(query).get('alt') !== 'sse';
  return fault.act(createFaultResponse(response, speech, { streamed, asList }));
}

/** Embeddings have a table of their own; what a row does may depend on how often it was asked for. */
function embed(
  { path, body }: Asked,
  response: ServerResponse,
  { countOf }: Pick<Tally, 'countOf'>,
): unknown {
  const form = embeddingsAt(path);
  const call = form && readCall(form, body);
  const name = faultName(path, modelAndStream(body).model);
  const fault = EMBED_FAULTS.find((row) => row.name === name);
  if (form === undefined || call === undefined) return explain(response, 400, 'the body is not JSON');
  if (fault === undefined)
    return explain(
      response,
      404,
      `no such fault; there are ${EMBED_FAULTS.map((row) => row.name).join(', ')}`,
    );
  return fault.act(createEmbedResponse(response, form, call.vectors, countOf(fault.name)));
}

const explain = (response: ServerResponse, status: number, message: string): void => {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: { message: `The fault server: ${message}.`, type: 'misuse' } }));
};

const faultFor = (path: string, model: string): Fault | undefined => {
  const name = faultName(path, model);
  return FAULTS.find((fault) => fault.name === name);
};

const faultName = (path: string, model: string): string | undefined => {
  // A colon may be written as %3A.
  const named = /^fault:([\w-]+)$/.exec(model) ?? /fault(?::|%3a)([\w-]+)/i.exec(path);
  return named?.[1] ?? path.split('/', 2)[1];
};

function modelAndStream(body: string): { readonly model: string; readonly stream: boolean | undefined } {
  try {
    const { model, stream } = JSON.parse(body);
    return { model: String(model ?? ''), stream: typeof stream === 'boolean' ? stream : undefined };
  } catch {
    return { model: '', stream: undefined };
  }
}

function control(
  method: string,
  path: string,
  response: ServerResponse,
  { counts, reset }: Pick<FaultServer, 'counts' | 'reset'>,
): void {
  if (path === '/control/reset' && method === 'POST') {
    reset();
    response.writeHead(204).end();
  } else if (path === '/control' && method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(counts()));
  } else explain(response, 404, 'GET /control tells the counts, POST /control/reset sets them to zero');
}

/** @throws Error when it is longer than any that a test sends, or cut. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) throw new Error(`a body may have ${MOST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
