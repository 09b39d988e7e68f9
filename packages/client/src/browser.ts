// The door of @g4f/client for browsers: there a thread cannot wait, so there is no `Client`.
export { AsyncClient } from './async-client.ts';
export * from './core-exports.ts';
export type { CallEvents } from './surface/call-events.ts';
export type {
  GivenFormat,
  GivenSchema,
  GivenTool,
  SchemaParams,
  StandardSchema,
} from './surface/schema-params.ts';
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
} from './surface/surface.ts';
