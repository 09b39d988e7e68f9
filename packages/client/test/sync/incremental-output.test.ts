// A program that prints in a blocking loop is seen to print piece by piece, by a reader in another process.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fixture, runProgram } from './program.ts';
import { type Service, startService } from './service.ts';

// Programs are started, deadlines are waited for, and the machine may do much else.
vi.setConfig({ testTimeout: 40_000 });

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Print {
  readonly at: number;
  readonly text: string;
}

/**
 * The service sends five pieces, one each 200 ms: so must they be seen. On a busy machine two may be seen at once, but a
 * program that prints at its end shows all of them at one moment.
 */
function expectPieceByPiece(prints: readonly Print[]): void {
  const seen = [0, 1, 2, 3, 4].map(
    (piece) => prints.find(({ text }) => text.includes(`piece ${piece} `))?.at ?? 0,
  );
  expect((seen[4] ?? 0) - (seen[0] ?? 0)).toBeGreaterThan(350);
  expect(new Set(seen).size).toBeGreaterThanOrEqual(3);
}

it('prints each piece when it arrives: to a pipe', async () => {
  const { prints, stdout } = await runProgram({ args: [fixture('print.mjs'), service.url] });
  expect(stdout).toBe('no terminal\npiece 0 piece 1 piece 2 piece 3 piece 4 ');
  expectPieceByPiece(prints);
});

it('prints each piece when it arrives: to a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-'));
  const path = join(folder, 'output');
  const file = openSync(path, 'w');
  const prints: Print[] = [];
  let text = '';
  const look = (): void => {
    const now = readFileSync(path, 'utf8');
    if (now !== text) prints.push({ at: performance.now(), text: now.slice(text.length) });
    text = now;
  };
  const watch = setInterval(look, 10);
  await runProgram({ args: [fixture('print.mjs'), service.url], stdout: file });
  clearInterval(watch);
  // The program may have printed the last piece, and ended, since the last look.
  look();
  closeSync(file);
  rmSync(folder, { recursive: true });
  expectPieceByPiece(prints);
});

it('prints each piece when it arrives: to a terminal', async (test) => {
  const terminal = terminalCommand(`"${process.execPath}" "${fixture('print.mjs')}" ${service.url}`);
  if (terminal === undefined) {
    return test.skip('this machine has neither util-linux’s script nor python3 to make a terminal with');
  }
  const { prints, stdout } = await runProgram(terminal);
  expect(stdout).toContain('terminal\r\n');
  expect(stdout).not.toContain('no terminal');
  expectPieceByPiece(prints);
});

/** How to run a shell command in a terminal whose output we read. */
function terminalCommand(line: string): { command: string; args: string[] } | undefined {
  if (has('script', 'util-linux')) return { command: 'script', args: ['-qfec', line, '/dev/null'] };
  const spawnInTerminal = 'import pty, sys; pty.spawn(["sh", "-c", sys.argv[1]])';
  return has('python3', 'Python') ? { command: 'python3', args: ['-c', spawnInTerminal, line] } : undefined;
}

function has(command: string, named: string): boolean {
  try {
    return execFileSync(command, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).includes(named);
  } catch {
    return false;
  }
}
