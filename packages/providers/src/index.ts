// The door of @g4f/providers.
export { defineProvider, type Provider } from '@g4f/core';
export { createSend, type SendOptions } from '#platform/send';
export { type DiscoverOptions, discover, type FoundServer } from './discover/discover.ts';
export * from './entries/parts.ts';
export { loadWire, type WireName } from './provider/named-wire.ts';
export { type BackendRow, type RowQuirks, readBackendRow } from './registry/backend-row.ts';
export { registry } from './registry/registry.gen.ts';
export type { RegistryEntry } from './registry/registry.ts';
