// Where the chunks of a chat come from.
import type { ChatCompletionChunk, StreamEvent, ToldUsage } from '@g4f/core';
import type { ChunkSource } from './chunk-stream.ts';

/** The source of a chat. */
export interface ChatSource extends ChunkSource<StreamEvent, ChatCompletionChunk> {
  /** As in `createProjector`. */
  readonly usageAlone: boolean;
  /** The token counts that came last. */
  readonly told: ToldUsage;
}
