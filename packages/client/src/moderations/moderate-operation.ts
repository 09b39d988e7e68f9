// The operation `moderate`, for the engine.
import type { ModerationResponse } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { onlyPart, plainOperation } from '../engine/plain-operation.ts';
import { moderationCheck } from './check-moderation.ts';
import { toModerationRequest } from './params.ts';

/** Moderations: what was found in each input. */
export const moderateOperation: OperationKind<ModerationResponse, ModerationResponse> = plainOperation({
  operation: 'moderate',
  takes: 'create() takes an object with input.',
  toRequest: toModerationRequest,
  check: moderationCheck,
  collect: onlyPart,
});
