// Every example of docs/cli.md, which is every example of the help, is run against a service on this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';
import { createKeychain, type FakeKeychain } from './fake-keychain.ts';
import { COMMAND, createHome, type Home } from './typed.ts';

const page = await readFile(fileURLToPath(new URL('../../../docs/cli.md', import.meta.url)), 'utf8');
/** By command, in order: later ones build on earlier ones. */
const sections = page
  .split(/^## g4f /m)
  .slice(1)
  .map((text): readonly [name: string, lines: readonly string[]] => [
    text.split('\n', 1)[0] ?? '',
    (/^```sh\n([\s\S]*?)^```/m.exec(text)?.[1] ?? '')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
  ]);

/** Stands for `npx -y @modelcontextprotocol/server-filesystem`, which would fetch it. */
const FILES_SERVER = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json')),
  'dist/index.js',
);

/** What a command says last, when it serves. */
const SERVES: Readonly<Record<string, string>> = { 'g4f gui': '/chat#model=', 'g4f mcp': 'its token' };

/** It fetches 98 MB: what it does is what the demo and the first question do. */
const FETCHES = 'g4f local pull smollm2-135m';

let home: Home;
let service: FakeOpenAI;
let keychain: FakeKeychain;
beforeAll(async () => {
  service = await startFakeOpenAI();
  home = await createHome();
  const bin = join(home.folder, 'bin');
  await mkdir(bin);
  await mkdir(join(home.folder, '.keychain'));
  keychain = await createKeychain(join(home.folder, '.keychain'));
  await writeFile(join(bin, 'g4f'), `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
  await chmod(join(bin, 'g4f'), 0o755);
  await writeFile(join(home.folder, 'notes.md'), '# Notes\n\nBuy milk.\n\nCall Ann.\n');
  await writeFile(
    join(home.folder, 'weather.mjs'),
    'export const weather = { description: "Tells the weather.", execute: () => "rain" };\n',
  );
  await writeFile(
    join(bin, 'npx'),
    `#!/bin/sh\nshift 2\nexec '${process.execPath}' '${FILES_SERVER}' "$@"\n`,
  );
  await chmod(join(bin, 'npx'), 0o755);
  await writeFile(join(bin, 'xdg-open'), '#!/bin/sh\n');
  await chmod(join(bin, 'xdg-open'), 0o755);
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const newest = { version: '999.0.0', 'repository.url': JSON.parse(manifest).repository.url };
  await writeFile(join(bin, 'npm'), `#!/bin/sh\necho '${JSON.stringify(newest)}'\n`);
  await chmod(join(bin, 'npm'), 0o755);
  await writeFile(join(home.folder, 'photo.png'), Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'));
  await writeFile(join(home.folder, 'speech.mp3'), Buffer.concat([Buffer.from('ID3'), Buffer.alloc(1000)]));
  const cache = join(home.folder, '.cache/g4f/models');
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'SmolLM2-135M-Instruct.Q4_1.gguf'), 'weights');
  expect(await runLine('git init -q . && git add notes.md')).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await service.close();
  await home.remove();
});

/** Runs a line in a shell; what serves until it is stopped is stopped when it serves. */
async function runLine(line: string) {
  const env = {
    ...home.env,
    PATH: `${join(home.folder, 'bin')}:${keychain.bin}:${home.env.PATH}`,
    ...{ OPENAI_API_KEY: 'sk-test-key', OPENAI_BASE_URL: service.url, MY_KEY: 'gsk-0123456789' },
  };
  // Another program may have the port that it takes by itself.
  const typed = line === 'g4f serve' ? 'g4f serve --port 0' : line;
  const child = spawn('sh', ['-c', /^g4f (?:serve|gui|mcp)/.test(typed) ? `exec ${typed}` : typed], {
    ...{ env, cwd: home.folder, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let stderr = '';
  const stopServing = (text: Buffer): void => {
    if (String(text).includes(SERVES[line.slice(0, 7)] ?? 'listens on')) child.kill('SIGINT');
  };
  child.stdout.on('data', stopServing);
  child.stderr.on('data', (text: Buffer) => {
    stderr += text;
    stopServing(text);
  });
  const [code] = await once(child, 'close');
  return { line, code, stderr };
}

it('there are some for every command', () => {
  expect(sections.length).toBeGreaterThan(15);
  expect(sections.filter(([, lines]) => lines.length === 0)).toEqual([]);
});

it.each(sections)('g4f %s', async (_, lines) => {
  for (const line of lines) {
    if (line === FETCHES) continue;
    const ran = await runLine(line);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
  }
});
