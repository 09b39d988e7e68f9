// A program that prints in a blocking loop is seen to print piece by piece, by a reader in another process.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixture, runProgram } from './program.ts';
import { type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** The words of each piece in the order in which they are to be seen. */
const PIECES = [0, 1, 2, 3, 4].map((piece) => `piece ${piece} `);

/**
 * The service sends a piece when the one before has been seen, so a program that held one back would print nothing more.
 * @returns is told all that was printed so far
 */
const allowEach = (): ((all: string) => void) => {
  service.allow(1);
  return (all) => service.allow(1 + PIECES.filter((piece) => all.includes(piece)).length);
};

it('prints each piece when it arrives: to a pipe', async () => {
  const see = allowEach();
  let all = '';
  const { stdout } = await runProgram({
    args: [fixture('print.mjs'), service.url],
    onPrint: (text) => {
      all += text;
      see(all);
    },
  });
  expect(stdout).toBe(`no terminal\n${PIECES.join('')}`);
});

it('prints each piece when it arrives: to a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-'));
  const path = join(folder, 'output');
  const file = openSync(path, 'w');
  const see = allowEach();
  const watch = setInterval(() => see(readFileSync(path, 'utf8')), 10);
  await runProgram({ args: [fixture('print.mjs'), service.url], stdout: file });
  clearInterval(watch);
  closeSync(file);
  expect(readFileSync(path, 'utf8')).toBe(`no terminal\n${PIECES.join('')}`);
  rmSync(folder, { recursive: true });
});

it('prints each piece when it arrives: to a terminal', async (test) => {
  const terminal = terminalCommand(`"${process.execPath}" "${fixture('print.mjs')}" ${service.url}`);
  if (terminal === undefined) {
    return test.skip('this machine has neither util-linux’s script nor python3 to make a terminal with');
  }
  const see = allowEach();
  let all = '';
  const { stdout } = await runProgram({
    ...terminal,
    onPrint: (text) => {
      all += text;
      see(all);
    },
  });
  expect(stdout).toContain('terminal\r\n');
  expect(stdout).not.toContain('no terminal');
  expect(stdout).toContain(PIECES.join(''));
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
