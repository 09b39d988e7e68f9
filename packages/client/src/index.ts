// The door of @g4f/client on Node: all that browsers have, and the synchronous client.
export * from './browser.ts';
export { Client } from './client.ts';
export type { Surface, SyncChunkStream } from './surface/surface.ts';
