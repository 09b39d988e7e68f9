// Runs programs to their end, and tells how long they took and how much CPU they used.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/** The command, as it is built. */
export const COMMAND = join(import.meta.dirname, '../../apps/cli/bin/g4f.js');

/** Ms from the start of a Node program to its end, and what it printed. */
export const timed = async (args, env) => {
  const begin = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  const [code] = await once(child, 'close');
  const ms = performance.now() - begin;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${stderr}`);
  return { ms, stdout };
};

const PRELOADED = new URL('./cpu-at-exit.mjs', import.meta.url).href;

/** Ms of CPU that a Node program used. */
export const cpuOf = async (args, env, folder) => {
  const file = join(folder, 'cpu');
  await timed(['--import', PRELOADED, ...args], { ...env, G4F_BENCH_CPU: file });
  return Number(readFileSync(file, 'utf8'));
};

const PIECES = 20;

/** A service of OpenAI's protocol that answers everything at once, in twenty pieces. */
export const startService = async () => {
  const chunk = (delta, finish_reason) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-5.4', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const body = `${chunk({ content: 'word ' }, null).repeat(PIECES)}${chunk({}, 'stop')}data: [DONE]\n\n`;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/v1`, stop: () => server.close() };
};
