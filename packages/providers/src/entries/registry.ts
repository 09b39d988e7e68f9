// The door of @g4f/providers/registry: which providers there are, as data, without the code that speaks to them.
export { type BackendRow, type RowQuirks, readBackendRow } from '../registry/backend-row.ts';
export type { KnownModel, KnownProvider } from '../registry/names.gen.ts';
export { loadRegistry, type ModelEnd, type RegistryEntry } from '../registry/registry.ts';
