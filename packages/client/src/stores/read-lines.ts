// Reads the lines of a store's file. A line that was torn by the end of its process is known by where it stands.
import { G4FError } from '@g4f/core';
import type { ConversationRecord } from '../conversations/stored-conversation.ts';
import { type AnyRecord, isAnyRecord, isRecord, RECORD_KINDS } from './is-record.ts';

/** The first line of a file: what it is, and of which conversation. */
export interface FileHeader {
  readonly kind: 'conversation';
  readonly version: number;
  readonly id: string;
}

/** Stands after a line that was torn: whoever wrote next has seen it. */
export const TORN = '{"kind":"torn"}';

/** What a file has. */
export interface ReadLines {
  readonly headers: readonly FileHeader[];
  readonly records: readonly ConversationRecord[];
  readonly warnings: readonly string[];
}

/**
 * @param path for errors and warnings.
 * @throws G4FError `invalid-request` for a line that is no record and was not torn
 */
export const readLines = (text: string, path: string): ReadLines => {
  const headers: FileHeader[] = [];
  const records: ConversationRecord[] = [];
  const warnings: string[] = [];
  const lines = text.split('\n');
  lines.forEach((line, at) => {
    if (line.trim() === '' || line === TORN) return;
    const read = readLine(line);
    if (read === undefined) {
      const isTorn = at === lines.length - 1 || lines[at + 1] === TORN;
      if (!isTorn) throw notRecord(path, at + 1);
      warnings.push(
        `fileStore: line ${at + 1} of ${path} was torn when its process ended or the disk was full; it is left there, and not read.`,
      );
    } else if (isHeader(read)) headers.push(read);
    else if (isRecord(read)) records.push(read);
    // Of a newer version, which may have other kinds.
    else if (RECORD_KINDS.has(read.kind)) throw notRecord(path, at + 1);
  });
  return { headers, records, warnings };
};

function readLine(line: string): AnyRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isAnyRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isHeader = (line: object): line is FileHeader =>
  'kind' in line &&
  line.kind === 'conversation' &&
  'version' in line &&
  typeof line.version === 'number' &&
  'id' in line;

const notRecord = (path: string, line: number): G4FError =>
  new G4FError(
    `fileStore: ${path} is damaged: line ${line} is no record of a conversation. Take that line out of the file, or restore the file from a copy.`,
    { code: 'invalid-request' },
  );
