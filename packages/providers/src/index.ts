// The door of @g4f/providers.
export { defineProvider, type Provider } from '@g4f/core';
export { type BackendRow, type RowQuirks, readBackendRow } from './backend-row.ts';
export { type DiscoverOptions, discover, type FoundServer } from './discover/discover.ts';
export { createSend, type SendOptions } from './http/send.ts';
export * from './parts.ts';
export { registry } from './registry.gen.ts';
export type { RegistryEntry } from './registry.ts';
export { loadWire, type WireName } from './wires/named-wire.ts';
