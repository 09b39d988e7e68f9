// The door of @g4f/client/middleware: what stands around every call of a client, or around each of its providers.

export { withSharedCircuits } from './circuits/with-shared-circuits.ts';
export {
  type GuardCheck,
  type GuardedText,
  type GuardModeration,
  type GuardOptions,
  withGuard,
} from './guard/with-guard.ts';
export type { LimitsOptions, ProviderLimit } from './limits/options.ts';
export { withLimits } from './limits/with-limits.ts';
export { withBudget } from './middleware/with-budget.ts';
export { withCache } from './middleware/with-cache.ts';
export { withLog } from './middleware/with-log.ts';
export { withMetering } from './middleware/with-metering.ts';
export type { OwnPrivate, PrivateKind, RedactionOptions } from './redaction/options.ts';
export { withRedaction } from './redaction/with-redaction.ts';
export type { SimulatedFaultName } from './simulation/faults.ts';
export type { SimulationOptions, SimulationRule } from './simulation/rules.ts';
export { withSimulation } from './simulation/with-simulation.ts';
export type {
  BudgetOptions,
  CacheOptions,
  CacheStore,
  CallFields,
  CallNeed,
  CallUse,
  CircuitLink,
  CircuitPlace,
  EndCall,
  Handler,
  Logger,
  Meter,
  Middleware,
  MiddlewareCall,
  MiddlewareOptions,
  Next,
  StoredCacheOptions,
  WrapProvider,
} from './surface/middleware.ts';
export { type ReplayOptions, withRecording, withReplay } from './tapes/with-tape.ts';
