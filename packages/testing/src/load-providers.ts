// Finds the providers that a module exports; TypeScript is read as it is, on every Node.
import { statSync } from 'node:fs';
import type { Provider } from '@g4f/core';
import { notAFile } from '@g4f/core/internal';
import { createJiti } from 'jiti';

/**
 * All providers that the file exports, by default or by name.
 * @throws Error in one line: no such file, that it is a pipe or a folder, why it cannot be loaded, or that it exports none.
 */
export const loadProviders = async (path: string): Promise<readonly Provider[]> => {
  const place = statSync(path, { throwIfNoEntry: false });
  if (place === undefined) throw new Error(`there is no file ${path}`);
  const what = notAFile(place);
  if (what !== undefined) throw new Error(`${path} is ${what}, and must be a file`);
  const jiti = createJiti(import.meta.url, { moduleCache: false, fsCache: false });
  let module: unknown;
  try {
    module = await jiti.import(path);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`${path} cannot be loaded: ${why}`);
  }
  const exported = typeof module === 'object' && module !== null ? Object.values(module) : [];
  const providers = [...new Set(exported)].filter(isProvider);
  if (providers.length > 0) return providers;
  throw new Error(`${path} exports no provider. Export what defineProvider or openaiCompatible returns.`);
};

const isProvider = (value: unknown): value is Provider =>
  typeof value === 'object' && value !== null && 'id' in value && 'models' in value && 'key' in value;
