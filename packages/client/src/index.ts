// The door of @g4f/client.
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
export { AsyncClient } from './async-client.ts';
export { Client } from './client.ts';
export type {
  AsyncChunkStream,
  CallOptions,
  ChatParams,
  ClientOptions,
  Model,
  ModelList,
  ProviderChoice,
  StreamingParams,
  Surface,
  SyncChunkStream,
  Timeouts,
  WholeParams,
} from './surface.ts';
