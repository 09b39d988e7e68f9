// The build: one file that runs with the native build of this machine alone, and every licence beside it.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);
const dist = fileURLToPath(new URL('../dist', import.meta.url));

/** What a program prints. */
const printed = async (code: string, ...flags: readonly string[]): Promise<string> =>
  (await run(process.execPath, [...flags, '--input-type=module', '--eval', code])).stdout.trim();

/** A copy of the build in a project with these packages and no other. @returns its file */
function installed(packages: Readonly<Record<string, string>>): {
  readonly file: string;
  readonly folder: string;
} {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'g4f-sqlite-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const own = join(folder, 'node_modules/@g4f/sqlite');
  cpSync(dist, join(own, 'dist'), { recursive: true });
  for (const [path, text] of Object.entries({
    '@g4f/sqlite/package.json': '{"type":"module"}',
    ...packages,
  })) {
    mkdirSync(join(folder, 'node_modules', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', path), text);
  }
  return { file: join(own, 'dist/index.js'), folder };
}

it('opens a database with full-text search', async () => {
  const code = `import Database from ${JSON.stringify(pathToFileURL(join(dist, 'index.js')).href)};
const database = new Database(':memory:');
database.exec("CREATE VIRTUAL TABLE texts USING fts5(text); INSERT INTO texts VALUES ('Hello, world')");
console.log(database.prepare("SELECT count(*) AS found FROM texts WHERE texts MATCH 'world'").get().found);`;
  expect(await printed(code)).toBe('1');
});

it.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'takes the build for musl from the package that brings it',
  async () => {
    const { file, folder } = installed({
      '@g4f/sqlite-musl/package.json': '{}',
      '@g4f/sqlite-musl/node_modules/@libsql/linux-x64-musl/index.js': "console.log('the build for musl');",
    });
    const machine = join(folder, 'musl.cjs');
    // What tells that this is a machine with musl: Node's report, and the text of ldd.
    writeFileSync(
      machine,
      `process.report.getReport = () => ({ header: {} });
const fs = require('node:fs');
const read = fs.readFileSync;
fs.readFileSync = (path, ...more) => (path === '/usr/bin/ldd' ? 'musl libc' : read(path, ...more));`,
    );
    const code = `await import(${JSON.stringify(pathToFileURL(file).href)});`;
    expect(await printed(code, '--require', machine)).toBe('the build for musl');
  },
);

it('names every package that is in it', () => {
  const notices = readFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of ['libsql', '@neon-rs/load', 'detect-libc'])
    expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
});
