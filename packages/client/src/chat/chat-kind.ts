// The operation `chat` as the engine sees it, whoever checks its parameters.
import {
  type Batch,
  type ChatCompletion,
  type ChatFeature,
  type ChatRequest,
  fold,
  type Message,
  type Usage,
} from '@g4f/core';
import { isPromise, withFields } from '@g4f/core/internal';
import type { OperationRequest } from '../attempt/call-context.ts';
import type { RequestScope } from '../attempt/request-scope.ts';
import type { CheckedRequest, OperationKind } from '../engine/operation-kind.ts';
import type { Fields } from '../options/plain-value.ts';
import type { Candidate } from '../routing/candidate.ts';
import { needsOf } from '../routing/feature-needs.ts';
import { CheckedStream } from './checked-stream.ts';

/** A conversation that is to be answered. A class, so that all have one shape. */
class ChatOperationRequest implements OperationRequest<Batch> {
  readonly operation = 'chat';
  readonly model: string;
  readonly stream: boolean;
  readonly conversation: readonly Message[];
  readonly allowsFallback = true;
  readonly answersOnce = false;
  readonly parameters: ChatRequest;

  constructor(request: ChatRequest) {
    this.model = request.model;
    this.stream = request.stream;
    this.conversation = request.messages;
    this.parameters = request;
  }

  needs(): readonly ChatFeature[] {
    return needsOf(this.parameters);
  }

  open(candidate: Candidate, scope: RequestScope): CheckedStream {
    const { model } = candidate;
    const request = this.model === model ? this.parameters : withFields(this.parameters, { model });
    return new CheckedStream(candidate, request, scope);
  }
}

/** Parameters after their check. */
export interface CheckedChat {
  readonly request: ChatRequest;
  /** What the caller should know of them. */
  readonly warnings: readonly string[];
}

const toChat = ({ request, warnings }: CheckedChat): CheckedRequest<Batch> => ({
  request: new ChatOperationRequest(request),
  warnings,
});

/** Chat completions: streamed as batches of events, or folded into one answer. @param check checks the parameters */
export const chatKind = (
  check: (params: Fields) => CheckedChat | Promise<CheckedChat>,
): OperationKind<Batch, ChatCompletion> => ({
  takes: 'create() takes an object with model and messages.',
  toRequest(params) {
    const checked = check(params);
    return isPromise(checked) ? checked.then(toChat) : toChat(checked);
  },
  collect: fold,
  usageIn,
});

function usageIn(batch: Batch): Usage | undefined {
  let usage: Usage | undefined;
  for (const event of batch)
    if (event.type === 'usage' || event.type === 'finish') usage = event.usage ?? usage;
  return usage;
}
