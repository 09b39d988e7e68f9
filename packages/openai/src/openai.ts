// The client: OpenAI's library by its names, over every provider of g4f.
import { AsyncClient, type ClientOptions as G4FOptions } from '@g4f/client';
import type { EmbeddingResponse } from '@g4f/core';
import { Calls, type Terms } from './calls.ts';
import type * as Chats from './chat-types.ts';
import * as Errors from './errors/errors.ts';
import { toOpenAIError, withOpenAIErrors } from './errors/to-openai-error.ts';
import { withoutStores } from './options/absent.ts';
import type { RequestOptions as CallRequestOptions, ClientOptions } from './options/client-options.ts';
import { madeBy } from './options/made-by.ts';
import { type Credentials, toClientOptions } from './options/to-g4f.ts';
import { Audio } from './resources/audio.ts';
import { Chat } from './resources/chat.ts';
import { Images } from './resources/images.ts';
import {
  type EmbeddingParams,
  Embeddings,
  Models,
  type ModerationParams,
  Moderations,
  TextCompletions,
} from './resources/plain.ts';
import { Responses } from './resources/responses.ts';
import { toFile } from './uploads/to-file.ts';

/**
 * Used like `new OpenAI({ … })` of the package `openai`: the same methods, parameters, answers and error classes. Besides, it takes
 * the options of `AsyncClient` of `@g4f/client`: `provider`, `fallback`, `hedge`, …
 *
 * @throws OpenAIError for an option that there is not, APIError for one that is not what it must be.
 */
export class OpenAI {
  static readonly OpenAIError = Errors.OpenAIError;
  static readonly APIError = Errors.APIError;
  static readonly APIConnectionError = Errors.APIConnectionError;
  static readonly APIConnectionTimeoutError = Errors.APIConnectionTimeoutError;
  static readonly APIUserAbortError = Errors.APIUserAbortError;
  static readonly NotFoundError = Errors.NotFoundError;
  static readonly ConflictError = Errors.ConflictError;
  static readonly RateLimitError = Errors.RateLimitError;
  static readonly BadRequestError = Errors.BadRequestError;
  static readonly AuthenticationError = Errors.AuthenticationError;
  static readonly InternalServerError = Errors.InternalServerError;
  static readonly PermissionDeniedError = Errors.PermissionDeniedError;
  static readonly UnprocessableEntityError = Errors.UnprocessableEntityError;
  static readonly toFile = toFile;

  readonly chat: Chat;
  readonly responses: Responses;
  readonly embeddings: Embeddings;
  readonly images: Images;
  readonly audio: Audio;
  readonly moderations: Moderations;
  readonly models: Models;
  readonly completions: TextCompletions;
  readonly #options: ClientOptions;
  readonly #client: AsyncClient;

