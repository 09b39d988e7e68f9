// What is done in an operation, as errors say it, and by which method.
import type { Operation } from '@g4f/core';

/** Goes on after `to`, or `cannot`. */
export const VERBS: Readonly<Record<Operation, string>> = {
  chat: 'chat',
  respond: 'give responses',
  storedResponse: 'look up responses',
  embed: 'embed',
  moderate: 'moderate',
  complete: 'complete texts',
  image: 'make images',
  speech: 'speak',
  transcribe: 'transcribe',
};

/** The method of a client to use. */
export const METHOD_FOR: Readonly<Record<Operation, string>> = {
  chat: 'chat.completions.create',
  respond: 'responses.create',
  storedResponse: 'responses.retrieve',
  embed: 'embeddings.create',
  moderate: 'moderations.create',
  complete: 'completions.create',
  image: 'images.generate',
  speech: 'audio.speech.create',
  transcribe: 'audio.transcriptions.create',
};
