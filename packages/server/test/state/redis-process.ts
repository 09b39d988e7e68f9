// A real redis-server as a process: its port, its folder, its append-only file.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether there is one to start. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** One that runs. */
export interface RedisProcess {
  readonly url: string;
  readonly port: number;
  /** Ends it by SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and the same file. */
  restart(): Promise<void>;
  /** Ends it, and takes its folder away. */
  remove(): Promise<void>;
}

export const runRedis = async (): Promise<RedisProcess> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-redis-'));
  const port = await freePort();
  let child = await run(port, folder);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    async restart() {
      child = await run(port, folder);
    },
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

async function run(port: number, folder: string): Promise<ChildProcess> {
  const child = spawn(
    'redis-server',
    // Written before each reply: by default Redis may hold that back for two seconds while the disk is busy.
    [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
      ...['--appendonly', 'yes', '--appendfsync', 'always'],
    ],
    { stdio: 'ignore' },
  );
  // Not before it has read its file.
  while (!(await answersPing(port))) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return child;
}

const answersPing = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      resolve(String(data).startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
  });

/** A port that nobody listens on now, below those that the system gives to whoever asks for any: one of these may be taken at any time. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(randomInt(10_000, 30_000), '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }
}
