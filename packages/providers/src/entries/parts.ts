// The door of @g4f/providers/parts: what providers of one's own are made of, and their keys found by. Without the list of all
// providers and without a way to the network, so that a bundle for browsers can have it.

export { bringKey, keyIn } from '../http/transport/given-headers.ts';
export { credentialOf, missingKey, movedBy, notToVariable } from '../provider/credentials.ts';
export {
  type OpenAICompatibleOptions,
  openaiCompatible,
  openaiWithoutChat,
} from '../provider/openai-compatible.ts';
export { overWire, type Service, type ServiceOptions, withoutChat } from '../provider/over-wire.ts';
export type {
  EmbedEndpoint,
  EmbedFacts,
  EmbedFeature,
  ReadEmbeddings,
  ReadVector,
} from '../wires/embed-endpoint.ts';
export type {
  Endpoint,
  EndpointContext,
  EndpointReply,
  EndpointRequest,
  OperationFacts,
  OtherOperation,
  OtherOperations,
} from '../wires/endpoint.ts';
export { type InlineData, readDataURL } from '../wires/fit/data-url.ts';
export { serverOperations } from '../wires/openai-chat/operations.ts';
export type { RequestBody } from '../wires/request-body.ts';
export type { ChatEndpoint, ChatWire, Quirks, Wire } from '../wires/wire.ts';
