// The door of @g4f/server.
export type { GatewayConfig } from './config/config-schema.ts';
export type { Observe, RequestRecord } from './exchange/record.ts';
export type { Cors, Hosts } from './guard/origins.ts';
export { createHandler, type Handler } from './handler/handler.ts';
export type { LoggingOptions } from './logging/logging.ts';
export type { MetricsOptions } from './metrics/metrics.ts';
export { type RunningServer, type ServeOptions, serve } from './node/serve.ts';
export type { HandlerOptions } from './options/options.ts';
export type { PageFile, ServedPage } from './page/served-page.ts';
export type { ResponseStore, StoredResponse } from './stored/response-store.ts';
export type { Condition, ModelTarget, ModelTargets } from './targets/target.ts';
