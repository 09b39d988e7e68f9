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

/** A text that is no sound, whatever its header says: JSON, a page, also behind a byte order mark. */
const WORDS = /^(?:\xef\xbb\xbf)?\s*(?:[{[]\s*["{[\]}]|<[!?a-z])/i;

/** Text by its header. */
const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml)\b)/i;

/** The longest beginning by which a kind of sound is known. */
const KNOWN_BY = 12;

/** Whether these first bytes are enough to tell: sound that begins like a text is told from one by more of them. */
export const tellsSound = (head: Uint8Array): boolean =>
  head.length >= TOLD_BY ||
  (head.length > 0 && soundKind(latin1(head)) !== undefined) ||
  (head.length >= KNOWN_BY && !isText(head));

/**
 * The media type of sound that begins so; undefined where it is none: a text is none, whatever it is called.
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
  // Samples without a header may begin like anything but a text.
  const known = format === 'pcm' ? undefined : soundKind(begins);
  if (known !== undefined) return known;
  if (WORDS.test(begins) || isText(head) || (header !== undefined && TEXT_TYPE.test(header)))
    return undefined;
  if (header?.startsWith('audio/')) return header;
  return (
    (format !== undefined && Object.hasOwn(TYPES, format) && TYPES[format]) || 'application/octet-stream'
  );
};

/** Whether the first bytes are those of a text in UTF-8, which may be cut in the middle of a character. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, TOLD_BY), {
      stream: true,
    });
    // Control characters but the blanks.
    return !/[^\P{Cc}\t\r\n]/u.test(text);
  } catch {
    return false;
  }
}
