// Sound in the parts of a Gemini candidate, in OpenAI's place for it: base64 of which the pieces can be put together.
// Source: https://ai.google.dev/api/caching#Blob
import type { Extra } from '@g4f/core';
import { joinBytes, toBase64 } from '../../http/text/bytes.ts';

const NOTHING: Uint8Array = new Uint8Array();
/** Samples without a head, which go on in the next part; every other type is a file, whole by itself. */
const SAMPLES = /^audio\/(?:l16|pcm)\b/;

/** Each part is base64 by itself, and may end in padding, which the middle of a text must not have. */
export class SoundPieces {
  #rest = NOTHING;
  #format: string | undefined;

  /** Whether this is the sound's beginning, or goes on with it. @param format its media type. */
  takes(format: string): boolean {
    const type = format.toLowerCase();
    const begun = this.#format?.toLowerCase();
    return type.startsWith('audio/') && (begun === undefined || (begun === type && SAMPLES.test(type)));
  }

  /** What of it can be handed out. @param format its media type. @param data base64 */
  add(format: string, data: string): Extra | undefined {
    if (data === '') return undefined;
    this.#format ??= format;
    if (this.#rest.length === 0 && data.length % 4 === 0 && !data.endsWith('=')) return this.#piece(data);
    const bytes = joinBytes([this.#rest, bytesOf(data)]);
    const whole = bytes.length - (bytes.length % 3);
    this.#rest = bytes.slice(whole);
    return this.#piece(toBase64(bytes.subarray(0, whole)));
  }

  /** What was held back. */
  end(): Extra | undefined {
    const rest = toBase64(this.#rest);
    this.#rest = NOTHING;
    return this.#piece(rest);
  }

  #piece(data: string): Extra | undefined {
    return data === '' ? undefined : { delta: { audio: { format: this.#format, data } } };
  }
}

/** Of base64. */
export const bytesOf = (base64: string): Uint8Array => {
  if (typeof Buffer === 'function') return Buffer.from(base64, 'base64');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
};
