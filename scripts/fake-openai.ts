// A small OpenAI-shaped service on this machine, so that examples and packed packages run without the network.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exampleOf } from './example-of.ts';

/** A running service. */
export interface FakeOpenAI {
  /** Its address up to, not including, `/chat/completions`. */
  readonly url: string;
  /** Method, path and parsed body of each request so far. */
  readonly requests: readonly FakeRequest[];
  /** The next time that the caller of a chat goes before its end. Chats that say `ENDLESS` have none. */
  left(): Promise<void>;
  close(): Promise<void>;
}

/** One request it got. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What it answers to everything but a request for JSON or with tools, in pieces. */
export const FAKE_PIECES: readonly string[] = ['Hello', ' from', ' the', ' fake', ' model.'];

/** What a chat says that is answered without end. */
export const ENDLESS = 'Go on for ever.';

const USAGE = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };

/** Starts it on a free port. */
export const startFakeOpenAI = async (): Promise<FakeOpenAI> => {
  const requests: FakeRequest[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const text = await readText(request);
    if (request.url?.includes('/audio/') === true) return audio(response, request.url, text);
    const body = readBody(text);
    requests.push({ method: request.method ?? '', path: request.url ?? '', body });
    const model = typeof body.model === 'string' ? body.model : 'fake';
    if (request.method === 'GET' && request.url?.endsWith('/models')) {
      return json(response, {
        object: 'list',
        data: [{ id: 'fake-1', object: 'model', created: 1, owned_by: 'fake' }],
      });
    }
    if (request.url?.includes('/search?') === true) {
      return json(response, {
        results: [{ title: 'Fake', url: 'https://fake.example/', content: 'A page.' }],
      });
    }
    if (request.url?.endsWith('/embeddings')) return json(response, embeddings(body.input, model));
    if (request.url?.endsWith('/moderations')) return json(response, moderations(body.input, model));
    if (/(?<!\/chat)\/completions$/.test(request.url ?? ''))
      return complete(response, model, body.stream === true);
    if (request.url?.includes('/responses/')) return stored(response, request);
    if (request.url?.endsWith('/responses')) return respond(response, model, body);
    if (/\/images\/\w+$/.test(request.url ?? '')) return images(response, body);
    if (!request.url?.endsWith('/chat/completions')) {
      return json(response, { error: { message: `no route ${request.url}` } }, 404);
    }
    response.once('close', () => {
      if (!response.writableFinished) for (const tell of waiting.splice(0)) tell();
    });
    if (JSON.stringify(body.messages ?? '').includes(ENDLESS)) return endless(response, model);
    const { calls, pieces } = fakeAnswer(body);
    const finish_reason = calls === undefined ? 'stop' : 'tool_calls';
    if (body.stream === true) return stream(response, model, pieces, calls, finish_reason);
    const content = calls === undefined ? pieces.join('') : null;
    const message = { role: 'assistant', content, refusal: null, ...(calls && { tool_calls: calls }) };
    json(response, {
      ...frame(model, 'chat.completion'),
      choices: [{ index: 0, message, finish_reason, logprobs: null }],
      usage: USAGE,
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake service got no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    left: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

/** What it says: a call of the first tool until that has a result, then JSON that fits what was asked for, or its pieces. */
interface FakeAnswer {
  readonly pieces: readonly string[];
  readonly calls?: readonly object[];
}

function fakeAnswer({ tools, messages, response_format }: FakeRequest['body']): FakeAnswer {
  const [tool] = Array.isArray(tools) ? tools : [];
  const said = JSON.stringify(messages);
  if (tool !== undefined && !said.includes('"role":"tool"')) {
    const { name, parameters } = tool.function;
    const called = { name, arguments: JSON.stringify(exampleOf(parameters)) };
    return { pieces: [], calls: [{ index: 0, id: 'call_1', type: 'function', function: called }] };
  }
  const inWords = /JSON Schema: (.*)"\},/.exec(said)?.[1];
  const schema =
    Object(response_format).json_schema?.schema ?? (inWords && JSON.parse(JSON.parse(`"${inWords}"`)));
  return { pieces: schema === undefined ? FAKE_PIECES : JSON.stringify(exampleOf(schema)).split(/(?=")/) };
}

/** A vector for each input, as numbers whatever form was asked for: as many services do. */
const embeddings = (input: unknown, model: string) => ({
  object: 'list',
  data: [input].flat().map((_, index) => ({ object: 'embedding', index, embedding: [index, 0.5, -0.25] })),
  model,
  usage: { prompt_tokens: USAGE.prompt_tokens, total_tokens: USAGE.prompt_tokens },
});

const moderations = (input: unknown, model: string) => ({
  id: 'modr-fake',
  model,
  results: [input]
    .flat()
    .map(() => ({ flagged: false, categories: { violence: false }, category_scores: { violence: 0.01 } })),
});

/** Whole, or in pieces that have the same shape. */
function complete(response: ServerResponse, model: string, streamed: boolean): void {
  const answer = (text: string, finish_reason: string | null) => ({
    ...frame(model, 'text_completion'),
    choices: [{ index: 0, text, logprobs: null, finish_reason }],
  });
  if (!streamed) {
    json(response, { ...answer(FAKE_PIECES.join(''), 'stop'), usage: USAGE });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const text of FAKE_PIECES) response.write(`data: ${JSON.stringify(answer(text, null))}\n\n`);
  response.end(`data: ${JSON.stringify(answer('', 'stop'))}\n\ndata: [DONE]\n\n`);
}

/** A response: whole, or as its first event, its pieces and its last. */
function respond(
  response: ServerResponse,
  model: string,
  { stream: streams, text }: FakeRequest['body'],
): void {
  const id = 'msg_fake';
  const begun = {
    id: 'resp_fake',
    object: 'response',
    created_at: 1_700_000_000,
    status: 'in_progress',
    model,
  };
  const { schema } = Object(Object(text).format);
  const pieces = schema === undefined ? FAKE_PIECES : JSON.stringify(exampleOf(schema)).split(/(?=")/);
  const part = { type: 'output_text', text: pieces.join(''), annotations: [] };
  const message = { type: 'message', id, role: 'assistant', status: 'completed', content: [part] };
  const usage = { input_tokens: 3, output_tokens: 5, total_tokens: 8 };
  const whole = { ...begun, status: 'completed', output: [message], usage };
  if (streams !== true) {
    json(response, whole);
    return;
  }
  const events = [
    { type: 'response.created', response: { ...begun, output: [] } },
    ...pieces.map((delta) => ({
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

/** A response that is kept, by its id: given again, deleted, or what it was the answer to. */
function stored(response: ServerResponse, { method, url = '' }: IncomingMessage): void {
  const data = [{ type: 'message', id: 'msg_asked', role: 'user', content: [] }];
  if (method === 'DELETE') json(response, { id: 'resp_fake', object: 'response', deleted: true });
  else if (url.includes('/input_items')) json(response, { object: 'list', data, has_more: false });
  else respond(response, 'fake', {});
}

/** A PNG of one pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** One image; as events where a stream is asked for. */
function images(response: ServerResponse, { stream: streams }: FakeRequest['body']): void {
  if (streams !== true) {
    json(response, { created: 1_700_000_000, data: [{ b64_json: PNG }] });
    return;
  }
  const event = { b64_json: PNG, created_at: 1_700_000_000 };
  const partial = { ...event, type: 'image_generation.partial_image', partial_image_index: 0 };
  const completed = { ...event, type: 'image_generation.completed' };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const one of [partial, completed]) response.write(`data: ${JSON.stringify(one)}\n\n`);
  response.end();
}

const frame = (model: string, object: string) => ({
  id: 'chatcmpl-fake',
  object,
  created: 1_700_000_000,
  model,
});

/** Pieces until the caller goes. */
function endless(response: ServerResponse, model: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const choices = [{ index: 0, delta: { content: 'on and ' }, finish_reason: null }];
  const piece = `data: ${JSON.stringify({ ...frame(model, 'chat.completion.chunk'), choices })}\n\n`;
  const timer = setInterval(() => response.write(piece), 5);
  response.once('close', () => clearInterval(timer));
}

function stream(
  response: ServerResponse,
  model: string,
  pieces: readonly string[],
  calls: FakeAnswer['calls'],
  finish: string,
): void {
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({
      ...frame(model, 'chat.completion.chunk'),
      choices: [{ index: 0, delta, finish_reason }],
    })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ role: 'assistant', content: '' }));
  for (const content of pieces) response.write(chunk({ content }));
  if (calls !== undefined) response.write(chunk({ tool_calls: calls }));
  response.write(chunk({}, finish));
  const usage = { ...frame(model, 'chat.completion.chunk'), choices: [], usage: USAGE };
  response.end(`data: ${JSON.stringify(usage)}\n\ndata: [DONE]\n\n`);
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const SEGMENTS = [{ id: 0, start: 0, end: 1.5, text: FAKE_PIECES.join('') }];

/** Sound, or what is heard in some: with its times whatever form was asked for, as some services do. */
function audio(response: ServerResponse, url: string, body: string): void {
  if (url.endsWith('/speech')) {
    const sound = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(1000)]);
    response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(sound);
  } else if (body.includes('name="stream"')) {
    const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const delta of FAKE_PIECES) response.write(event({ type: 'transcript.text.delta', delta }));
    response.end(event({ type: 'transcript.text.done', text: FAKE_PIECES.join('') }));
  } else json(response, { text: FAKE_PIECES.join(''), segments: SEGMENTS });
}

async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** A form is read by nobody. */
const readBody = (text: string): Readonly<Record<string, unknown>> =>
  text.startsWith('{') ? JSON.parse(text) : {};
