// The door of @g4f/testing.
export {
  createFaultServer,
  type FaultCounts,
  type FaultServer,
  type FaultServerOptions,
} from './fault-server.ts';
export { FAULT_TEXT } from './fault-stage.ts';
export { type Expected, FAULTS, type Fault } from './faults.ts';
export { type CheckResult, type Report, runChecks } from './run-checks.ts';
export { findSecret } from './secret.ts';
export { standardTapes } from './standard-tapes.ts';
export { type Golden, parseTape, readTapes, type Tape } from './tape.ts';
export { type Check, type TestOptions, testProvider } from './test-provider.ts';
