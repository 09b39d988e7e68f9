// A fast mock of a chat-completions service in its own process: `POST /v1/chat/completions` streams as many chunks as the
// model's name says ("chunks-50000"), many events per write. Prints its port.
import { createServer } from 'node:http';

const EVENTS_PER_WRITE = 64;

const event = (fields) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'bench', system_fingerprint: 'fp_0123456789', choices: [{ index: 0, logprobs: null, finish_reason: null, ...fields }] })}\n\n`;
const events = Array.from({ length: EVENTS_PER_WRITE }, (_, i) =>
  event({ delta: { content: ` token${i}` } }),
);
const block = Buffer.from(events.join(''));

const stream = async (response, chunks) => {
  let left = chunks;
  while (left > 0) {
    const part = left >= EVENTS_PER_WRITE ? block : Buffer.from(events.slice(0, left).join(''));
    left -= EVENTS_PER_WRITE;
    if (!response.write(part)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end(`${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`);
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text) => {
    body += text;
  });
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    void stream(response, Number(JSON.parse(body).model.split('-')[1]));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
