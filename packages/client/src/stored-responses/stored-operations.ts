// The operation `storedResponse`, for the engine: one for each of its methods.
import type {
  DeletedResponse,
  ModelResponse,
  ResponseItemList,
  StoredResponse,
  StoredResponseTask,
} from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { onlyPart, plainOperation } from '../engine/plain-operation.ts';
import { withOutputText } from '../streams/response-stream.ts';
import { storedCheck } from './check-stored.ts';
import { STORED_METHODS, toStoredRequest } from './stored-params.ts';

const operationFor = <Answer extends StoredResponse>(
  task: StoredResponseTask,
  finish: (answer: Answer) => Answer = (answer) => answer,
): OperationKind<StoredResponse, Answer> =>
  plainOperation({
    operation: 'storedResponse',
    takes: `${STORED_METHODS[task]}: an object was expected beside the id.`,
    toRequest: (params) => toStoredRequest(task, params),
    check: storedCheck,
    storedId: ({ id }) => id,
    // The check knows that it is the answer to this task.
    collect: async (parts) => finish((await onlyPart(parts)) as Answer),
  });

/** The response, as far as it has come. */
export const retrieveOperation: OperationKind<StoredResponse, ModelResponse> = operationFor(
  'retrieve',
  withOutputText,
);

/** The response, stopped. */
export const cancelOperation: OperationKind<StoredResponse, ModelResponse> = operationFor(
  'cancel',
  withOutputText,
);

/** That it is deleted. */
export const deleteOperation: OperationKind<StoredResponse, DeletedResponse> = operationFor('delete');

/** One page of what the response was the answer to. */
export const inputItemsOperation: OperationKind<StoredResponse, ResponseItemList> =
  operationFor('input-items');
