// The door of @g4f/providers/parts: what providers of one's own are made of, and their keys found by. Without the list of all
// providers and without a way to the network, so that a bundle for browsers can have it.

export { bringKey, keyIn } from '../http/transport/given-headers.ts';
export { credentialOf, missingKey, movedBy, notToVariable } from '../provider/credentials.ts';
export {
  type OpenAICompatibleOptions,
  openaiCompatible,
  openaiEmbeddings,
} from '../provider/openai-compatible.ts';
export {
  type EmbeddingService,
  embeddingsOverWire,
  overWire,
  type Service,
  type ServiceOptions,
} from '../provider/over-wire.ts';
export type {
  EmbedEndpoint,
  EmbedFacts,
  EmbedFeature,
  ReadEmbeddings,
  ReadVector,
} from '../wires/embed-endpoint.ts';
export type { RequestBody } from '../wires/request-body.ts';
export type { ChatEndpoint, Quirks, Wire } from '../wires/wire.ts';
