// What both faces stand on: one call, carried out in this thread. AsyncClient calls it directly, Client through its worker.
import type { Batch } from '@g4f/core';
import type { CallOptions, ChatParams, ClientOptions, ModelList } from './surface.ts';

/** The calls of one client. */
export interface Calls {
  /** The events of one answer, in the order of the grammar; whole or streamed, as `params.stream` says. */
  chat(params: ChatParams, options?: CallOptions): AsyncIterable<Batch>;
  listModels(options?: CallOptions): Promise<ModelList>;
}

/** The calls of a client made with these options. */
export declare const createCalls: (options: ClientOptions) => Calls;
