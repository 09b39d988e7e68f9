// The door of @g4f/client for browsers: there a thread cannot wait, so there is no `Client`.
export { AsyncClient } from './async-client.ts';
export type { CallEvents } from './observed.ts';
export * from './of-core.ts';
export type {
  GivenFormat,
  GivenSchema,
  GivenTool,
  SchemaParams,
  StandardSchema,
} from './schema-params.ts';
export type {
  AsyncChunkStream,
  BackendHealth,
  CallOptions,
  ChatParams,
  ClientOptions,
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
  StreamingParams,
  Timeouts,
  WholeParams,
} from './surface.ts';
