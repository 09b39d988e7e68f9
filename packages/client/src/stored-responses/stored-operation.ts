// The operation `storedResponse`, for the engine: one for all methods that ask for a response by its id.
import type { StoredResponse } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { onlyPart, plainOperation } from '../engine/plain-operation.ts';
import { withOutputText } from '../streams/response-stream.ts';
import { storedCheck } from './check-stored.ts';
import { toStoredRequest } from './stored-params.ts';

/** The response as far as it has come, that it is deleted, or one page of what it was the answer to. */
export const storedOperation: OperationKind<StoredResponse, StoredResponse> = plainOperation({
  operation: 'storedResponse',
  takes: 'an object was expected beside the id of the response.',
  toRequest: toStoredRequest,
  check: storedCheck,
  storedId: ({ id }) => id,
  async collect(parts) {
    const answer = await onlyPart(parts);
    return 'output' in answer && Array.isArray(answer.output) ? withOutputText(answer) : answer;
  },
});
