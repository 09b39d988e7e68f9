// The operation `complete`, for the engine.
import type { TextCompletion } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { plainOperation } from '../engine/plain-operation.ts';
import { textCheck } from './check-text.ts';
import { foldText } from './fold-text.ts';
import { toTextRequest } from './params.ts';

/** Completions of a text, whole or chunk by chunk. */
export const completeOperation: OperationKind<TextCompletion, TextCompletion> = plainOperation({
  operation: 'complete',
  takes: 'create() takes an object with model and prompt.',
  toRequest: toTextRequest,
  streams: ({ stream }) => stream,
  check: textCheck,
  // Who answered stands in each chunk, as it does in those of a chat; what could not be sent in the first.
  collect: foldText,
  usageIn: ({ usage }) => usage,
});
