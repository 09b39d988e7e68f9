// The door of @g4f/client for browsers: there a thread cannot wait, so there is no `Client`.
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
export type { CallEvents } from './observed.ts';
export type {
  AsyncChunkStream,
  BackendHealth,
  CallOptions,
  ChatParams,
  ClientOptions,
  Hedge,
  Keys,
  ListError,
  ListOptions,
  Model,
  ModelList,
  ProviderChoice,
  RouteAttempt,
  Routing,
  RoutingPolicy,
  StreamingParams,
  Timeouts,
  WholeParams,
} from './surface.ts';
