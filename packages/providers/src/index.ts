// The door of @g4f/providers.
export { defineProvider, type Provider } from '@g4f/core';
export { type BackendRow, type RowQuirks, readBackendRow } from './backend-row.ts';
export { baseURLVariable, credentialOf, missingKey } from './credentials.ts';
export { type DiscoverOptions, discover, type FoundServer } from './discover/discover.ts';
export { createSend, type SendOptions } from './http/send.ts';
export { nearNames } from './near-names.ts';
export { type OpenAICompatibleOptions, openaiCompatible } from './openai-compatible.ts';
export { registry } from './registry.gen.ts';
export type { RegistryEntry } from './registry.ts';
export { overWire, type Service, type ServiceOptions } from './service.ts';
export { loadWire, type WireName } from './wires/named-wire.ts';
export type { Quirks, RequestBody, Wire } from './wires/wire.ts';
