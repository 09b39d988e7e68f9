// A tape: one recorded answer of a service, with what was asked for it and what it means.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatRequest } from '@g4f/core';
import { notAFile } from '@g4f/core/internal';
import { findSecret } from './secret.ts';

/** What the answer means, in the words of a chat completion; what is left out is not compared. */
export interface Golden {
  readonly text?: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly { readonly id?: string; readonly name: string; readonly arguments: string }[];
  /** OpenAI's finish reason. */
  readonly finish?: string;
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number };
}

/** One answer as it came over the network, and the request it answers. */
export interface Tape {
  /** Says what it shows, and when it was recorded. */
  readonly about: string;
  readonly request: ChatRequest;
  /** What was sent: path and body, never a header that holds a key. */
  readonly sent?: { readonly path: string; readonly body: unknown };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body exactly as it came. */
  readonly body: string;
  /** The last place, in UTF-16 units, at which the body may be cut without being complete; half of it unless given. */
  readonly cut?: number;
  readonly golden?: Golden;
}

/**
 * The tapes of a folder, one JSON file each, by name; none where there is no such folder.
 * @throws Error naming the file that is no tape, or holds what looks like a key, and the place that is no folder.
 */
export const readTapes = (folder: string): readonly Tape[] => {
  const place = statSync(folder, { throwIfNoEntry: false });
  if (place === undefined) return [];
  if (!place.isDirectory())
    throw new Error(`${folder}: is ${notAFile(place) ?? 'a file'}, and must be a folder.`);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => parseTape(readPlain(join(folder, name), name), name));
};

/** A pipe would be waited for without end. @throws Error */
function readPlain(path: string, name: string): string {
  const what = notAFile(statSync(path));
  if (what !== undefined) throw new Error(`${name}: is ${what}, and must be a file.`);
  return readFileSync(path, 'utf8');
}

/**
 * A tape from its JSON.
 * @throws Error in one line: what is wrong with it, and where.
 */
export const parseTape = (text: string, name: string): Tape => {
  const secret = findSecret(text);
  if (secret !== undefined) throw new Error(`${name}: holds what looks like a key (${secret}). Take it out.`);
  let tape: unknown;
  try {
    tape = JSON.parse(text);
  } catch {
    throw new Error(`${name}: is no JSON. Record it again.`);
  }
  const fields: Readonly<Record<string, unknown>> = isObject(tape) ? tape : {};
  for (const [field, isGood] of Object.entries(FIELDS)) {
    if (!Object.hasOwn(fields, field)) throw new Error(`${name}: has no ${field}. Record it again.`);
    if (!isGood(fields[field]))
      throw new Error(`${name}: has another ${field} than a tape has. Record it again.`);
  }
  return tape as Tape;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string';

/** What a tape must have, and what each may be. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  about: isText,
  request: (value) => isObject(value) && isText(value.model) && Array.isArray(value.messages),
  status: (value) => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599,
  headers: (value) => isObject(value) && Object.values(value).every(isText),
  body: isText,
};
