// The door of @g4f/providers/options: what checks a client's options. Light, because every client loads it when it is imported.
export { BACKEND_IDS } from './backend-ids.gen.ts';
export { type GivenHeaders, readHeaders } from './http/given-headers.ts';
export { nearNames } from './near-names.ts';
export { ownEnv, ownFields } from './own-fields.ts';
