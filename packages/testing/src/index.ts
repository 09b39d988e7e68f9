// The door of @g4f/testing.
export type { FaultCounts } from './fault-counts.ts';
export { createFaultServer, type FaultServer, type FaultServerOptions } from './fault-server.ts';
export { type Expected, FAULT_TEXT, type Fault } from './faults/fault.ts';
export { FAULTS, faultsOf } from './faults/faults.ts';
export type { Afterwards, Head, Stage } from './faults/stage.ts';
export { type CheckResult, type Report, runChecks } from './run-checks.ts';
export { findSecret } from './secret.ts';
export type { Speaker, SpokenCall, SpokenFailure, WireSpeech } from './speech/wire-speech.ts';
export { standardTapes } from './standard-tapes.ts';
export { type Golden, parseTape, readTapes, type Tape } from './tape.ts';
export { type Check, type TestOptions, testProvider } from './test-provider.ts';
