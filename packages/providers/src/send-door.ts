// The door of @g4f/providers/send: how a client lets backends reach their services.
export { requestIdOf } from './http/request-id.ts';
export { createSend, type SendOptions } from './http/send.ts';
