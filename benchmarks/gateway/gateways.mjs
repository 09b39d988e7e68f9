// The gateways that are measured, each a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { HOW, PEERS_FOLDER, peerVersion } from '../peers.mjs';

const here = import.meta.dirname;
const PORTKEY = '@portkey-ai/gateway';
/** Most that a gateway may take to listen, in ms. */
const START_MS = 60_000;

/** What all are compared with. */
export const BASE = 'bare';
/** By name: a title, and the package it needs from the peers. */
export const GATEWAYS = {
  bare: { title: 'bare undici' },
  g4f: { title: '@g4f/server' },
  portkey: { title: 'Portkey', peer: PORTKEY },
};

/** Why one cannot be measured here, or undefined. */
export const missing = (name) => {
  const { peer, title } = GATEWAYS[name];
  return peer === undefined || peerVersion(peer) !== undefined
    ? undefined
    : `${title} is skipped: ${peer} is not installed (${HOW})`;
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
  const end = Date.now() + START_MS;
  while (
    !(await fetch(`http://127.0.0.1:${port}/`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (Date.now() > end) throw new Error(`Portkey did not listen within ${START_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { child, port, headers };
};

const startOurs = async (name, upstream) => {
  const child = launch(join(here, `${name}.mjs`), [String(upstream)]);
  const [line] = await once(child.stdout, 'data', { signal: AbortSignal.timeout(START_MS) });
  return { child, port: Number(String(line)), headers: {} };
};

/** Starts one. `cpu` gives µs so far; `memory` heap and resident memory in bytes, after a collection, and the CPU with it. */
export const startGateway = async (name, upstream) => {
  const { child, port, headers } = await (name === 'portkey'
    ? startPortkey(upstream)
    : startOurs(name, upstream));
  const tell = async (what) => {
    const told = once(child, 'message');
    child.send(what);
    return (await told)[0];
  };
  return {
    url: `http://127.0.0.1:${port}`,
    headers: { 'content-type': 'application/json', authorization: 'Bearer key', ...headers },
    cpu: () => tell('cpu'),
    memory: () => tell('memory'),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
};
