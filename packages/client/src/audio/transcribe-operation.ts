// The operation `transcribe`, for the engine: in the language that is spoken, and in English.
import type { TranscriptionPart } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { onlyPart, type PlainFacts, plainOperation } from '../engine/plain-operation.ts';
import { transcriptionCheck } from './check-transcription.ts';
import { toTranscriptionRequest, toTranslationRequest } from './params.ts';

const facts = {
  operation: 'transcribe',
  takes: 'create() takes an object with model and file.',
  streams: ({ stream }) => stream === true,
  check: transcriptionCheck,
  stamp: (part, stamp, before) => (before === 0 ? { ...part, ...stamp } : part),
} as const satisfies Omit<PlainFacts<'transcribe', TranscriptionPart>, 'toRequest' | 'collect'>;

/** What is said, in its own language. */
export const transcribeOperation: OperationKind<TranscriptionPart, TranscriptionPart> = plainOperation({
  ...facts,
  collect: onlyPart,
  toRequest: toTranscriptionRequest,
});

/** What is said, in English. */
export const translateOperation: OperationKind<TranscriptionPart, TranscriptionPart> = plainOperation({
  ...facts,
  collect: onlyPart,
  toRequest: toTranslationRequest,
});
