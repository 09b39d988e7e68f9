// The door of @g4f/testing.
export type { Check, TestOptions } from './checks/check.ts';
export type { FaultCounts } from './fault-counts.ts';
export { createFaultServer, type FaultServer, type FaultServerOptions } from './fault-server.ts';
export { EMBED_FAULTS, type EmbedFault, type EmbedFaultResponse } from './faults/embed-faults.ts';
export type { Expected, Fault } from './faults/fault.ts';
export type { Afterwards, FaultResponse, Head } from './faults/fault-response.ts';
export { FAULT_TEXT } from './faults/fault-text.ts';
export { FAULTS, faultsOf } from './faults/faults.ts';
export { type MockInput, type MockVector, vectorOf } from './mock-wires/mock-embeddings.ts';
export type {
  MockAnswer,
  MockCall,
  MockFailure,
  MockWire,
} from './mock-wires/mock-wire.ts';
export { type CheckResult, type Report, runChecks } from './run-checks.ts';
export { findSecret } from './tapes/secret.ts';
export { standardTapes } from './tapes/standard-tapes.ts';
export { type Golden, parseTape, readTapes, type Tape } from './tapes/tape.ts';
export { testProvider } from './test-provider.ts';
