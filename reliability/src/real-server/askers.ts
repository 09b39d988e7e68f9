// Both clients behind one door: what is asked of a real server, and what comes, whichever client asks.
import {
  AsyncClient,
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChatParams,
  Client,
  type ClientOptions,
  type ModelResponse,
  type ResponseParams,
  type ResponseStreamEvent,
} from '@g4f/client';
import type { EmbeddingResponse, TextCompletion } from '@g4f/core';

type EmbeddingParams = Parameters<AsyncClient['embeddings']['create']>[0];
type TextParams = Omit<Parameters<AsyncClient['completions']['create']>[0], 'stream'> & {
  readonly model: string;
  readonly prompt: string | readonly string[];
};

/** A stream of either client. */
type Read<Part> = AsyncIterable<Part> | Iterable<Part>;

/** One client. */
export interface Asker {
  readonly name: string;
  chat(params: ChatParams): Promise<ChatCompletion>;
  chatStream(params: ChatParams): Read<ChatCompletionChunk>;
  complete(params: TextParams): Promise<TextCompletion>;
  completeStream(params: TextParams): Read<TextCompletion>;
  respond(params: ResponseParams): Promise<ModelResponse>;
  respondStream(params: ResponseParams): Read<ResponseStreamEvent>;
  embed(params: EmbeddingParams): Promise<EmbeddingResponse>;
  models(): Promise<readonly { readonly id: string }[]>;
  close(): void;
}

/** One client. Whatever `Client` gives at once can be awaited as well. */
const askerOf = (name: string, client: AsyncClient | Client): Asker => {
  const { chat, completions, responses, embeddings, models } = client;
  return {
    name,
    chat: async (params) => chat.completions.create({ ...params, stream: false }),
    chatStream: (params) => chat.completions.create({ ...params, stream: true }),
    complete: async (params) => completions.create({ ...params, stream: false }),
    completeStream: (params) => completions.create({ ...params, stream: true }),
    respond: async (params) => responses.create({ ...params, stream: false }),
    respondStream: (params) => responses.create({ ...params, stream: true }),
    embed: async (params) => embeddings.create(params),
    models: async () => (await models.list()).data,
    close: () => client.close(),
  };
};

/** Both, with the same options. */
export const askers = (options: ClientOptions): readonly Asker[] => [
  askerOf('AsyncClient', new AsyncClient(options)),
  askerOf('Client', new Client(options)),
];
