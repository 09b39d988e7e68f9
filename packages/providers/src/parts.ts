// The door of @g4f/providers/parts: what clients and backends of one's own are made of, without the list of all backends.
export { baseURLVariable, credentialOf, missingKey } from './credentials.ts';
export { createSend, type SendOptions } from './http/send.ts';
export { nearNames } from './near-names.ts';
export { type OpenAICompatibleOptions, openaiCompatible } from './openai-compatible.ts';
export { overWire, type Service, type ServiceOptions } from './service.ts';
export type { Quirks, RequestBody, Wire } from './wires/wire.ts';
