// The door of @g4f/server.
export type { Cors, Hosts } from './guard/origins.ts';
export { createHandler, type Handler } from './handler/handler.ts';
export { type RunningServer, type ServeOptions, serve } from './node/serve.ts';
export type { HandlerOptions } from './options/options.ts';
