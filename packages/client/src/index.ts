// The door of @g4f/client on Node: all that browsers have, and the synchronous client.
export * from './browser.ts';
export { Client } from './client.ts';
export { type SaveOptions, saveImage } from './images/save-image.ts';
export type { SyncSpeech } from './surface/audio.ts';
export type { SyncChunkStream } from './surface/chat.ts';
export type { SyncProgramStream } from './surface/programs.ts';
export type { SyncResponseStream } from './surface/responses.ts';
export type { Surface } from './surface/surface.ts';
