// What sound is, by its first bytes: a page, a failure in JSON and sound all come with status 200.
import type { SpeechFormat } from '@g4f/core';
import { toText } from '../../http/text/bytes.ts';

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

/** How files of each kind begin, as their bytes read as Latin-1. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^ID3|^\xff[\xfa\xfb\xf2\xf3\xe2\xe3]/, 'audio/mpeg'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'audio/aac'],
  [/^RIFF[\s\S]{4}WAVE/, 'audio/wav'],
  [/^OggS/, 'audio/ogg'],
  [/^fLaC/, 'audio/flac'],
  [/^[\s\S]{4}ftyp/, 'audio/mp4'],
  // The identifier of EBML.
  [/^[\s\S]Eß£/, 'audio/webm'],
];

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
  const known = format === 'pcm' ? undefined : BEGINNINGS.find(([pattern]) => pattern.test(begins))?.[1];
  if (known !== undefined) return known;
  if (WORDS.test(begins) || (header !== undefined && TEXT_TYPE.test(header))) return undefined;
  if (header?.startsWith('audio/')) return header;
  return (
    (format !== undefined && Object.hasOwn(TYPES, format) && TYPES[format]) || 'application/octet-stream'
  );
};

/** A byte a character. UTF-8 would make one of several. */
const latin1 = (head: Uint8Array): string =>
  head.subarray(0, TOLD_BY).every((byte) => byte < 0x80)
    ? toText(head, Math.min(head.length, TOLD_BY))
    : String.fromCharCode(...head.subarray(0, TOLD_BY));
