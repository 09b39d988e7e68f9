// The three clients as one: each asks the service at an address, and is closed after use.
import type { ChatCompletion, ChatCompletionChunk } from '@g4f/core';
import { openaiCompatible } from '@g4f/providers';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import type { AsyncPartStream, SyncPartStream } from '../src/surface/part-stream.ts';

/** A stream of any of them: `for await` reads both kinds. */
export type AnyStream = AsyncPartStream<ChatCompletionChunk> | SyncPartStream<ChatCompletionChunk>;

/** One of them. */
export interface Face {
  whole(model: string): ChatCompletion | Promise<ChatCompletion>;
  stream(model: string): AnyStream;
  close(): void;
}

/** Makes one for an address, with a key. */
export type MakeFace = (baseURL: string, apiKey: string) => Face;

const asking = (model: string) => ({ model, messages: 'hello' });
const streaming = (model: string) => ({ ...asking(model), stream: true }) as const;

export const FACES: Readonly<Record<'AsyncClient' | 'Client' | 'the small client', MakeFace>> = {
  AsyncClient(baseURL, apiKey) {
    const client = new AsyncClient({ baseURL, apiKey, maxRetries: 0 });
    const { create } = client.chat.completions;
    return {
      whole: (model) => create(asking(model)),
      stream: (model) => create(streaming(model)),
      close: () => client.close(),
    };
  },
  Client(baseURL, apiKey) {
    const client = new Client({ baseURL, apiKey, maxRetries: 0 });
    const { create } = client.chat.completions;
    return {
      whole: (model) => create(asking(model)),
      stream: (model) => create(streaming(model)),
      close: () => client.close(),
    };
  },
  'the small client'(baseURL, apiKey) {
    const client = new SmallClient({ provider: openaiCompatible({ baseURL }), apiKey, maxRetries: 0 });
    const { create } = client.chat.completions;
    return {
      whole: (model) => create(asking(model)),
      stream: (model) => create(streaming(model)),
      close: () => client.close(),
    };
  },
};
