// The door of @g4f/client for browsers: there a thread cannot wait, so there is no `Client`.
export { AsyncClient } from './async-client.ts';
export * from './core-exports.ts';
export type { CallEvents } from './surface/call-events.ts';
export type {
  AsyncChunkStream,
  ChatParams,
  RouteAttempt,
  StreamingParams,
  WholeParams,
} from './surface/chat.ts';
export type { BackendHealth } from './surface/health.ts';
export type { ListError, ListParams, Model, ModelList } from './surface/models.ts';
export type {
  CallOptions,
  ClientOptions,
  Hedge,
  Keys,
  ModelName,
  ProviderChoice,
  ProviderId,
  Retired,
  Routing,
  RoutingPolicy,
  Timeouts,
} from './surface/options.ts';
export type {
  GivenFormat,
  GivenSchema,
  GivenTool,
  SchemaParams,
  StandardSchema,
} from './surface/schema-params.ts';
