// The texts of a folder, for a question about a project: in the order of their names, without what is hidden, made or binary.
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UsageError } from '../failure/usage-error.ts';
import { ATTACHED, inMegabytes } from './limits.ts';
import { readFileBytes } from './read-source.ts';
import { sniff } from './sniff.ts';

const SKIPPED: ReadonlySet<string> = new Set([
  'node_modules',
  'dist',
  'build',
  'target',
  '__pycache__',
  'vendor',
]);

/** A text and the name of its file below the folder. */
export interface FolderText {
  readonly name: string;
  readonly text: string;
}

/** The texts below a folder. Links are not followed. @throws UsageError where there are none, or too many. */
export const readFolder = async (folder: string): Promise<readonly FolderText[]> => {
  const texts: FolderText[] = [];
  let bytes = 0;
  for (const path of filesBelow(folder)) {
    if (statSync(path).size > ATTACHED.folderBytes) throw tooMuch(folder);
    const content = await readFileBytes(path);
    if (sniff(content).kind !== 'text') continue;
    bytes += content.length;
    if (bytes > ATTACHED.folderBytes || texts.length >= ATTACHED.folderFiles) throw tooMuch(folder);
    texts.push({ name: relative(folder, path), text: content.toString('utf8') });
  }
  if (texts.length === 0) throw new UsageError(`${folder} holds no text`);
  return texts;
};

const tooMuch = (folder: string): UsageError =>
  new UsageError(
    `${folder} holds more than ${inMegabytes(ATTACHED.folderBytes)} or ${ATTACHED.folderFiles} files: attach a part of it`,
  );

function* filesBelow(folder: string): Iterable<string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}
