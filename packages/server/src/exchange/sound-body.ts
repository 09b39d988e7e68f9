// The body of an answer that is sound: the next bytes are asked for when the caller's connection takes more.
import type { AsyncSpeech } from '@g4f/client';
import type { PieceSource } from '../answer/answer.ts';

const NOTHING = new Uint8Array();

/**
 * The bytes as they come. Sound has no way to say that it failed, and no end that would be missed: where it breaks off, the connection
 * does. A caller that leaves stops it.
 */
export const soundBody = (speech: AsyncSpeech): PieceSource => {
  const pieces = speech[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await pieces.next();
      return done ? { data: NOTHING, isLast: true } : { data: value, isLast: false };
    },
    cancel: () => speech.abort(),
  };
};
