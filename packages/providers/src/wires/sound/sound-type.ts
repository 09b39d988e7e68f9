// What sound is, by its first bytes: a page, a failure in JSON and sound all come with status 200.
import type { SpeechFormat } from '@g4f/core';
import { latin1, soundKind } from '@g4f/core/internal';

/** By so many bytes it is told. */
const TOLD_BY = 64;

const TYPES: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
};

/** A text that is no sound, whatever its header says: JSON, a page. */
const WORDS = /^\s*(?:[{[]\s*["{[\]}]|<[!?a-z])/i;

/** Text by its header. */
const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml)\b)/i;

/** Whether these first bytes are enough to tell. */
export const tellsSound = (head: Uint8Array): boolean =>
  head.length >= TOLD_BY || !/^\s*(?:$|[{[<])/.test(latin1(head));

/**
 * The media type of sound that begins so; undefined where it is none.
 *
 * @param header its `content-type`. @param format what was asked for.
 */
export const soundType = (
  head: Uint8Array,
  header: string | undefined,
  format: SpeechFormat | undefined,
): string | undefined => {
  if (head.length === 0) return undefined;
  const begins = latin1(head);
  // Samples without a header may begin like anything.
  const known = format === 'pcm' ? undefined : soundKind(begins);
  if (known !== undefined) return known;
  if (WORDS.test(begins) || (header !== undefined && TEXT_TYPE.test(header))) return undefined;
  if (header?.startsWith('audio/')) return header;
  return (
    (format !== undefined && Object.hasOwn(TYPES, format) && TYPES[format]) || 'application/octet-stream'
  );
};
