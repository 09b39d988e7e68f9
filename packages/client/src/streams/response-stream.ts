// The events of a response as they come, and the response that the last of them holds.
import { G4FError, type ModelResponse, type ResponseStateEvent, type ResponseStreamEvent } from '@g4f/core';

/** The events that end a response. */
export const LAST_STATES: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete']);

/** The events that tell how the response stands, and hold it. */
export const STATES: ReadonlySet<string> = new Set([
  'response.created',
  'response.queued',
  'response.in_progress',
  ...LAST_STATES,
]);

/** Whether it is one of them. */
export const isResponseState = (event: ResponseStreamEvent): event is ResponseStateEvent =>
  STATES.has(event.type);

/** Hears the events that a reader is given. */
export class HeardResponse {
  #last: ModelResponse | undefined;

  hear(event: ResponseStreamEvent): ResponseStreamEvent {
    if (isResponseState(event)) this.#last = event.response;
    return event;
  }

  /** The whole response, once all has been read. @throws G4FError `aborted` where reading was stopped before its end */
  whole(): ModelResponse {
    const response = this.#last;
    if (response?.status === 'completed' || response?.status === 'incomplete')
      return withOutputText(response);
    throw new G4FError('the response was stopped before its end.', { code: 'aborted' });
  }
}

/** The response with the texts of all its messages together, as OpenAI's library gives it. */
export const withOutputText = (response: ModelResponse): ModelResponse => ({
  ...response,
  output_text: response.output
    .flatMap((item) => (item.type === 'message' ? item.content : []))
    .map((part) => (part.type === 'output_text' ? part.text : ''))
    .join(''),
});
