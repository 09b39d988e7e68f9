// A small OpenAI-shaped service on this machine, so that examples and packed packages run without the network.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A running service. */
export interface FakeOpenAI {
  /** Its address up to, not including, `/chat/completions`. */
  readonly url: string;
  /** Method, path and parsed body of each request so far. */
  readonly requests: readonly FakeRequest[];
  close(): Promise<void>;
}

/** One request it got. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What it answers to everything, in pieces. */
export const FAKE_PIECES: readonly string[] = ['Hello', ' from', ' the', ' fake', ' model.'];

const USAGE = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };

/** Starts it on a free port. */
export const startFakeOpenAI = async (): Promise<FakeOpenAI> => {
  const requests: FakeRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    requests.push({ method: request.method ?? '', path: request.url ?? '', body });
    const model = typeof body.model === 'string' ? body.model : 'fake';
    if (request.method === 'GET' && request.url?.endsWith('/models')) {
      return json(response, {
        object: 'list',
        data: [{ id: 'fake-1', object: 'model', created: 1, owned_by: 'fake' }],
      });
    }
    if (request.url?.endsWith('/embeddings')) return json(response, embeddings(body.input, model));
    if (request.url?.endsWith('/responses')) return respond(response, model, body.stream === true);
    if (!request.url?.endsWith('/chat/completions')) {
      return json(response, { error: { message: `no route ${request.url}` } }, 404);
    }
    if (body.stream === true) return stream(response, model);
    const message = { role: 'assistant', content: FAKE_PIECES.join(''), refusal: null };
    json(response, {
      ...frame(model, 'chat.completion'),
      choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
      usage: USAGE,
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake service got no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

/** A vector for each input, as numbers whatever form was asked for: as many services do. */
const embeddings = (input: unknown, model: string) => ({
  object: 'list',
  data: [input].flat().map((_, index) => ({ object: 'embedding', index, embedding: [index, 0.5, -0.25] })),
  model,
  usage: { prompt_tokens: USAGE.prompt_tokens, total_tokens: USAGE.prompt_tokens },
});

/** A response: whole, or as its first event, its pieces and its last. */
function respond(response: ServerResponse, model: string, streams: boolean): void {
  const id = 'msg_fake';
  const begun = {
    id: 'resp_fake',
    object: 'response',
    created_at: 1_700_000_000,
    status: 'in_progress',
    model,
  };
  const part = { type: 'output_text', text: FAKE_PIECES.join(''), annotations: [] };
  const message = { type: 'message', id, role: 'assistant', status: 'completed', content: [part] };
  const usage = { input_tokens: 3, output_tokens: 5, total_tokens: 8 };
  const whole = { ...begun, status: 'completed', output: [message], usage };
  if (!streams) {
    json(response, whole);
    return;
  }
  const events = [
    { type: 'response.created', response: { ...begun, output: [] } },
    ...FAKE_PIECES.map((delta) => ({
      type: 'response.output_text.delta',
      item_id: id,
      output_index: 0,
      content_index: 0,
      delta,
    })),
    { type: 'response.completed', response: whole },
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const [sequence_number, event] of events.entries())
    response.write(`event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number })}\n\n`);
  response.end();
}

const frame = (model: string, object: string) => ({
  id: 'chatcmpl-fake',
  object,
  created: 1_700_000_000,
  model,
});

function stream(response: ServerResponse, model: string): void {
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({
      ...frame(model, 'chat.completion.chunk'),
      choices: [{ index: 0, delta, finish_reason }],
    })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ role: 'assistant', content: '' }));
  for (const content of FAKE_PIECES) response.write(chunk({ content }));
  response.write(chunk({}, 'stop'));
  const usage = { ...frame(model, 'chat.completion.chunk'), choices: [], usage: USAGE };
  response.end(`data: ${JSON.stringify(usage)}\n\ndata: [DONE]\n\n`);
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}
