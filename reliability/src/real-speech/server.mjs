// A small server that really speaks and hears, in OpenAI's protocol: espeak-ng speaks, PocketSphinx hears. It prints its port.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON = process.env.G4F_PYTHON ?? 'python3';
const HEAR = fileURLToPath(new URL('./hear.py', import.meta.url));
/** Bytes of a request. */
const MOST = 64 * 1024 * 1024;

/** What a program writes. @throws Error where it fails. */
const outputOf = (program, args, input) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const pieces = [];
    child.stdout.on('data', (piece) => pieces.push(piece));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(Buffer.concat(pieces)) : reject(new Error(`${program} ended with ${code}`)),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** 150 words a minute is its usual pace of speech. */
const speak = async (request) => {
  const { input, voice = 'en-us', speed = 1 } = await request.json();
  const pace = String(Math.round(150 * speed));
  const sound = await outputOf('espeak-ng', ['-v', voice, '-s', pace, '--stdin', '--stdout'], input);
  return new Response(sound, { headers: { 'content-type': 'audio/wav' } });
};

const hear = async (request) => {
  const file = (await request.formData()).get('file');
  if (!(file instanceof File)) return refused(400, 'file: a sound is needed');
  const folder = await mkdtemp(join(tmpdir(), 'g4f-speech-'));
  try {
    const path = join(folder, 'sound.wav');
    await writeFile(path, new Uint8Array(await file.arrayBuffer()));
    const text = (await outputOf(PYTHON, [HEAR, path])).toString().trim();
    return Response.json({ text });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const refused = (status, message) =>
  Response.json({ error: { message, type: 'invalid_request_error', param: null, code: null } }, { status });

const PATHS = { '/v1/audio/speech': speak, '/v1/audio/transcriptions': hear };

const answer = async (incoming) => {
  const act = Object.hasOwn(PATHS, incoming.url) ? PATHS[incoming.url] : undefined;
  if (act === undefined || incoming.method !== 'POST') return refused(404, 'there is no such path');
  const pieces = [];
  let size = 0;
  for await (const piece of incoming) {
    size += piece.length;
    if (size > MOST) return refused(413, 'the body is too large');
    pieces.push(piece);
  }
  const type = incoming.headers['content-type'] ?? '';
  const body = Buffer.concat(pieces);
  return act(new Request('http://127.0.0.1/', { method: 'POST', headers: { 'content-type': type }, body }));
};

const server = createServer(async (incoming, outgoing) => {
  const given = await answer(incoming).catch((error) => refused(500, String(error)));
  outgoing.writeHead(given.status, { 'content-type': given.headers.get('content-type') });
  outgoing.end(Buffer.from(await given.arrayBuffer()));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
// It ends with who started it.
process.stdin.on('end', () => process.exit()).resume();
