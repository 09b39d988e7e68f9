// `npm run real-speech`: speech that is really made, written to a file, sent and heard, by both clients. It proves the path of the
// bytes and nothing of the words: PocketSphinx hardly understands espeak-ng.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AsyncClient, Client, type ClientOptions } from '@g4f/client';
import { readOptions } from '../command-line.ts';

const HELP = `npm run real-speech: espeak-ng speaks, PocketSphinx hears, and both clients stand between them. What is heard is printed,
and not judged: this tests the path from speech.create over toFile to transcriptions.create.

  --help   this text

Needs espeak-ng (Debian: apt-get install espeak-ng) and the Python package pocketsphinx 5.1.1, of the Python that
G4F_PYTHON names (python3 unless set).`;

readOptions(HELP, {});
const INPUT = 'Go forward ten meters. The weather is beautiful today.';
const SPEECH = { model: 'espeak-ng', voice: 'en-us', input: INPUT } as const;

const child = spawn(process.execPath, [fileURLToPath(new URL('./server.mjs', import.meta.url))], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const [line] = await once(child.stdout, 'data');
const options: ClientOptions = {
  env: {},
  baseURL: `http://127.0.0.1:${String(line).trim()}/v1`,
  maxRetries: 0,
};
const folder = await mkdtemp(join(tmpdir(), 'g4f-speech-'));

/** One client: sound in memory, sound in a file, and what was heard in each. */
interface Path {
  readonly name: string;
  bytes(): Promise<Uint8Array>;
  toFile(path: string): Promise<void>;
  hear(file: string | Uint8Array): Promise<string>;
}

const client = new AsyncClient(options);
const blocking = new Client(options);
const paths: readonly Path[] = [
  {
    name: 'AsyncClient',
    bytes: async () => (await client.audio.speech.create(SPEECH)).bytes(),
    toFile: async (path) => (await client.audio.speech.create(SPEECH)).toFile(path),
    hear: async (file) => (await client.audio.transcriptions.create({ model: 'pocketsphinx', file })).text,
  },
  {
    name: 'Client',
    bytes: async () => blocking.audio.speech.create(SPEECH).bytes(),
    toFile: async (path) => blocking.audio.speech.create(SPEECH).toFile(path),
    hear: async (file) => blocking.audio.transcriptions.create({ model: 'pocketsphinx', file }).text,
  },
];

try {
  const all: { readonly sound: Buffer; readonly text: string }[] = [];
  for (const { name, bytes, toFile, hear } of paths) {
    const path = join(folder, `${name}.wav`);
    await toFile(path);
    const sound = await readFile(path);
    assert.equal(sound.subarray(0, 4).toString(), 'RIFF');
    assert.ok(sound.length > 50_000, `${sound.length} bytes are no sentence`);
    assert.ok(sound.equals(await bytes()), 'the file holds other sound than the memory');
    const text = await hear(path);
    assert.match(text, /^[a-z' ]+$/, 'no words were heard');
    assert.equal(await hear(sound), text, 'bytes are heard as another text than their file');
    console.log(
      `ok  ${name}: ${sound.length} bytes of sound; said ${JSON.stringify(INPUT)}, heard ${JSON.stringify(text)}`,
    );
    all.push({ sound, text });
  }
  const [one, other] = all;
  assert.deepEqual(one, other, 'the two clients got different things');
  console.log('The path is whole.');
} catch (error) {
  console.log(`FAILED  ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  client.close();
  blocking.close();
  child.kill();
  await rm(folder, { recursive: true, force: true });
}
