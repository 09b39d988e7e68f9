// What the first chat of a client needs, as one module: loaded in pieces, it would be cut into more files.
export { chatOperation } from '../chat/chat-operation.ts';
export { createFullEngine } from '../engine/full-engine.ts';
