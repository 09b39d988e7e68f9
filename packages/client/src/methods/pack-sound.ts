// Sound on its way between threads: its bytes apart from what is told of it.
import type { SpeechPart } from '@g4f/core';
import type { Packed } from './packed.ts';

/** The part without its bytes, and the bytes. */
export const packSound = ({ audio, ...json }: SpeechPart): Packed => ({ json, bytes: [audio] });

/** The part again. */
export const unpackSound = ({ json, bytes }: Packed): SpeechPart => {
  const [audio = new Uint8Array()] = bytes;
  return { ...(json as Omit<SpeechPart, 'audio'>), audio };
};
