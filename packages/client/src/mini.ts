// The door of @g4f/client/mini: a client of one provider that the program brings, a third of the size.

export * from './core-exports.ts';
export {
  AsyncClient,
  type MiniCallOptions,
  type MiniChunkStream as AsyncChunkStream,
  type MiniCreate,
  type MiniParams,
} from './mini/mini-client.ts';
export type { MiniOptions } from './mini/mini-settings.ts';
export type {
  GivenCustomTool,
  GivenFormat,
  GivenMessage,
  GivenSchema,
  GivenTool,
  GivenToolChoice,
  SchemaParams,
  StandardSchema,
} from './surface/chat.ts';
export type { ModelName, Timeouts } from './surface/options.ts';
export type { AnswerPromise, RouteAttempt, ServiceResponse, WithResponse } from './surface/received.ts';
