// One line to the person at the terminal, once, whatever becomes of stderr.
import { beforeEach, describe, expect, it, vi } from 'vitest';

const written: [number, string][] = [];
let broken = false;
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  writeSync: (file: number, line: string) => {
    if (broken) throw new Error('EAGAIN');
    written.push([file, line]);
  },
}));

beforeEach(() => {
  written.length = 0;
  broken = false;
  vi.resetModules();
});

describe('announce', () => {
  it('says each line once, on stderr', async () => {
    const { announce } = await import('../../src/platform/announce.node.ts');
    for (const line of ['one', 'two', 'one']) announce(line);
    expect(written).toEqual([
      [2, 'g4f: one\n'],
      [2, 'g4f: two\n'],
    ]);
  });

  it('does not break the answer when stderr is closed', async () => {
    const { announce } = await import('../../src/platform/announce.node.ts');
    broken = true;
    expect(() => announce('one')).not.toThrow();
  });
});
