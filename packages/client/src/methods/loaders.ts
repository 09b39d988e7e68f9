// The operation behind each method, loaded with the first call.
import type { OperationKind } from '../engine/operation-kind.ts';

const images = () => import('../images/image-operations.ts');
const transcribe = () => import('../audio/transcribe-operation.ts');

/** By their paths on a client. */
export const LOADERS = {
  'chat.completions.create': async () => (await import('./full-client.ts')).chatOperation,
  'embeddings.create': async () => (await import('../embeddings/embed-operation.ts')).embedOperation,
  'moderations.create': async () => (await import('../moderations/moderate-operation.ts')).moderateOperation,
  'responses.create': async () => (await import('../responses/respond-operation.ts')).respondOperation,
  // All that ask for one by its id.
  'responses.stored': async () => (await import('../stored-responses/stored-operation.ts')).storedOperation,
  'completions.create': async () => (await import('../completions/complete-operation.ts')).completeOperation,
  'images.generate': async () => (await images()).generateOperation,
  'images.edit': async () => (await images()).editOperation,
  'images.createVariation': async () => (await images()).variationOperation,
  'audio.speech.create': async () => (await import('../audio/speech-operation.ts')).speechOperation,
  'audio.transcriptions.create': async () => (await transcribe()).transcribeOperation,
  'audio.translations.create': async () => (await transcribe()).translateOperation,
} as const;

/** Loads an operation. */
export type LoadKind<Part, Answer> = () => Promise<OperationKind<Part, Answer>>;

/** The path of a method. */
export type MethodName = keyof typeof LOADERS;
