// The stream of `responses.stream`: events, and the whole response.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/src/lib/responses/ResponseStream.ts
import type { AsyncResponseStream, ModelResponse, ResponseStreamEvent } from '@g4f/client';
import { type EndEvents, EventStream } from './event-stream.ts';

/** `event` for each of them, and the type of each: `response.output_text.delta`, … */
export interface ResponseEvents extends EndEvents {
  event: [event: ResponseStreamEvent];
  [type: `response.${string}`]: [event: ResponseStreamEvent];
}

/** The events of one response; read by itself, unless a loop reads it. */
export class ResponseStream extends EventStream<ResponseStreamEvent, ModelResponse, ResponseEvents> {
  readonly #begin: (signal: AbortSignal) => Promise<{ readonly stream: AsyncResponseStream }>;

  constructor(
    begin: (signal: AbortSignal) => Promise<{ readonly stream: AsyncResponseStream }>,
    signal?: AbortSignal | null,
  ) {
    super(signal);
    this.#begin = begin;
  }

  /** The whole response. Rejects where it fails, and for one that was left. */
  finalResponse(): Promise<ModelResponse> {
    return this.result();
  }

  protected async *open(): AsyncGenerator<ResponseStreamEvent, ModelResponse> {
    const { stream } = await this.#begin(this.controller.signal);
    for await (const event of stream) yield event;
    return stream.finalResponse();
  }

  protected see(event: ResponseStreamEvent): void {
    this.emit('event', event);
    if (event.type.startsWith('response.')) this.emit(event.type as `response.${string}`, event);
  }

  protected finish(): void {}
}
