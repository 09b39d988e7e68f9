// The operation `speech`, for the engine.
import type { SpeechPart } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { plainOperation } from '../engine/plain-operation.ts';
import { speechCheck } from './check-speech.ts';
import { JoinedSound } from './joined.ts';
import { toSpeechRequest } from './params.ts';

/** Speech: sound in pieces, the first of which tells what it is. */
export const speechOperation: OperationKind<SpeechPart, SpeechPart> = plainOperation({
  operation: 'speech',
  takes: 'create() takes an object with model and input.',
  toRequest: toSpeechRequest,
  streams: () => true,
  check: speechCheck,
  stamp: (part, stamp, before) => (before === 0 ? { ...part, ...stamp } : part),
  async collect(parts) {
    let first: SpeechPart | undefined;
    let sound: JoinedSound | undefined;
    for await (const part of parts) {
      first ??= part;
      sound ??= new JoinedSound(first.provider);
      sound.add(part.audio);
    }
    return { ...first, audio: sound?.bytes() ?? new Uint8Array() };
  },
});
