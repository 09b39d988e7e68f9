// What the command says of a standard output that cannot be written: a disk that is full, a reader that has left.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMAND, createHome, type Ended } from './typed.ts';

/** Runs a line of the shell, in which `$G4F` is the command. */
const shell = async (line: string): Promise<Ended & { readonly folder: string }> => {
  const { env, folder, remove } = await createHome();
  onTestFinished(remove);
  const words = `'${process.execPath}' '${COMMAND}'`;
  return new Promise((resolve) => {
    const said = { env, cwd: folder };
    const child = execFile('sh', ['-c', line.replaceAll('$G4F', words)], said, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr, folder }),
    );
  });
};

/** Every way in which something is printed: before anything is loaded, by the help, by a command. */
const LINES = ['--version', '--help', 'help ask', 'log --help', 'models', 'models --json', 'config path'];

describe.skipIf(!existsSync('/dev/full'))('a standard output that cannot be written', () => {
  it.each(LINES)('is told of in one line, and is a failure: g4f %s', async (line) => {
    const { code, stderr } = await shell(`$G4F ${line} > /dev/full`);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^g4f: cannot write to standard output: .*(?:is full|ENOSPC).*\n$/),
    });
  });

  it.each(LINES)('is left in silence where its reader has seen enough: g4f %s', async (line) => {
    // A pipe that has no reader any more.
    const { code, stderr } = await shell(`mkfifo p; exec 3<>p 4>p 3<&-; $G4F ${line} >&4`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each(['--help', 'models --json'])('is one that took a part alone, too: g4f %s', async (line) => {
    const { code, stderr, folder } = await shell(`ulimit -f 1; $G4F ${line} > cut.txt`);
    expect((await stat(join(folder, 'cut.txt'))).size).toBeGreaterThan(0);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'g4f: cannot write to standard output: the file would be larger than is allowed\n',
    });
  });

  it('is no matter where notes cannot be written', async () => {
    expect(await shell('$G4F config path 2> /dev/full')).toMatchObject({ code: 0 });
    expect(await shell('$G4F --nothing 2> /dev/full')).toMatchObject({ code: 2 });
  });
});
