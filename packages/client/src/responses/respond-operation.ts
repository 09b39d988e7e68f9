// The operation `respond`, for the engine.
import type { ChatFeature, Message, ModelResponse, ResponseBatch, ResponseRequest } from '@g4f/core';
import { G4FError } from '@g4f/core';
import type { OperationRequest } from '../attempt/call-context.ts';
import type { RequestScope } from '../attempt/request-scope.ts';
import type { OperationKind } from '../engine/operation-kind.ts';
import type { Candidate } from '../routing/candidate.ts';
import { needsOf } from '../routing/feature-needs.ts';
import { isResponseState, withOutputText } from '../streams/response-stream.ts';
import { nativeParts } from './native-parts.ts';
import { toResponseRequest } from './params.ts';
import { toChatUsage } from './response-object.ts';
import { type Translation, toChatRequest } from './to-chat-request.ts';
import { translatedParts } from './translated-parts.ts';

/** A response that is asked for. A class, so that all have one shape. */
class RespondRequest implements OperationRequest<ResponseBatch> {
  readonly operation = 'respond';
  readonly model: string;
  readonly stream: boolean;
  readonly allowsFallback = true;
  readonly answersOnce = false;
  readonly parameters: ResponseRequest;
  #translation: Translation | undefined;

  constructor(request: ResponseRequest) {
    this.model = request.model;
    this.stream = request.stream;
    this.parameters = request;
  }

  get conversation(): readonly Message[] {
    return this.#translated().request.messages;
  }

  needs(): readonly ChatFeature[] {
    return needsOf(this.#translated().request);
  }

  /** Those that have responses of their own come first; others whom the caller named stay where they stand if nothing is lost. */
  suits(candidate: Candidate): boolean {
    const { warnings, refusals } = this.#translated();
    return hasResponses(candidate) || (candidate.named && warnings.length + refusals.length === 0);
  }

  /** Who has no responses of its own is asked for a chat. */
  open(candidate: Candidate, scope: RequestScope): AsyncIterator<ResponseBatch, undefined> {
    return hasResponses(candidate)
      ? nativeParts(this.parameters, candidate, scope)
      : translatedParts(this.parameters, this.#translated(), candidate, scope);
  }

  #translated(): Translation {
    this.#translation ??= toChatRequest(this.parameters);
    return this.#translation;
  }
}

const hasResponses = ({ backend }: Candidate): boolean => backend.operations.includes('respond');

/** Responses: streamed as lists of events, or the response that the last of them holds. */
export const respondOperation: OperationKind<ResponseBatch, ModelResponse> = {
  takes: 'create() takes an object with model and input.',
  toRequest(params) {
    const { request, warnings } = toResponseRequest(params);
    return { request: new RespondRequest(request), warnings };
  },
  async collect(parts) {
    let response: ModelResponse | undefined;
    for await (const part of parts)
      for (const event of part) if (isResponseState(event)) response = event.response;
    if (response === undefined) throw new G4FError('the answer is empty.', { code: 'bad-response' });
    return withOutputText(response);
  },
  usageIn(part) {
    const last = part.at(-1);
    const usage = last !== undefined && isResponseState(last) ? last.response.usage : undefined;
    return usage == null ? undefined : toChatUsage(usage);
  },
  storedIdIn: (part) => part.find(isResponseState)?.response.id,
};
