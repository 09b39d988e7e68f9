// The client: OpenAI's library by its names, over every provider of g4f.
import { AsyncClient, type ClientOptions as G4FOptions } from '@g4f/client';
import type { EmbeddingResponse } from '@g4f/core';
import { Calls, type Terms } from './calls/calls.ts';
import type { ChatTypes } from './chat-types.ts';
import * as Errors from './errors/errors.ts';
import { toOpenAIError, withOpenAIErrors } from './errors/to-openai-error.ts';
import { withoutStores } from './options/absent.ts';
import type { ClientOptions } from './options/client-options.ts';
import { madeBy } from './options/made-by.ts';
import { accountOf, type Credentials, toClientOptions } from './options/to-g4f.ts';
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

type MoreTerms = Pick<Terms, 'credentials' | 'deployment'>;

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
  readonly #more: MoreTerms;
  readonly #client: AsyncClient;

  /** @param more what a subclass brings to each call. */
  constructor(options: ClientOptions = {}, more: MoreTerms = {}) {
    const { client, owner } = toClientOptions(options);
    this.#options = options;
    this.#more = more;
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

  /** The address that is asked; undefined where a provider other than OpenAI has one of its own. */
  get baseURL(): string | undefined {
    return accountOf(this.#options).baseURL;
  }

  /** The key, where it is one text that is known here: of the option, or of OPENAI_API_KEY. Not shown where a client is printed. */
  get apiKey(): string | undefined {
    return accountOf(this.#options).apiKey;
  }

  /** As it was given; undefined without: then each phase of a call has a deadline, and the whole has none. */
  get timeout(): ClientOptions['timeout'] {
    return this.#options.timeout;
  }

  /** How often a provider is asked again. */
  get maxRetries(): number {
    return this.#options.maxRetries ?? 2;
  }

  /** As it was given, or by OPENAI_ORG_ID where OpenAI is asked; null where none is sent. */
  get organization(): string | null {
    return accountOf(this.#options).organization;
  }

  /** As it was given, or by OPENAI_PROJECT_ID where OpenAI is asked; null where none is sent. */
  get project(): string | null {
    return accountOf(this.#options).project;
  }

  /** Another client with some options changed. */
  withOptions(options: ClientOptions): OpenAI {
    return alike({ ...this.#options, ...options }, this.#more);
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

// Not inside the class: there it would name itself, be renamed by the bundler, and print as `_OpenAI`.
const alike = (options: ClientOptions, more: MoreTerms): OpenAI => new OpenAI(options, more);

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
  export type ChatCompletion = ChatTypes['ChatCompletion'];
  export type ChatCompletionChunk = ChatTypes['ChatCompletionChunk'];
  export type ChatCompletionMessage = ChatTypes['ChatCompletionMessage'];
  export type ChatCompletionMessageParam = ChatTypes['ChatCompletionMessageParam'];
  export type ChatCompletionSystemMessageParam = ChatTypes['ChatCompletionSystemMessageParam'];
  export type ChatCompletionUserMessageParam = ChatTypes['ChatCompletionUserMessageParam'];
  export type ChatCompletionAssistantMessageParam = ChatTypes['ChatCompletionAssistantMessageParam'];
  export type ChatCompletionToolMessageParam = ChatTypes['ChatCompletionToolMessageParam'];
  export type ChatCompletionMessageToolCall = ChatTypes['ChatCompletionMessageToolCall'];
  export type ChatCompletionTool = ChatTypes['ChatCompletionTool'];
  export type ChatCompletionFunctionTool = ChatTypes['ChatCompletionFunctionTool'];
  export type ChatCompletionCreateParams = ChatTypes['ChatCompletionCreateParams'];
  export type ChatCompletionCreateParamsStreaming = ChatTypes['ChatCompletionCreateParamsStreaming'];
  export type ChatCompletionCreateParamsNonStreaming = ChatTypes['ChatCompletionCreateParamsNonStreaming'];
  export type RequestOptions = NonNullable<Parameters<OpenAI['moderations']['create']>[1]>;
  export type Embedding = EmbeddingResponse['data'][number];
  export type CreateEmbeddingResponse = EmbeddingResponse;
  export type EmbeddingCreateParams = EmbeddingParams;
  export type ModerationCreateParams = ModerationParams;
  export namespace Chat {
    export type ChatCompletion = ChatTypes['ChatCompletion'];
    export type ChatCompletionChunk = ChatTypes['ChatCompletionChunk'];
    export type ChatCompletionMessage = ChatTypes['ChatCompletionMessage'];
    export type ChatCompletionMessageParam = ChatTypes['ChatCompletionMessageParam'];
    export type ChatCompletionSystemMessageParam = ChatTypes['ChatCompletionSystemMessageParam'];
    export type ChatCompletionUserMessageParam = ChatTypes['ChatCompletionUserMessageParam'];
    export type ChatCompletionAssistantMessageParam = ChatTypes['ChatCompletionAssistantMessageParam'];
    export type ChatCompletionToolMessageParam = ChatTypes['ChatCompletionToolMessageParam'];
    export type ChatCompletionMessageToolCall = ChatTypes['ChatCompletionMessageToolCall'];
    export type ChatCompletionTool = ChatTypes['ChatCompletionTool'];
    export type ChatCompletionFunctionTool = ChatTypes['ChatCompletionFunctionTool'];
    export type ChatCompletionCreateParams = ChatTypes['ChatCompletionCreateParams'];
    export type ChatCompletionCreateParamsStreaming = ChatTypes['ChatCompletionCreateParamsStreaming'];
    export type ChatCompletionCreateParamsNonStreaming = ChatTypes['ChatCompletionCreateParamsNonStreaming'];
    export namespace Completions {
      export type ChatCompletion = ChatTypes['ChatCompletion'];
      export type ChatCompletionChunk = ChatTypes['ChatCompletionChunk'];
      export type ChatCompletionMessage = ChatTypes['ChatCompletionMessage'];
      export type ChatCompletionMessageParam = ChatTypes['ChatCompletionMessageParam'];
      export type ChatCompletionSystemMessageParam = ChatTypes['ChatCompletionSystemMessageParam'];
      export type ChatCompletionUserMessageParam = ChatTypes['ChatCompletionUserMessageParam'];
      export type ChatCompletionAssistantMessageParam = ChatTypes['ChatCompletionAssistantMessageParam'];
      export type ChatCompletionToolMessageParam = ChatTypes['ChatCompletionToolMessageParam'];
      export type ChatCompletionMessageToolCall = ChatTypes['ChatCompletionMessageToolCall'];
      export type ChatCompletionTool = ChatTypes['ChatCompletionTool'];
      export type ChatCompletionFunctionTool = ChatTypes['ChatCompletionFunctionTool'];
      export type ChatCompletionCreateParams = ChatTypes['ChatCompletionCreateParams'];
      export type ChatCompletionCreateParamsStreaming = ChatTypes['ChatCompletionCreateParamsStreaming'];
      export type ChatCompletionCreateParamsNonStreaming =
        ChatTypes['ChatCompletionCreateParamsNonStreaming'];
    }
  }
}
