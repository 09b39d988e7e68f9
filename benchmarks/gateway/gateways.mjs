// The gateways that are measured, each a process of its own.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HOW, PEERS_FOLDER, peerVersion } from '../peers.mjs';

const here = import.meta.dirname;
const PORTKEY = '@portkey-ai/gateway';
/** Most that a gateway may take to listen, in ms. */
const START_MS = 60_000;

/** LiteLLM's proxy, from PyPI. */
const LITELLM = join(PEERS_FOLDER, '.venv/bin/litellm');
const HOW_LITELLM =
  "python3 -m venv benchmarks/peers/.venv && benchmarks/peers/.venv/bin/pip install 'litellm[proxy]==1.108.7'";

/** What all are compared with. */
export const BASE = 'bare';
/** By name: a title; for those of others whether one is installed, and how it is. */
export const GATEWAYS = {
  bare: { title: 'bare undici' },
  g4f: { title: '@g4f/server' },
  portkey: { title: 'Portkey', how: HOW, isThere: () => peerVersion(PORTKEY) !== undefined },
  litellm: { title: 'LiteLLM', how: HOW_LITELLM, isThere: () => existsSync(LITELLM) },
};

/** Why one cannot be measured here, or undefined. */
export const missing = (name) => {
  const { how, isThere, title } = GATEWAYS[name];
  return how === undefined || isThere() ? undefined : `${title} is skipped: it is not installed (${how})`;
};

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

const launch = (file, args, stderr = 'inherit') =>
  fork(file, args, {
    execArgv: ['--import', join(here, 'answers-usage.mjs')],
    stdio: ['ignore', 'pipe', stderr, 'ipc'],
  });

/** It listens on a port that it is given, and is told in headers whom to ask. */
const startPortkey = async (upstream) => {
  const port = await freePort();
  const file = join(PEERS_FOLDER, 'node_modules', PORTKEY, 'build/start-server.js');
  const child = launch(file, [`--port=${port}`, '--headless'], 'ignore');
  child.stdout.resume();
  const headers = {
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstream}/v1`,
  };
  await answers(child, `http://127.0.0.1:${port}/`);
  return { child, port, headers };
};

/** Waits until it does. @throws Error if it ends before, or does not in time; then it has been killed */
const answers = async (child, url) => {
  const ended = new AbortController();
  const over = (why) => ended.abort(why instanceof Error ? why : new Error(`it ended with ${why}`));
  child.once('error', over).once('exit', over);
  const late = setTimeout(over, START_MS, new Error(`it did not answer within ${START_MS / 1000} s`));
  const ask = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    while (!(await ask())) await pause(100, undefined, { signal: ended.signal });
  } catch {
    child.kill('SIGKILL');
    throw ended.signal.reason;
  } finally {
    clearTimeout(late);
    child.off('error', over).off('exit', over);
  }
};

/** One worker, with a key, all of whose models are the upstream's. */
const startLiteLLM = async (upstream) => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'g4f-litellm-'));
  const params = { model: 'openai/*', api_base: `http://127.0.0.1:${upstream}/v1`, api_key: 'key' };
  const config = {
    model_list: [{ model_name: '*', litellm_params: params }],
    general_settings: { master_key: 'sk-key' },
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config));
  const args = ['--config', join(folder, 'config.yaml'), '--host', '127.0.0.1', '--port', String(port)];
  args.push('--num_workers', '1');
  const child = spawn(LITELLM, args, {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: 'True' },
  });
  const end = () => child.kill('SIGKILL');
  process.on('exit', end);
  child.once('exit', () => {
    process.off('exit', end);
    rmSync(folder, { recursive: true, force: true });
  });
  await answers(child, `http://127.0.0.1:${port}/health/liveliness`);
  return { child, port, headers: { authorization: 'Bearer sk-key' }, cpu: async () => cpuOf(child.pid) };
};

/** What a process has used so far, in µs, where Linux tells it: proc(5), fields 14 and 15, in hundredths of a second. */
const cpuOf = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
};

const startOurs = async (name, upstream) => {
  const child = launch(join(here, `${name}.mjs`), [String(upstream)]);
  const [line] = await once(child.stdout, 'data', { signal: AbortSignal.timeout(START_MS) });
  return { child, port: Number(String(line)), headers: {} };
};

/** Starts one. `cpu` gives µs so far; `memory` heap and resident memory in bytes, after a collection, and the CPU with it. */
export const startGateway = async (name, upstream) => {
  const start = { portkey: startPortkey, litellm: startLiteLLM }[name];
  const { child, port, headers, cpu } = await (start?.(upstream) ?? startOurs(name, upstream));
  const tell = async (what) => {
    const told = once(child, 'message');
    child.send(what);
    return (await told)[0];
  };
  return {
    url: `http://127.0.0.1:${port}`,
    headers: { 'content-type': 'application/json', authorization: 'Bearer key', ...headers },
    cpu: cpu ?? (() => tell('cpu')),
    memory: () => tell('memory'),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
};
