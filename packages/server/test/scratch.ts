// Folders of tests.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder, which is removed when the test that asks for it has ended. */
export const scratchFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-server-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
