// Starts gateways as processes of their own, from the sources: vitest does not compile what runs there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'tsup';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { ServeOptions } from '../../src/index.ts';

const PACKAGE = join(import.meta.dirname, '../..');

/** A process that ends with the test. */
export interface GatewayProcess {
  readonly url: string;
  /** Ends it by this signal, and waits until it has. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Bundles the gateway before the tests of a file. @returns what starts one */
export const gatewayProcesses = (): ((options: ServeOptions) => Promise<GatewayProcess>) => {
  let folder = '';
  beforeAll(async () => {
    // Where the engines of the state are found.
    folder = await mkdtemp(join(PACKAGE, 'node_modules/.gateway-'));
    await build({
      config: false,
      silent: true,
      entry: { gateway: join(import.meta.dirname, 'gateway-process.ts') },
      outDir: folder,
      format: ['esm'],
      target: 'node20',
      platform: 'node',
      noExternal: [/^@g4f\//, /^hono/, /^@hono\//, /^zod/],
      external: ['ioredis', 'libsql', /^undici/],
      esbuildOptions(options) {
        options.conditions = ['@g4f/source'];
      },
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return async (options) => {
    const child = spawn(process.execPath, [join(folder, 'gateway.js'), JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const end: GatewayProcess['end'] = async (signal) => {
      child.kill(signal);
      await ended;
    };
    onTestFinished(() => end('SIGKILL'));
    const [line] = await Promise.race([
      once(child.stdout, 'data'),
      ended.then(() => Promise.reject(new Error('The gateway ended before it listened.'))),
    ]);
    return { url: String(line).trim(), end };
  };
};
