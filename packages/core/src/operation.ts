// What a provider may be asked to do: a line for each operation. The engine, the wires and the registry are typed on this table.
import type { ChatRequest } from './chat-request.ts';
import type { Batch } from './event.ts';
import type { EmbeddingRequest, EmbeddingResponse } from './operations/embedding.ts';
import type { ImageOutput, ImageRequest } from './operations/image.ts';
import type { ModerationRequest, ModerationResponse } from './operations/moderation.ts';
import type { TextCompletion, TextCompletionRequest } from './operations/text-completion.ts';

/** What each operation takes, and what its stream is made of. An operation that answers once yields one part. */
export interface Operations {
  readonly chat: { readonly request: ChatRequest; readonly part: Batch };
  readonly embed: { readonly request: EmbeddingRequest; readonly part: EmbeddingResponse };
  readonly moderate: { readonly request: ModerationRequest; readonly part: ModerationResponse };
  readonly complete: { readonly request: TextCompletionRequest; readonly part: TextCompletion };
  readonly image: { readonly request: ImageRequest; readonly part: ImageOutput };
}

/** The name of an operation, which is that of the provider's method. */
export type Operation = keyof Operations;

/** All operations, in the order in which they are listed. */
export const OPERATIONS: readonly Operation[] = ['chat', 'embed', 'moderate', 'complete', 'image'];
