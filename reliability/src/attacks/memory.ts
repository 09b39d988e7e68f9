// Attacks on memory: answers without an end, heard by a program that has little.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Attack, Random } from './attack.ts';
import { ENDLESS, startEndless } from './endless.ts';

const PROMISE = 'No answer of any kind ends a process that has a heap of 128 MiB.';

const run = promisify(execFile);

/** The program that asks, bundled from the sources: a build of the client may be older than they are. */
async function bundleAsker(folder: string): Promise<string> {
  const { build } = await import('tsup');
  await build({
    config: false,
    silent: true,
    entry: { asker: fileURLToPath(new URL('./endless-asker.ts', import.meta.url)) },
    outDir: folder,
    format: ['cjs'],
    outExtension: () => ({ js: '.cjs' }),
    target: 'node20',
    platform: 'node',
    noExternal: [/./],
    splitting: false,
    esbuildOptions(options) {
      options.conditions = ['@g4f/source'];
    },
  });
  return join(folder, 'asker.cjs');
}

/** What the asker says became of each answer, one after the other in one process. */
async function ask(program: string, url: string, way: string): Promise<ReadonlyMap<string, string>> {
  const options = ['--max-old-space-size=128', program, url, way, ...Object.keys(ENDLESS)];
  const said = await run(process.execPath, options).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: Said) => {
      const [last] = stdout.trim().split('\n').slice(-1);
      throw new Error(`${way}: the process ended after "${last}": ${stderr.slice(-500)}`);
    },
  );
  return new Map(said.split('\n').map((line) => [line.split('\t')[0] ?? '', line.split('\t')[1] ?? '']));
}

/** What a process that failed has written. */
interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

export const MEMORY_ATTACKS: readonly Attack[] = ['stream', 'whole'].map((way) => ({
  name: `answers without an end, heard as a ${way}, in a heap of 128 MiB`,
  promise: PROMISE,
  async run(random: Random) {
    const folder = await mkdtemp(fileURLToPath(new URL('../../node_modules/.endless-', import.meta.url)));
    const endless = await startEndless(random);
    try {
      const said = await ask(await bundleAsker(folder), endless.url, way);
      for (const [kind, { ends }] of Object.entries(ENDLESS)) {
        const end = said.get(kind) ?? 'nothing';
        const expected = ends(way === 'stream');
        if (!expected.includes(end))
          throw new Error(`${kind}, ${way}: it ended with "${end}", and not with ${expected.join(' or ')}`);
      }
    } finally {
      endless.close();
      await rm(folder, { recursive: true });
    }
  },
}));
