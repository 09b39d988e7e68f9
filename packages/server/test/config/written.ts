// Files of configuration as tests write them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { scratchFolder } from '../scratch.ts';

/** Writes it. @returns its path */
export const written = async (content: string, name = 'g4f.config.yaml'): Promise<string> => {
  const file = join(await scratchFolder(), name);
  await writeFile(file, content);
  return file;
};

/** What is told of a mistake, without the folder. */
export const mistakes = async (
  content: string,
  env: Record<string, string> = {},
): Promise<readonly string[]> => {
  const file = await written(content);
  const error: unknown = await readConfig(file, env).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ name: 'G4FError', code: 'invalid-request' });
  return String((error as Error).message)
    .replaceAll(`${file}:`, '')
    .split('\n');
};
