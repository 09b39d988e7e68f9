// The file of configuration in a folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** In the order in which they are looked for. */
const CONFIG_NAMES = ['yaml', 'yml', 'json', 'ts', 'mts', 'mjs', 'js'].map((end) => `g4f.config.${end}`);

/** The first of them that is there. */
export const findConfig = (folder: string): string | undefined =>
  CONFIG_NAMES.map((name) => join(folder, name)).find((file) => existsSync(file));
