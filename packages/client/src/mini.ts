// The door of @g4f/client/mini: a client of one backend that the program brings, a third of the size.
export { AsyncClient, type MiniCallOptions, type MiniCreate, type MiniParams } from './mini/mini-client.ts';
export type { MiniOptions } from './mini/mini-settings.ts';
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
  ModelName,
  RouteAttempt,
  Timeouts,
} from './surface.ts';
