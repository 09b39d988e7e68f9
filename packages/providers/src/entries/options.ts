// The door of @g4f/providers/options: what checks a client's options. Light, because every client loads it when it is imported.

export { type GivenHeaders, readHeaders } from '../http/transport/given-headers.ts';
export { ownEnv, ownFields } from '../provider/own-fields.ts';
export { BACKEND_IDS } from '../registry/backend-ids.gen.ts';
export { nearNames } from '../registry/near-names.ts';
