// What Tab completes in a chat: commands, names of models after /model, names of files after /file and /tools.
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Completer } from './line-source.ts';
import { SLASH_COMMANDS } from './slash-commands.ts';

/** @param models the names that follow /model and /compare. */
export const createCompleter =
  (models: readonly string[]): Completer =>
  (line) => {
    if (!line.startsWith('/')) return [[], line];
    const at = line.indexOf(' ');
    if (at < 0)
      return [
        Object.keys(SLASH_COMMANDS)
          .map((name) => `/${name}`)
          .filter((name) => name.startsWith(line)),
        line,
      ];
    const [command, begun] = [line.slice(1, at), line.slice(at + 1)];
    if (command === 'model' || command === 'compare')
      return [models.filter((name) => name.startsWith(begun)), begun];
    if (['file', 'load', 'save', 'tools'].includes(command)) return [filesFrom(begun), begun];
    return [[], line];
  };

function filesFrom(begun: string): string[] {
  const folder = begun.endsWith('/') ? begun : dirname(begun);
  const start = begun.endsWith('/') ? '' : basename(begun);
  try {
    return readdirSync(folder || '.', { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start))
      .map((entry) => {
        const path = folder === '.' && !begun.startsWith('./') ? entry.name : join(folder, entry.name);
        return entry.isDirectory() ? `${path}/` : path;
      });
  } catch {
    return [];
  }
}