  constructor(options: ClientOptions = {}, more: Pick<Terms, 'credentials' | 'deployment'> = {}) {
    const { client, owner } = toClientOptions(options);
    this.#options = options;
    this.#client = clientOf(client);
    const calls = new Calls({ client: this.#client, owner, credentials: keyMaker(options), ...more });
    this.chat = new Chat(calls);
    this.responses = new Responses(calls);
    this.embeddings = new Embeddings(calls);
    this.images = new Images(calls);
    this.audio = new Audio(calls);
    this.moderations = new Moderations(calls);
    this.models = new Models(calls);
    this.completions = new TextCompletions(calls);
  }

  /** Another client with some options changed. */
  withOptions(options: ClientOptions): OpenAI {
    return new OpenAI({ ...this.#options, ...options });
  }

  /** How the providers that this client has asked are doing; of `@g4f/client`. */
  health(): ReturnType<AsyncClient['health']> {
    return withOpenAIErrors(this.#client.health());
  }

  /** What this client has used: attempts, tokens, dollars; of `@g4f/client`. */
  usage(): ReturnType<AsyncClient['usage']> {
    return withOpenAIErrors(this.#client.usage());
  }
}

withoutStores(OpenAI.prototype);

function clientOf(options: G4FOptions): AsyncClient {
  try {
    return new AsyncClient(options);
  } catch (error) {
    throw toOpenAIError(error);
  }
}

/** Makes the key of each call, where the option is a function. */
function keyMaker({ apiKey }: ClientOptions): (() => Promise<Credentials>) | undefined {
  if (typeof apiKey !== 'function') return undefined;
  return async () => ({ apiKey: await madeBy(apiKey, 'apiKey') });
}

/** Types by the names of OpenAI's library: `OpenAI.ChatCompletion`, `OpenAI.Chat.Completions.ChatCompletionMessageParam`, … */
export declare namespace OpenAI {
  export type ChatCompletion = Chats.ChatCompletion;
  export type ChatCompletionChunk = Chats.ChatCompletionChunk;
  export type ChatCompletionMessage = Chats.ChatCompletionMessage;
  export type ChatCompletionMessageParam = Chats.ChatCompletionMessageParam;
  export type ChatCompletionSystemMessageParam = Chats.ChatCompletionSystemMessageParam;
  export type ChatCompletionUserMessageParam = Chats.ChatCompletionUserMessageParam;
  export type ChatCompletionAssistantMessageParam = Chats.ChatCompletionAssistantMessageParam;
  export type ChatCompletionToolMessageParam = Chats.ChatCompletionToolMessageParam;
  export type ChatCompletionMessageToolCall = Chats.ChatCompletionMessageToolCall;
  export type ChatCompletionTool = Chats.ChatCompletionTool;
  export type ChatCompletionFunctionTool = Chats.ChatCompletionFunctionTool;
  export type ChatCompletionCreateParams = Chats.ChatCompletionCreateParams;
  export type ChatCompletionCreateParamsStreaming = Chats.ChatCompletionCreateParamsStreaming;
  export type ChatCompletionCreateParamsNonStreaming = Chats.ChatCompletionCreateParamsNonStreaming;
  export type RequestOptions = CallRequestOptions;
  export type Embedding = EmbeddingResponse['data'][number];
  export type CreateEmbeddingResponse = EmbeddingResponse;
  export type EmbeddingCreateParams = EmbeddingParams;
  export type ModerationCreateParams = ModerationParams;
  export namespace Chat {
    export type ChatCompletion = Chats.ChatCompletion;
    export type ChatCompletionChunk = Chats.ChatCompletionChunk;
    export type ChatCompletionMessage = Chats.ChatCompletionMessage;
    export type ChatCompletionMessageParam = Chats.ChatCompletionMessageParam;
    export type ChatCompletionSystemMessageParam = Chats.ChatCompletionSystemMessageParam;
    export type ChatCompletionUserMessageParam = Chats.ChatCompletionUserMessageParam;
    export type ChatCompletionAssistantMessageParam = Chats.ChatCompletionAssistantMessageParam;
    export type ChatCompletionToolMessageParam = Chats.ChatCompletionToolMessageParam;
    export type ChatCompletionMessageToolCall = Chats.ChatCompletionMessageToolCall;
    export type ChatCompletionTool = Chats.ChatCompletionTool;
    export type ChatCompletionFunctionTool = Chats.ChatCompletionFunctionTool;
    export type ChatCompletionCreateParams = Chats.ChatCompletionCreateParams;
    export type ChatCompletionCreateParamsStreaming = Chats.ChatCompletionCreateParamsStreaming;
    export type ChatCompletionCreateParamsNonStreaming = Chats.ChatCompletionCreateParamsNonStreaming;
    export namespace Completions {
      export type ChatCompletion = Chats.ChatCompletion;
      export type ChatCompletionChunk = Chats.ChatCompletionChunk;
      export type ChatCompletionMessage = Chats.ChatCompletionMessage;
      export type ChatCompletionMessageParam = Chats.ChatCompletionMessageParam;
      export type ChatCompletionSystemMessageParam = Chats.ChatCompletionSystemMessageParam;
      export type ChatCompletionUserMessageParam = Chats.ChatCompletionUserMessageParam;
      export type ChatCompletionAssistantMessageParam = Chats.ChatCompletionAssistantMessageParam;
      export type ChatCompletionToolMessageParam = Chats.ChatCompletionToolMessageParam;
      export type ChatCompletionMessageToolCall = Chats.ChatCompletionMessageToolCall;
      export type ChatCompletionTool = Chats.ChatCompletionTool;
      export type ChatCompletionFunctionTool = Chats.ChatCompletionFunctionTool;
      export type ChatCompletionCreateParams = Chats.ChatCompletionCreateParams;
      export type ChatCompletionCreateParamsStreaming = Chats.ChatCompletionCreateParamsStreaming;
      export type ChatCompletionCreateParamsNonStreaming = Chats.ChatCompletionCreateParamsNonStreaming;
    }
  }
}
