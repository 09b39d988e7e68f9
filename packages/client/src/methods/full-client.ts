// What the first chat of a client needs, as one module: loaded in pieces, it would be cut into more files.
export { chatOperation } from '../chat/chat-operation.ts';
export { createEngine } from '../engine/engine.ts';
export { planFor } from '../engine/full-plan.ts';
