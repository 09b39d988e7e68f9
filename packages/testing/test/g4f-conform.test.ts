// The command, as a contributor runs it: a report, an exit code, and one line for every misuse.
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endWithoutReader } from '../../../scripts/without-reader.ts';

const COMMAND = join(import.meta.dirname, '../bin/g4f-conform.js');
const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-conform-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const conform = async (...args: readonly string[]) => {
  const done = await run(process.execPath, [COMMAND, ...args], { cwd: folder }).then(
    (ended) => ({ ...ended, code: 0 }),
    (failed) => failed,
  );
  return { code: done.code, out: done.stdout as string, err: (done.stderr as string).trim() };
};
const file = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return name;
};

describe('g4f-conform', () => {
  it('reports what is wrong with a TypeScript provider, in text and in JSON', async () => {
    const name = await file(
      'acme.ts',
      `export default { id: 'acme', name: 'Acme', website: 'https://acme.example', key: 'none', models: {} as Record<string, string>,
        wire: 'openai-chat', async *chat() { yield [{ type: 'answer-start' as const, model: 'm' }]; } };`,
    );
    const { code, out } = await conform(name, '--json', 'report.json');
    expect(code).toBe(1);
    expect(out).toContain('✓ has the facts of a provider');
    expect(out).toMatch(/✗ reads a text, whole: .+/);
    expect(out).toMatch(/\n\d+ passed, \d+ failed, \d+ skipped\n$/);
    const [report] = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ provider: 'acme', failed: expect.any(Number) });
    expect(out).not.toContain('\u001b[');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no file', [], /^Which provider\?/],
    ['a file that is not there', ['none.ts'], /^there is no file .+none\.ts$/],
    ['a folder of tapes that is not there', ['acme.ts', '--tapes', 'none'], /^there is no folder .+none$/],
    ['an unknown option', ['--tape'], /^Unknown option '--tape'/],
  ])('%s is misuse', async (_name, args, message) => {
    const { code, err } = await conform(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  // `mkfifo` is a program of Unix.
  it.skipIf(process.platform === 'win32')('waits for no pipe, and takes no folder for a file', async () => {
    const provider = await file('tapes-of.ts', 'export default { id: "a", models: {}, key: "none" };');
    await mkdir(join(folder, 'piped'));
    await mkdir(join(folder, 'nested/one.json'), { recursive: true });
    await run('mkfifo', [join(folder, 'piped/one.json'), join(folder, 'pipe.ts')]);
    for (const [args, message] of [
      [['pipe.ts'], /pipe\.ts is a pipe, and must be a file$/],
      [['piped'], /piped is a folder, and must be a file$/],
      [[provider, '--tapes', 'piped'], /^one\.json: is a pipe, and must be a file\.$/],
      [[provider, '--tapes', 'nested'], /^one\.json: is a folder, and must be a file\.$/],
      [[provider, '--tapes', provider], /tapes-of\.ts: is a file, and must be a folder\.$/],
    ] as const) {
      const { code, err } = await conform(...args);
      expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it('ends without a stack where its reader has left', async () => {
    // It waits for its standard input, so that its reader has left before it writes.
    const name = await file(
      'waits.ts',
      `export default await new Promise((go) => process.stdin.on('end', () => go({ id: 'a', key: 'none', models: {} })).resume());`,
    );
    const child = spawn(process.execPath, [COMMAND, name], { cwd: folder });
    expect(await endWithoutReader(child)).toEqual([141, '']);
  });

  it('says why a module is none', async () => {
    expect((await conform(await file('empty.ts', 'export const x = 1;'))).err).toMatch(/exports no provider/);
    expect((await conform(await file('broken.ts', 'throw new Error("no such luck");'))).err).toMatch(
      /cannot be loaded: no such luck/,
    );
  });

  it('tells its version, and how it is used', async () => {
    expect((await conform('--version')).out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await conform('--help')).out).toContain('Usage: g4f-conform <provider-entry.ts>');
  });
});
