// The demo, run as a newcomer runs it: with a key, with a wrong one, with none, and with the embedded model.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAKE_PIECES, type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';

const demo = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** What `npm start` runs. */
const start = fileURLToPath(new URL('../dist/start.js', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the demo with nothing of our own keys in its environment. */
const run = (env: Readonly<Record<string, string>>, program = demo): Promise<Outcome> =>
  new Promise((resolve) => {
    const { PATH = '', HOME = '', XDG_CACHE_HOME, G4F_CACHE_DIR, G4F_LOCAL_MODEL } = process.env;
    const kept = { PATH, HOME, XDG_CACHE_HOME, G4F_CACHE_DIR, G4F_LOCAL_MODEL };
    const child = execFile(
      process.execPath,
      [program],
      { env: { ...kept, ...env } },
      (error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? (error === null ? 0 : 1), stdout, stderr }),
    );
  });

const answer = FAKE_PIECES.join('');
const printed = `Synchronous Stream:\n${answer}\n\nAsynchronous Stream:\n${answer}\n`;

describe('with OPENAI_API_KEY', () => {
  let service: FakeOpenAI;
  beforeAll(async () => {
    service = await startFakeOpenAI();
  });
  afterAll(() => service.close());

  it('prints the answer of the service twice, and nothing else', async () => {
    const outcome = await run({ OPENAI_API_KEY: 'sk-demo', OPENAI_BASE_URL: service.url });
    expect(outcome).toEqual({ code: 0, stdout: printed, stderr: '' });
  });

  it('asks gpt-4 the question of the example', () => {
    expect(service.requests.length).toBe(2);
    for (const { body } of service.requests) {
      expect(body).toMatchObject({
        model: 'gpt-4',
        stream: true,
        messages: [
          { role: 'user', content: 'Hey! How can I recursively list all files in a directory in Python?' },
        ],
      });
    }
  });
});

it('runs with a key although OpenAI has ended gpt-4: its successor answers when started as npm start does', async () => {
  const service = await startFakeOpenAI();
  const outcome = await run({ OPENAI_API_KEY: 'sk-demo', OPENAI_BASE_URL: service.url }, start);
  await service.close();
  expect(outcome).toMatchObject({ code: 0, stdout: printed });
  expect(outcome.stderr).toMatch(/^g4f: OpenAI ended gpt-4 on 2026-10-23\. openai is asked for .*\n$/);
  expect(service.requests.map(({ body }) => body.model)).toEqual(['gpt-5.6-sol', 'gpt-5.6-sol']);
});

it('says what to do about gpt-4 where nobody said that its successor shall answer', async () => {
  const outcome = await run({ OPENAI_API_KEY: 'sk-demo' });
  expect(outcome.code).toBe(1);
  expect(outcome.stdout).toMatch(/An error occurred: .*2026-10-23.*gpt-5\.6-sol.*G4F_RETIRED/);
});

it.each([
  ['the demo', demo],
  ['npm start, where a key was given and no stand-in answers for it', start],
])('tells a wrong key from where it was taken, once, and exits with 1: %s', async (_, program) => {
  const server = createServer((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'Incorrect API key provided: sk-wrong-key.' } }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const env = { OPENAI_API_KEY: 'sk-wrong-key', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` };
  const outcome = await run(env, program);
  server.close();
  expect(outcome.code).toBe(1);
  expect(outcome.stdout).toMatch(/^Synchronous Stream:\nAn error occurred: .*401.*OPENAI_API_KEY.*\n$/);
  expect(outcome.stdout + outcome.stderr).not.toContain('sk-wrong-key');
});

it('ends quietly when its reader has seen enough', async () => {
  const service = await startFakeOpenAI();
  const child = spawn(process.execPath, [demo], {
    env: { PATH: process.env.PATH, OPENAI_API_KEY: 'sk-demo', OPENAI_BASE_URL: service.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  child.stdout.destroy();
  await once(child, 'close');
  await service.close();
  expect(stderr).toBe('');
});

it('names the variable that is missing when there is no key and no stand-in', async () => {
  const outcome = await run({});
  expect(outcome.code).toBe(1);
  expect(outcome.stdout).toMatch(/An error occurred: .*"gpt-4".*OPENAI_API_KEY/);
  expect(outcome.stdout).toMatch(/fallback: "local".*npm install @g4f\/local-runtime/);
  expect(outcome.stdout).not.toMatch(/\n\s+at /);
});

it('answers with the embedded model when started as npm start does, and says so once', async ({ skip }) => {
  const outcome = await run({}, start);
  // Fetching 90 MB is the demo's own business, not a test's: without network and weights there is nothing to run.
  if (outcome.stdout.includes('no-provider') || /weights/.test(outcome.stdout)) {
    skip('the embedded model is not in the cache and could not be fetched; run `npm start` once');
  }
  expect(outcome.stderr.split('\n').filter((line) => line.startsWith('g4f: '))).toHaveLength(1);
  expect(outcome.stderr).toMatch(/local answers instead.*smollm2/);
  const [, sync, async] =
    /^Synchronous Stream:\n(.+)\n\nAsynchronous Stream:\n(.+)\n$/s.exec(outcome.stdout) ?? [];
  expect(sync).toMatch(/os\.walk|glob|os\.listdir|pathlib/);
  expect(async).toMatch(/os\.walk|glob|os\.listdir|pathlib/);
  expect(outcome.code).toBe(0);
});
