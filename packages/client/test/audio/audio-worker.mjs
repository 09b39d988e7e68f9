// A service that speaks and hears, in a thread of its own: a server in a blocked thread could never answer.
// What it is told to read aloud, or the prompt of a transcription, says what it does.
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const counts = new Int32Array(workerData.counts);
const Count = { Requests: 0, Left: 1, KilobytesSent: 2, KilobytesHeard: 3 };
const count = (slot, by = 1) => {
  Atomics.add(counts, slot, by);
  Atomics.notify(counts, slot);
};

const HEAD = Buffer.from('ID3\x04\0\0\0\0\0\0');
const sound = (bytes) => Buffer.concat([HEAD, Buffer.alloc(bytes - HEAD.length, 7)]);
const MPEG = { 'content-type': 'audio/mpeg', 'x-request-id': 'req-sound' };

const SPEAKS = {
  good: (response) => response.writeHead(200, MPEG).end(sound(200_000)),
  html: (response) =>
    response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('<!doctype html><title>Hi</title>'),
  words: (response) => response.writeHead(200, MPEG).end('Internal Server Error'),
  'json-error': (response) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: 'Slow down.', code: 'rate_limit_exceeded' } })),
  empty: (response) => response.writeHead(200, MPEG).end(),
  short(response) {
    response.writeHead(200, { ...MPEG, 'content-length': '100000' });
    response.write(sound(40_000), () => response.destroy());
  },
  'cut-chunks'(response) {
    response.writeHead(200, MPEG);
    response.write(sound(40_000), () => response.destroy());
  },
  stall(response) {
    response.writeHead(200, MPEG).write(sound(1000));
  },
  refused: (response) =>
    response
      .writeHead(400, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: 'No such voice.' } })),
  long(response) {
    response.writeHead(200, MPEG);
    const piece = sound(64 * 1024);
    const send = (left) => {
      if (left === 0) response.end();
      else
        response.write(piece, () => {
          count(Count.KilobytesSent, 64);
          send(left - 1);
        });
    };
    send(1600);
  },
};

const TEXT = 'Grüezi mitenand. Wie goht’s?';
const SEGMENTS = [
  { id: 0, start: 0, end: 1.5, text: ' Grüezi mitenand.' },
  { id: 1, start: 1.75, end: 3661.004, text: ' Wie goht’s?' },
];
const VERBOSE = {
  task: 'transcribe',
  language: 'german',
  duration: 3661.004,
  text: TEXT,
  segments: SEGMENTS,
};
const json = (body) => ({ type: 'application/json', body: JSON.stringify(body) });
const event = (data) => `data: ${JSON.stringify(data)}\n\n`;
const DELTAS = ['Grüezi ', 'mitenand. ', 'Wie goht’s?'].map((delta) =>
  event({ type: 'transcript.text.delta', delta }),
);
const DONE = event({ type: 'transcript.text.done', text: TEXT, usage: { type: 'duration', seconds: 3662 } });

const HEARS = {
  json: () => json({ text: TEXT, usage: { type: 'duration', seconds: 3662 } }),
  verbose_json: () => json(VERBOSE),
  text: () => ({ type: 'text/plain', body: `${TEXT}\n` }),
  srt: () => ({ type: 'text/plain', body: `1\n00:00:00,000 --> 00:00:01,500\nGrüezi mitenand.\n\n` }),
  vtt: () => ({ type: 'text/plain', body: `WEBVTT\n\n00:00.000 --> 00:01.500\nGrüezi mitenand.\n\n` }),
  diarized_json: () =>
    json({
      task: 'transcribe',
      duration: 3,
      text: TEXT,
      segments: SEGMENTS.map((one) => ({ ...one, speaker: 'A' })),
    }),
  stream: () => ({ type: 'text/event-stream', body: `${DELTAS.join('')}${DONE}` }),
};
const ODD = {
  'only-json': () => json(VERBOSE),
  'no-times': () => json({ text: TEXT }),
  html: () => ({ type: 'text/html', body: '<!doctype html><title>Hi</title>' }),
  page: () => ({ type: 'text/plain', body: '<h1>502 Bad Gateway</h1>' }),
  nothing: () => ({ type: 'text/plain', body: '' }),
  'error-list': () => json([{ error: { message: 'Slow down.', code: 'rate_limit_exceeded' } }]),
  'no-speakers': () => json(VERBOSE),
  'own-format': () => json({ text: TEXT, format: 'text', language: 'de' }),
  empty: () => json({}),
  'json-error': () => json({ error: { message: 'Slow down.', code: 'rate_limit_exceeded' } }),
  cut: () => ({ type: 'text/event-stream', body: DELTAS.join('') }),
  'no-stream': () => json({ text: TEXT }),
  'error-event': () => ({
    type: 'text/event-stream',
    body: `${DELTAS[0]}${event({ error: { message: 'Overloaded.', code: 'overloaded' } })}`,
  }),
};

const field = (text, name) => new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)`).exec(text)?.[1];

async function hear(request, response) {
  // Of a long file only its ends are looked at.
  let head = '';
  let tail = '';
  for await (const piece of request) {
    count(Count.KilobytesHeard, Math.ceil(piece.length / 1024));
    const text = piece.toString('latin1');
    if (head.length < 4096) head += text.slice(0, 4096);
    tail = (tail + text).slice(-4096);
  }
  const kept = head.endsWith(tail) ? head : head + tail;
  const format = field(kept, 'stream') === 'true' ? 'stream' : (field(kept, 'response_format') ?? 'json');
  const answer = ODD[field(kept, 'prompt')] ?? HEARS[format];
  const { type, body } =
    field(kept, 'prompt') === 'echo'
      ? json({
          text: `${request.url} ${/filename="([^"]*)"\r\ncontent-type: (\S*)/.exec(kept)?.slice(1)} ${request.headers['content-length'] ?? 'chunked'}`,
        })
      : answer();
  response.writeHead(200, { 'content-type': type, 'x-request-id': 'req-text' }).end(body);
}

const server = createServer((request, response) => {
  count(Count.Requests);
  response.on('close', () => response.writableFinished || count(Count.Left));
  if (request.url.endsWith('/speech')) {
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => SPEAKS[JSON.parse(body).input](response));
  } else void hear(request, response);
});
// A thread that is blocked by Client must not find its connections closed for having been idle.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => parentPort.postMessage(`http://127.0.0.1:${server.address().port}/v1`));
