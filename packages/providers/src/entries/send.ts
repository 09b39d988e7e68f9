// The door of @g4f/providers/send: how a client lets providers reach their services.

export { createSend, type SendOptions } from '#platform/send';
export { hidePrompt } from '../http/failures/hide-prompt.ts';
export { requestIdOf } from '../http/failures/request-id.ts';
