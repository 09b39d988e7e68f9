// A service that keeps responses, in a thread of its own: `Client` blocks the one of the test.
import { Worker } from 'node:worker_threads';

/** The service, and what it was asked. */
export interface RemoteService {
  readonly url: string;
  /** Method, path and authorization of each request since it was last told to forget. */
  seen(): readonly (readonly [method: string, path: string, authorization: string])[];
  forget(): void;
  /** Answers this to all that follows, until it is told to forget. */
  say(body: unknown, status?: number): void;
  close(): Promise<unknown>;
}

/** So many bytes may be seen. */
const ROOM = 1 << 16;

const SOURCE = `
const { createServer } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
const { seen, told } = workerData;
const read = (shared) => {
  const length = Atomics.load(new Int32Array(shared, 0, 1), 0);
  return length === 0 ? undefined : JSON.parse(Buffer.from(shared, 4, length).toString());
};
const write = (shared, value) => {
  const bytes = Buffer.from(JSON.stringify(value));
  Buffer.from(shared, 4).set(bytes);
  Atomics.store(new Int32Array(shared, 0, 1), 0, bytes.length);
};
const message = (id, text) => ({ type: 'message', id, role: 'user', content: [{ type: 'input_text', text }] });
const answer = (url, method, body) => {
  const who = url.pathname.split('/')[1];
  const response = {
    id: 'resp_' + who,
    object: 'response',
    created_at: 5,
    status: 'completed',
    model: 'model-1',
    output: [{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] }],
    usage: { input_tokens: 1, input_tokens_details: { cached_tokens: 0 }, output_tokens: 2, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 3 },
  };
  if (method === 'DELETE') return { id: url.pathname.split('/').at(-1), object: 'response', deleted: true };
  if (!url.pathname.endsWith('/input_items')) return body?.stream === true ? [response] : response;
  const after = url.searchParams.get('after');
  const all = ['msg_1', 'msg_2', 'msg_3'].map((id) => message(id, id));
  const rest = all.slice(all.findIndex(({ id }) => id === after) + 1);
  const data = rest.slice(0, Number(url.searchParams.get('limit') ?? 20));
  return { object: 'list', data, first_id: data[0].id, last_id: data.at(-1).id, has_more: data.length < rest.length };
};
const server = createServer((request, reply) => {
  let text = '';
  request.on('data', (chunk) => { text += chunk; });
  request.on('end', () => {
    write(seen, [...(read(seen) ?? []), [request.method, request.url, request.headers.authorization]]);
    const said = read(told) ?? { status: 200, body: answer(new URL(request.url, 'http://x'), request.method, text === '' ? undefined : JSON.parse(text)) };
    if (Array.isArray(said.body)) {
      const [response] = said.body;
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      const events = [
        { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
        { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'Hello' },
        { type: 'response.completed', response },
      ];
      events.forEach((event, sequence_number) => reply.write('event: ' + event.type + '\\ndata: ' + JSON.stringify({ ...event, sequence_number }) + '\\n\\n'));
      reply.end();
      return;
    }
    reply.writeHead(said.status, { 'content-type': 'application/json', 'x-request-id': 'req_1' });
    reply.end(JSON.stringify(said.body));
  });
});
// A thread that is blocked by Client must not find its connections closed for having been idle.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Starts it on a free port. */
export const startRemoteService = async (): Promise<RemoteService> => {
  const [seen, told] = [new SharedArrayBuffer(ROOM), new SharedArrayBuffer(ROOM)];
  const worker = new Worker(SOURCE, { eval: true, workerData: { seen, told } });
  const port = await new Promise<number>((listening, failed) => {
    worker.once('message', listening);
    worker.once('error', failed);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    seen: () => (read(seen) ?? []) as ReturnType<RemoteService['seen']>,
    forget() {
      for (const shared of [seen, told]) new Int32Array(shared, 0, 1).fill(0);
    },
    say(body, status = 200) {
      const bytes = Buffer.from(JSON.stringify({ body, status }));
      Buffer.from(told, 4).set(bytes);
      Atomics.store(new Int32Array(told, 0, 1), 0, bytes.length);
    },
    close: () => worker.terminate(),
  };
};

function read(shared: SharedArrayBuffer): unknown {
  const length = Atomics.load(new Int32Array(shared, 0, 1), 0);
  return length === 0 ? undefined : JSON.parse(Buffer.from(shared, 4, length).toString());
}
