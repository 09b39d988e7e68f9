// The door of @g4f/client for browsers: there a thread cannot wait, so there is no `Client`.
export { AsyncClient } from './async-client.ts';
export type { CallEvents } from './observed.ts';
export * from './of-core.ts';
export type {
  AsyncChunkStream,
  BackendHealth,
  CallOptions,
  ChatParams,
  ClientOptions,
  GivenFormat,
  GivenSchema,
  GivenTool,
  Hedge,
  Keys,
  ListError,
  ListParams,
  Model,
  ModelList,
  ModelName,
  ProviderChoice,
  ProviderId,
  Retired,
  RouteAttempt,
  Routing,
  RoutingPolicy,
  SchemaParams,
  StandardSchema,
  StreamingParams,
  Timeouts,
  WholeParams,
} from './surface.ts';
