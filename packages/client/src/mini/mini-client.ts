// The small client: one provider, which the program imports, and all that a stream owes its reader.
import type { ChatCompletion, ChatCompletionChunk, ChatOptions, Provider } from '@g4f/core';
import { completionCreator } from '../chat/create-completion.ts';
import { createEngine } from '../engine/engine.ts';
import { Closing } from '../errors/client-closing.ts';
import type { ChatSource } from '../streams/chat-source.ts';
import { ChunkReader } from '../streams/chunk-stream.ts';
import type { GivenMessage, SchemaParams } from '../surface/chat.ts';
import type { HeaderOptions, ModelName, ProviderId } from '../surface/options.ts';
import type { AsyncPartStream } from '../surface/part-stream.ts';
import type { AnswerPromise } from '../surface/received.ts';
import { miniChat } from './mini-chat.ts';
import { miniPlanFor } from './mini-plan.ts';
import { blame, type MiniOptions, readMini } from './mini-settings.ts';

/** The options of one call. */
export interface MiniCallOptions extends Partial<Omit<MiniOptions, 'env'>> {
  readonly hedge?: never;
  readonly routing?: never;
  readonly fallback?: never;
  readonly retired?: never;
  readonly cache?: never;
}

/** The parameters of a call, in OpenAI's spelling; those of its options that say not where keys go may stand among them. */
export interface MiniParams
  extends ChatOptions,
    SchemaParams,
    Omit<MiniCallOptions, 'provider' | 'apiKey' | 'baseURL' | 'proxy' | 'cache' | keyof HeaderOptions> {
  /** The provider itself; or the id of the client's, which changes nothing. */
  readonly provider?: Provider | ProviderId;
  /** The provider's own id of a model, or the family that stands for it. */
  readonly model: ModelName;
  /** The conversation; a string is one message of the user. */
  readonly messages: string | readonly GivenMessage[];
  readonly stream?: boolean | null;
}

/** The chunks of one answer as they arrive. What the streams of the full client can do besides is left out. */
export interface MiniChunkStream extends AsyncPartStream<ChatCompletionChunk> {}

/** `chat.completions.create`. */
export interface MiniCreate {
  (params: MiniParams & { readonly stream: true }, options?: MiniCallOptions): MiniChunkStream;
  (
    params: MiniParams & { readonly stream?: false | null },
    options?: MiniCallOptions,
  ): AnswerPromise<ChatCompletion>;
  (params: MiniParams, options?: MiniCallOptions): MiniChunkStream | AnswerPromise<ChatCompletion>;
}

/**
 * `AsyncClient` without names: the provider is an object that the program imports, so that nothing else is bundled.
 *
 * Chunks, answers, errors, deadlines and retries are those of the client of `@g4f/client`. It knows no registry, no second
 * provider to move on to, no list of models. It normalises parameters and refuses what is no plain data as that client does,
 * but of their types it checks only `model` and `messages`: what else is wrong is told by the provider or the service.
 *
 * @throws G4FError `invalid-request` when an option is not what it must be.
 */
export class AsyncClient {
  readonly chat: { readonly completions: { readonly create: MiniCreate } };
  readonly #closing = new Closing();

  constructor(options: MiniOptions) {
    const own = readMini(options);
    const engine = createEngine(miniPlanFor(own), undefined, this.#closing, undefined, blame);
    const load = async () => ({ engine, kind: miniChat });
    const toStream = (source: ChatSource): MiniChunkStream => new ChunkReader(source);
    const terms = { clientSignal: own.signal, closing: this.#closing, toStream };
    this.chat = { completions: { create: completionCreator(load, terms) } };
  }

  /** Aborts the calls of this client that still run, and refuses further ones. */
  close(): void {
    this.#closing.close();
  }

  /** As {@link close}, for `await using client = new AsyncClient({ … })`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
