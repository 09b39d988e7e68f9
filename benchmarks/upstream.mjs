// A fast mock of a chat-completions service in its own process. The model's name says what it answers: `<kind>-<chunks>`.
// `plain`: chunks alike but for their text; `varying`: an id and padding of its own in each; both 64 events a write.
// `packets`: each event in a write, and a packet, of its own. `paced`: five events a second. `idle`: one event, and then
// silence. `big`: one of 8 MiB.
// Without `stream` the answer comes in one piece. Prints its port.
import { createServer } from 'node:http';

const EVENTS_PER_WRITE = 64;
const DIFFERENT = 4096;
const FRAME = {
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'bench',
  system_fingerprint: 'fp_0123456789',
};

const event = (fields, more = {}) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', ...FRAME, choices: [{ index: 0, logprobs: null, finish_reason: null, ...fields }], ...more })}\n\n`;
const END = `${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`;

const token = (i) => ({ delta: { content: ` token${i % EVENTS_PER_WRITE}` } });
const padding = (i) => ({ id: `chatcmpl-${i}`, obfuscation: 'x7Kp2Qm9'.slice(i % 8).repeat(1 + (i % 3)) });
const EVENTS = {
  plain: Array.from({ length: EVENTS_PER_WRITE }, (_, i) => event(token(i))),
  varying: Array.from({ length: DIFFERENT }, (_, i) => event(token(i), padding(i))),
};

/** Bytes of `count` events from the `from`th on. */
const bytesOf = (events, from, count) =>
  Buffer.from(Array.from({ length: count }, (_, i) => events[(from + i) % events.length]).join(''));
const BLOCKS = Object.fromEntries(
  Object.entries(EVENTS).map(([kind, events]) => [
    kind,
    Array.from({ length: events.length / EVENTS_PER_WRITE }, (_, i) =>
      bytesOf(events, i * EVENTS_PER_WRITE, EVENTS_PER_WRITE),
    ),
  ]),
);

const room = (response) => new Promise((resolve) => response.once('drain', resolve));

const stream = async (response, kind, chunks) => {
  const blocks = BLOCKS[kind];
  for (let sent = 0, at = 0; sent < chunks; sent += EVENTS_PER_WRITE, at++) {
    const left = chunks - sent;
    const block = left >= EVENTS_PER_WRITE ? blocks[at % blocks.length] : bytesOf(EVENTS[kind], sent, left);
    if (!response.write(block)) await room(response);
  }
  response.end(END);
};

const packets = async (response, chunks) => {
  response.socket.setNoDelay(true);
  for (let sent = 0; sent < chunks; sent++) {
    response.write(EVENTS.plain[sent % EVENTS_PER_WRITE]);
    await new Promise(setImmediate);
  }
  response.end(END);
};

const paced = async (response, chunks) => {
  for (let sent = 0; sent < chunks && !response.destroyed; sent++) {
    response.write(EVENTS.plain[sent % EVENTS_PER_WRITE]);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  response.end(END);
};

const BIG = `${event({ delta: { content: 'x'.repeat(8 * 1024 * 1024) } })}${END}`;

/** How each kind of stream is sent. */
const KINDS = {
  plain: (response, chunks) => stream(response, 'plain', chunks),
  varying: (response, chunks) => stream(response, 'varying', chunks),
  packets,
  paced,
  idle: (response) => response.write(EVENTS.plain[0]),
  big: (response) => response.end(BIG),
};

const message = { role: 'assistant', content: 'A short answer, as many are.' };
const WHOLE = JSON.stringify({
  id: 'chatcmpl-bench',
  ...FRAME,
  object: 'chat.completion',
  choices: [{ index: 0, message, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 7, total_tokens: 16 },
});

const server = createServer((request, response) => {
  const body = [];
  request.on('data', (bytes) => body.push(bytes));
  request.on('end', () => {
    const { model, stream: isStream } = JSON.parse(Buffer.concat(body).toString());
    const [kind, chunks] = model.split('-');
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
    if (isStream) void KINDS[kind](response, Number(chunks));
    else response.end(WHOLE);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
