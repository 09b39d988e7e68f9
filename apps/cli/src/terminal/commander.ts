// Commander, loaded by `require`: an import of CommonJS is parsed twice, once for its names, and every command waits for that.
import { createRequire } from 'node:module';

const commander: typeof import('commander') = createRequire(import.meta.url)('commander');

/** What of it is used. */
export const { Command, CommanderError, InvalidArgumentError, Option } = commander;
