// What virtual keys and the usage ledger cost a gateway: whole answers of a mock service on this machine, with no state, and with each.
// Prints requests a second (each is a row of the ledger), the median and 99th percentile in ms, and the commands that Redis has
// carried out for each request: `evalsha` are scripts, and what they do is counted besides; and how many bytes of its memory each
// request took. Of Redis where a redis-server is installed. node benchmarks/state.mjs [--requests 4000] [--at-once 32]
import '../scripts/quiet-end.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '@g4f/server';
import { Pool } from 'undici';

const { values } = parseArgs({ options: { requests: { type: 'string' }, 'at-once': { type: 'string' } } });
const [requests, atOnce] = [Number(values.requests ?? 4000), Number(values['at-once'] ?? 32)];

const adminKey = 'the-admin-key-of-a-benchmark';
const folder = await mkdtemp(join(tmpdir(), 'g4f-bench-state-'));
const children = [];

const start = async (command, args) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return String(line).trim();
};

const startRedis = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  await start('redis-server', ['--port', port, '--dir', folder, '--appendonly', 'yes', '--save', '']);
  return port;
};

/** What Redis tells of itself. */
const infoOf = (port, section) =>
  new Promise((resolve, reject) => {
    let said = '';
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`INFO ${section}\r\n`));
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      said += bytes;
      const [, length] = /^\$(\d+)\r\n/.exec(said) ?? [];
      if (length === undefined || said.length < Number(length) + length.length + 5) return;
      socket.destroy();
      resolve(said);
    });
  });

/** How many commands Redis has carried out, by name, and how many bytes it uses. */
const redisOf = async (port) => {
  const said = await infoOf(port, 'commandstats');
  const [, bytes] = /used_memory:(\d+)/.exec(await infoOf(port, 'memory'));
  const calls = [...said.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)].map(([, name, count]) => [
    name,
    Number(count),
  ]);
  return { calls: new Map(calls), bytes: Number(bytes) };
};

/** Scripts, and the commands inside and outside of them. */
const carriedOut = (before, after) =>
  [...after.calls.keys()]
    .filter((name) => name !== 'info')
    .map((name) => ({ name, calls: (after.calls.get(name) ?? 0) - (before.calls.get(name) ?? 0) }))
    .filter(({ calls }) => calls > 0)
    .map(({ name, calls }) => `${name} ${(calls / requests).toFixed(2)}`)
    .join(', ');

const measure = async (name, options, limits) => {
  const client = { provider: 'openai', apiKey: 'k', baseURL: `http://127.0.0.1:${upstream}/v1`, env: {} };
  const server = await serve({ port: 0, client, ...options });
  const pool = new Pool(server.url, { connections: atOnce });
  const post = async (path, key, body) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const { statusCode, body: answer } = await pool.request({
      path,
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const json = await answer.json();
    if (statusCode >= 400) throw new Error(JSON.stringify(json));
    return json;
  };
  const key =
    limits === undefined ? 'none' : (await post('/admin/keys', adminKey, { name: 'bench', limits })).key;
  const times = [];
  const ask = async () => {
    const begin = performance.now();
    const messages = [{ role: 'user', content: 'Hello' }];
    await post('/v1/chat/completions', key, { model: 'plain-1', messages, max_tokens: 16 });
    times.push(performance.now() - begin);
  };
  for (let i = 0; i < 200; i++) await ask();
  times.length = 0;
  const before = redis === undefined ? undefined : await redisOf(redis);
  const begin = performance.now();
  let left = requests;
  const worker = async () => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - begin) / 1000;
  const after = redis === undefined ? undefined : await redisOf(redis);
  await pool.close();
  await server.close();
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.floor(part * (times.length - 1))].toFixed(2);
  const commands = options.state?.startsWith('redis')
    ? `  Redis, for each request: ${carriedOut(before, after)}; ${Math.round((after.bytes - before.bytes) / requests)} bytes`
    : '';
  console.log(
    `${name.padEnd(24)} ${(requests / seconds).toFixed(0).padStart(6)}/s  ${at(0.5)} ms  ${at(0.99)} ms${commands}`,
  );
};

const limits = [
  { tokens: 1e12, per: 'day' },
  { requests: 1e9, per: 'minute' },
];
const upstream = await start(process.execPath, [join(import.meta.dirname, 'upstream.mjs')]);
const redis = spawnSync('redis-server', ['--version']).status === 0 ? await startRedis() : undefined;
try {
  await measure('no state', {});
  for (const [name, state] of [
    ['memory', 'memory'],
    ['SQLite', `sqlite:${join(folder, 'state.db')}`],
    ...(redis === undefined ? [] : [['Redis', `redis://127.0.0.1:${redis}`]]),
  ]) {
    await measure(`${name}, no limits`, { state, adminKey }, []);
    await measure(`${name}, two limits`, { state, adminKey }, limits);
  }
} finally {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}
