// A call and its answer as one line of a tape.
import { type ErrorData, G4FError, type Operation, type Operations, type SpeechPart } from '@g4f/core';
import { isErrorCode } from '@g4f/core/internal';
import { MAX_TIMER_MS } from '../attempt/deadlines.ts';
import { checkPlain, isFields } from '../options/plain-value.ts';
import { maskParts } from './mask-keys.ts';
import type { TapeCall } from './tape-call.ts';

/** Of the form below. */
const VERSION = 1;

/** How an answer ended: whole, left by its reader, or by an error. */
export type TapeEnd = 'whole' | 'left' | { readonly error: Omit<ErrorData, 'stack' | 'cause'> };

/** What followed a call. */
export interface TapeAnswer {
  readonly parts: readonly unknown[];
  /** How long was waited before each part, in ms. */
  readonly pauses: readonly number[];
  readonly end: TapeEnd;
}

/** One line. */
export interface TapeEntry extends TapeCall, TapeAnswer {}

/** The line. @param parts as the texts that `writePart` has made */
export const writeEntry = (
  call: TapeCall,
  { parts, pauses, end }: Omit<TapeAnswer, 'parts'> & { readonly parts: readonly string[] },
): string => {
  const open = parts.map((part): unknown => JSON.parse(part));
  maskParts(open);
  return JSON.stringify({ tape: VERSION, ...call, parts: open, pauses, end });
};

/** What a line says. @throws G4FError `invalid-request` @param where for the error */
export const readEntry = (line: string, where: string): TapeEntry => {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
    // What is too deep to be walked is nothing that was recorded.
    checkPlain(entry, 'entry');
  } catch {
    throw noEntry(where);
  }
  if (!isFields(entry) || entry.tape !== VERSION) throw noEntry(where);
  const { operation, request, options, parts, pauses, end } = entry;
  const isGood =
    typeof operation === 'string' &&
    Array.isArray(parts) &&
    Array.isArray(pauses) &&
    pauses.length === parts.length &&
    pauses.every((ms) => typeof ms === 'number' && ms >= 0 && ms <= MAX_TIMER_MS) &&
    (end === 'whole' || end === 'left' || (isFields(end) && isError(end.error)));
  if (!isGood) throw noEntry(where);
  return { operation, request, options, parts, pauses, end: end as TapeEnd };
};

/** As far as the error that is made of it reads it. */
const isError = (value: unknown): boolean => {
  const { message, code, attempts, retryAfterMs } = isFields(value) ? value : {};
  return (
    typeof message === 'string' &&
    isErrorCode(code) &&
    (attempts === undefined || (Array.isArray(attempts) && attempts.every(isFields))) &&
    (retryAfterMs === undefined || typeof retryAfterMs === 'number')
  );
};

/** The refusal of a line. */
export const noEntry = (where: string): G4FError =>
  new G4FError(`${where} is no call of a tape. Record it again, by withRecording.`, {
    code: 'invalid-request',
  });

/** A part as text, at once, because its reader may change it. */
export const writePart = <O extends Operation>(operation: O, part: Operations[O]['part']): string => {
  if (operation !== 'speech') return JSON.stringify(part);
  const { audio, ...others } = part as SpeechPart;
  return JSON.stringify({ ...others, audio: { data: Buffer.from(audio).toString('base64') } });
};

/** The part again, for one reader. */
export const readPart = <O extends Operation>(operation: O, part: unknown): Operations[O]['part'] => {
  // It is checked as that of any middleware is, when it is read.
  const own = structuredClone(part) as Operations[O]['part'];
  if (operation !== 'speech' || !isFields(part) || !isFields(part.audio)) return own;
  return { ...own, audio: new Uint8Array(Buffer.from(String(part.audio.data), 'base64')) };
};
