// The base: node:http and undici, which hand bytes on and promise nothing. `node bare.mjs <upstream's port>` prints its port.
import { createServer } from 'node:http';
import { pipeline } from 'node:stream';
import { Agent, request } from 'undici';

const upstream = `http://127.0.0.1:${process.argv[2]}`;
const dispatcher = new Agent();
const server = createServer(async (asked, answer) => {
  const leaving = new AbortController();
  answer.on('close', () => leaving.abort());
  const pieces = [];
  for await (const piece of asked) pieces.push(piece);
  const { statusCode, headers, body } = await request(upstream + asked.url, {
    method: asked.method,
    headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
    body: Buffer.concat(pieces),
    signal: leaving.signal,
    dispatcher,
    // As long as the gateway beside it: an idle stream is not cut.
    bodyTimeout: 0,
  });
  answer.writeHead(statusCode, { 'content-type': headers['content-type'] });
  pipeline(body, answer, () => undefined);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.on('unhandledRejection', () => undefined);
