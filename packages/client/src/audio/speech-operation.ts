// The operation `speech`, for the engine.
import type { SpeechPart } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { plainOperation } from '../engine/plain-operation.ts';
import { speechCheck } from './check-speech.ts';
import { joined } from './joined.ts';
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
    const pieces: SpeechPart[] = [];
    for await (const part of parts) pieces.push(part);
    return { ...pieces[0], audio: joined(pieces.map(({ audio }) => audio)) };
  },
});
