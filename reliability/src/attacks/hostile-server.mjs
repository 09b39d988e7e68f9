// A service that repeats what it is sent wherever it can, in a thread of its own: the synchronous client blocks its caller's.
// The path says how: `/repeat-as/form/…`.
import { createServer } from 'node:net';
import { parentPort } from 'node:worker_threads';

const base64 = (text) => Buffer.from(text).toString('base64');
const hex = (text) => Buffer.from(text).toString('hex');
const each = (text, write) => Array.from(text, write).join('');
const at = (text, index, piece) => text.slice(0, index) + piece + text.slice(index);

/** The forms in which a key is repeated. */
const FORMS = {
  plain: (key) => key,
  base64: (key) => base64(key),
  password: (key) => `Basic ${base64(`anybody:${key}`)}`,
  user: (key) => base64(`${key}:`),
  slashes: (key) => JSON.stringify(key).replaceAll('/', '\\/'),
  unicode: (key) => each(key, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  url: (key) => encodeURIComponent(key),
  percent: (key) => each(key, (c) => `%${hex(c)}`),
  entities: (key) => each(key, (c) => `&#${c.charCodeAt(0)};`),
  hex,
  upper: (key) => key.toUpperCase(),
  lower: (key) => key.toLowerCase(),
  blank: (key) => at(key, 9, ' '),
  breaks: (key) => at(key, 12, '\\n'),
  short: (key) => key.slice(0, 10),
  long: (key) => `${'refused '.repeat(24)}${key}`,
};

const response = (status, headers, body) =>
  [
    `HTTP/1.1 ${status} Repeated`,
    ...Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '',
    body,
  ].join('\r\n');

const JSON_TYPE = { 'content-type': 'application/json' };
const EVENTS = { 'content-type': 'text/event-stream' };
const CONTROLS = '\u009b31m\u001b]0;title\u0007\u202egnp\u0000';

/** What is answered, by its name. `key` is the key in its form. */
const ANSWERS = {
  'raw-bytes': ({ raw }) => raw,
  'bad-header': ({ key, raw }) => `HTTP/1.1 200 OK\r\n${key} no header ${raw}\r\n\r\n`,
  'bad-chunk': ({ key, raw }) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz${key}\r\n${raw}`,
  'bad-gzip': ({ raw }) => response(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }, raw),
  'odd-encoding': ({ key, raw }) => response(200, { ...JSON_TYPE, 'content-encoding': key }, raw),
  'refusal-400': ({ key, body, said }) => response(400, JSON_TYPE, said(`${CONTROLS}${key} sent ${body}`)),
  'refusal-401': ({ key, said }) => response(401, JSON_TYPE, said(`Incorrect API key: ${key}. Get another.`)),
  'refusal-500': ({ raw }) => response(500, { 'content-type': 'text/plain' }, raw),
  'odd-headers': ({ key, body }) =>
    response(200, { 'content-type': `text/${key}`, 'x-request-id': `${key}\u009b2J` }, body || 'nothing'),
  'whole-request': ({ raw, headers }) => response(200, JSON_TYPE, JSON.stringify({ headers, data: raw })),
  page: ({ raw }) => response(200, { 'content-type': 'text/html' }, `<html><title>x</title>${raw}</html>`),
  'failure-in-stream': ({ key, body, said }) =>
    response(200, EVENTS, `data: ${said(`${key} said ${body}`)}\n\n`),
  'event-without-json': ({ key, body }) => response(200, EVENTS, `data: ${key} said ${body}\n\ndata: x\n\n`),
  redirect: ({ key, elsewhere }) =>
    response(
      307,
      {
        location: `http://me:${encodeURIComponent(key)}@${elsewhere}/${encodeURIComponent(key)}?key=${encodeURIComponent(key)}`,
      },
      '',
    ),
};

let elsewhere = '';
let hits = 0;
let here = '';
/** The targets of all requests, as they came. */
const targets = [];

/** Addresses that are not the service's own, as it may name them. */
const FOREIGN = [
  () => `http://${elsewhere}/x`,
  () => `https://${elsewhere}/x`,
  () => `http://${here}@${elsewhere}/x`,
  () => `http://me:secret@${here}/prediction`,
  () => `//${elsewhere}/x`,
  () => `http://${elsewhere}\\@${here}/x`,
  () => `http://${elsewhere}#${here}`,
  () => `http://${elsewhere}?.replicate.com`,
  () => `http://127.1:${elsewhere.split(':')[1]}/x`,
  () => `https://replicate.com.${elsewhere}/x`,
  () => `http:${elsewhere}/x`,
];

const answerTo = (raw) => {
  const [head = '', body = ''] = raw.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => line.split(': ')).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const [, way, form] = (first.split(' ')[1] ?? '').split('/').map(decodeURIComponent);
  const sent =
    headers['x-api-key'] ??
    headers['x-goog-api-key'] ??
    headers.authorization?.replace('Bearer ', '') ??
    'no key';
  targets.push(first);
  if (way === 'prediction') {
    const foreign = FOREIGN[Number(form) % FOREIGN.length]();
    const urls = { stream: foreign, get: foreign, cancel: foreign };
    return response(201, JSON_TYPE, JSON.stringify({ id: 'p', status: 'starting', urls }));
  }
  const key = FORMS[form]?.(sent) ?? sent;
  const said = (message) => JSON.stringify({ error: { message, type: key, code: key } });
  return ANSWERS[way]?.({ raw, body, key, headers, said, elsewhere }) ?? response(404, JSON_TYPE, '{}');
};

const server = createServer((socket) => {
  let raw = '';
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    raw += bytes.toString('utf8');
    const end = raw.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(raw)?.[1] ?? 0);
    if (end === -1 || Buffer.byteLength(raw.slice(end + 4)) < length) return;
    // latin1 would not do: the prompt has letters beyond it.
    socket.end(Buffer.from(answerTo(raw), 'utf8'));
  });
});
const other = createServer((socket) => {
  hits += 1;
  socket.destroy();
});

const portOf = (one) =>
  new Promise((resolve) => one.listen(0, '127.0.0.1', () => resolve(one.address().port)));
elsewhere = `127.0.0.1:${await portOf(other)}`;
const port = await portOf(server);
here = `127.0.0.1:${port}`;
// What it saw since it was asked last.
parentPort.on('message', () => parentPort.postMessage({ hits, targets: targets.splice(0) }));
parentPort.postMessage({ port, elsewhere });
