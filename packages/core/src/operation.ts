// What a provider may be asked to do: a line for each operation. The engine, the wires and the registry are typed on this table.
import type { ChatRequest } from './chat-request.ts';
import type { Batch } from './event.ts';
import type { EmbeddingRequest, EmbeddingResponse } from './operations/embedding.ts';
import type { ImageOutput, ImageRequest } from './operations/image.ts';
import type { ModerationRequest, ModerationResponse } from './operations/moderation.ts';
import type { ResponseRequest } from './operations/response.ts';
import type { ResponseBatch } from './operations/response-event.ts';
import type { SpeechPart, SpeechRequest } from './operations/speech.ts';
import type { StoredResponse, StoredResponseRequest } from './operations/stored-response.ts';
import type { TextCompletion, TextCompletionRequest } from './operations/text-completion.ts';
import type { TranscriptionPart, TranscriptionRequest } from './operations/transcription.ts';

/** What each operation takes, and what its stream is made of. An operation that answers once yields one part. */
export interface Operations {
  readonly chat: { readonly request: ChatRequest; readonly part: Batch };
  readonly embed: { readonly request: EmbeddingRequest; readonly part: EmbeddingResponse };
  readonly moderate: { readonly request: ModerationRequest; readonly part: ModerationResponse };
  readonly respond: { readonly request: ResponseRequest; readonly part: ResponseBatch };
  readonly storedResponse: { readonly request: StoredResponseRequest; readonly part: StoredResponse };
  readonly complete: { readonly request: TextCompletionRequest; readonly part: TextCompletion };
  readonly image: { readonly request: ImageRequest; readonly part: ImageOutput };
  readonly speech: { readonly request: SpeechRequest; readonly part: SpeechPart };
  readonly transcribe: { readonly request: TranscriptionRequest; readonly part: TranscriptionPart };
}

/** The name of an operation, which is that of the provider's method. */
export type Operation = keyof Operations;

/** All operations, in the order in which they are listed. */
export const OPERATIONS: readonly Operation[] = [
  'chat',
  'respond',
  'storedResponse',
  'embed',
  'moderate',
  'complete',
  'image',
  'speech',
  'transcribe',
];
