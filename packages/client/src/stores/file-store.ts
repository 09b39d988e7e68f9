// Conversations in a folder: a file of JSON lines for each, to which lines are only added, and one more for an answer that is coming.
import { constants, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { G4FError, LIMITS } from '@g4f/core';
import type {
  ConversationRecord,
  LocalStore,
  StoredConversation,
} from '../conversations/stored-conversation.ts';
import { withPlainFile } from '../files/plain-file.ts';
import { appendLines } from './append-lines.ts';
import { checkId, isId } from './check-id.ts';
import { readLines } from './read-lines.ts';
import { damaged, noFile, storeError } from './store-error.ts';

const VERSION = 1;
const END = '.jsonl';
/** Of an answer of which not all has come: `<conversation>.<answer>.part`. */
const PART = '.part';

/**
 * Keeps conversations in a folder, which is made with the first of them: `<id>.jsonl` for each, readable by its owner alone.
 * Records are added in one piece, so that several processes may use the folder at once. While an answer comes, its
 * pieces are in a file beside it. What the process has written before it ends is kept, also by `kill -9`; a loss of power may take the last of it.
 *
 * @param folder its path, or a `file:` URL.
 * @throws G4FError `invalid-request` for what is no path; from its functions for a folder or a file that cannot be read or written,
 *   is damaged, is of a newer version, or larger than {@link LIMITS} has.
 */
export const fileStore = (folder: string | URL): LocalStore => {
  const place = placeOf(folder);
  return {
    read: (id) => readConversation(place, checkId(id)),
    append(id, records) {
      if (records.length > 0) write(place, checkId(id), records);
    },
    list: () =>
      namesIn(place)
        .filter((name) => name.endsWith(END))
        .map((name) => name.slice(0, -END.length))
        // Others may put files of their own there.
        .filter(isId),
    remove(id) {
      for (const name of [...partsOf(place, checkId(id)), `${id}${END}`]) removeFile(join(place, name));
    },
    close: () => undefined,
  };
};

function placeOf(folder: unknown): string {
  try {
    const path = folder instanceof URL ? fileURLToPath(folder) : folder;
    if (typeof path === 'string' && path.trim() !== '' && !path.includes('\0')) return resolve(path);
  } catch (cause) {
    throw damaged('fileStore: the URL names no folder of this machine. Give the path of a folder', cause);
  }
  throw damaged('fileStore: the path of a folder is needed, such as fileStore("conversations")');
}

function readConversation(place: string, id: string): StoredConversation {
  // Pieces first: an answer that ends meanwhile is then in the file that is read after them.
  const parts = partsOf(place, id).map((name) => readLines(textOf(join(place, name)), join(place, name)));
  const path = join(place, `${id}${END}`);
  const { headers, records, warnings } = readLines(textOf(path), path);
  for (const { version, id: own } of headers) {
    if (version > VERSION)
      throw damaged(`fileStore: ${path} was written by a newer version of @g4f/client. Update this one`);
    // On a disk to which capitals are the same as small letters.
    if (own !== id) throw damaged(`fileStore: ${path} is the conversation "${own}". Give that as its id`);
  }
  return {
    records: [...records, ...parts.flatMap((part) => part.records)],
    warnings: [...warnings, ...parts.flatMap((part) => part.warnings)],
  };
}

function write(place: string, id: string, records: readonly ConversationRecord[]): void {
  makeFolder(place);
  const path = join(place, `${id}${END}`);
  const kept = records.filter(({ kind }) => kind !== 'piece');
  for (const record of records)
    if (record.kind === 'piece') appendLines(partPath(place, id, record.id), [JSON.stringify(record)]);
  if (kept.length === 0) return;
  const header = JSON.stringify({ kind: 'conversation', version: VERSION, id });
  appendLines(
    path,
    kept.map((record) => JSON.stringify(record)),
    header,
  );
  for (const record of kept)
    if (record.kind === 'message' && record.message.role === 'assistant')
      removeFile(partPath(place, id, record.id));
}

const partPath = (place: string, id: string, answer: string): string =>
  join(place, `${id}.${checkId(answer)}${PART}`);

const partsOf = (place: string, id: string): readonly string[] =>
  namesIn(place).filter((name) => name.startsWith(`${id}.`) && name.endsWith(PART));

function makeFolder(place: string): void {
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storeError(`fileStore: ${place} cannot be made`, error, place);
  }
}

function namesIn(place: string): readonly string[] {
  try {
    return readdirSync(place);
  } catch (error) {
    if (isMissing(error)) return [];
    throw storeError(`fileStore: ${place} cannot be read`, error, place);
  }
}

function textOf(path: string): string {
  try {
    return withPlainFile(path, constants.O_RDONLY, noFile(`fileStore: ${path}`), (file, size) => {
      if (size > LIMITS.conversationBytes) throw tooLong(path);
      return readFileSync(file, 'utf8');
    });
  } catch (error) {
    if (isMissing(error)) return '';
    if (error instanceof G4FError) throw error;
    throw storeError(`fileStore: ${path} cannot be read`, error, dirname(path));
  }
}

const tooLong = (path: string): G4FError =>
  damaged(
    `fileStore: ${path} is larger than the limit of ${LIMITS.conversationBytes} bytes. Begin another conversation`,
  );

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw storeError(`fileStore: ${path} cannot be removed`, error, dirname(path));
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
