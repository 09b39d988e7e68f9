// The door of @g4f/client/mini: a client of one backend that the program brings, a quarter of the size.
export {
  type Attempt,
  type ChatCompletion,
  type ChatCompletionChunk,
  type ErrorCode,
  G4FError,
  isG4FError,
  type Message,
  type TimeoutPhase,
  type Tool,
  type ToolCall,
  type Usage,
} from '@g4f/core';
export { AsyncClient } from './mini/mini-client.ts';
export type { MiniOptions } from './mini/mini-settings.ts';
export type {
  AsyncChunkStream,
  CallOptions,
  ChatParams,
  RouteAttempt,
  StreamingParams,
  Timeouts,
  WholeParams,
} from './surface.ts';
