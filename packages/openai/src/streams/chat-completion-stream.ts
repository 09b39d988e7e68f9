// The stream of `chat.completions.stream`: chunks, events, and the finished answer.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/helpers.md#chat-streaming
import type {
  AsyncChunkStream,
  ChatCompletion,
  ChatCompletionChunk,
  ChatStreamEvent,
  ChatStreamEvents,
  ChatStreamListener,
  Usage,
} from '@g4f/client';
import { toOpenAIError, withOpenAIErrors } from '../errors/to-openai-error.ts';
import type { WithArguments } from '../formats/parsed.ts';
import type { AnswerMessage, FunctionCall } from './chat-completion-runner.ts';
import { Listeners } from './listeners.ts';
import { readableOf } from './readable-of.ts';

/** The stream below, kept in an object because it can be awaited itself. */
interface Held {
  readonly stream: AsyncChunkStream;
}

/** The chunks of one answer; read by itself when something is asked of it, unless a loop reads it. */
export class ChatCompletionStream implements AsyncIterable<ChatCompletionChunk> {
  /** Its `abort()` closes the connection. */
  readonly controller = new AbortController();
  readonly #held: Promise<Held>;
  readonly #read: (answer: ChatCompletion) => ChatCompletion & WithArguments;
  /** What was given, and what is called in its place. */
  readonly #wrapped = new WeakMap<object, unknown>();
  /** Told where there is no stream below. */
  readonly #listeners = new Listeners<ChatStreamEvents>();

  /** @param read the finished answer as it is given. */
  constructor(begin: Promise<Held>, read: (answer: ChatCompletion) => ChatCompletion & WithArguments) {
    this.#held = begin;
    this.#read = read;
    this.#held.catch((error: unknown) => {
      this.#listeners.emit('error', error);
      this.#listeners.emit('end');
    });
    const abort = () => this.#tell((stream) => stream.abort());
    this.controller.signal.addEventListener('abort', abort, { once: true });
  }

  abort(): void {
    this.controller.abort();
  }

  on<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this {
    const own = this.#own(event, listener);
    this.#listeners.add(event, own, false);
    return this.#tell((stream) => stream.on(event, own));
  }

  once<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this {
    const own = this.#own(event, listener);
    this.#listeners.add(event, own, true);
    return this.#tell((stream) => stream.once(event, own));
  }

  off<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this {
    const own = this.#own(event, listener);
    this.#listeners.remove(event, own);
    return this.#tell((stream) => stream.off(event, own));
  }

  emitted<Name extends ChatStreamEvent>(event: Name): Promise<ChatStreamEvents[Name][0]> {
    return this.#ask((stream) => stream.emitted(event));
  }

  /** Resolves at the end. Rejects where the answer fails, as the following do, and for one that was left. */
  done(): Promise<void> {
    return this.#ask((stream) => stream.done());
  }

  /** With `parsed` and `parsed_arguments` where `helpers/zod` has made the format or tools; rejects for what does not fit. */
  finalChatCompletion(): Promise<ChatCompletion & WithArguments> {
    return this.#ask(async (stream) => this.#read(await stream.finalChatCompletion()));
  }

  /** As it stands in the finished answer. */
  finalMessage(): Promise<AnswerMessage & { readonly parsed?: unknown }> {
    return this.#ask(async (stream) => {
      const message = await stream.finalMessage();
      const [choice] = this.#read(await stream.finalChatCompletion()).choices;
      return choice?.message ?? message;
    });
  }

  finalContent(): Promise<string | null> {
    return this.#ask((stream) => stream.finalContent());
  }

  async finalFunctionToolCall(): Promise<FunctionCall | undefined> {
    return (await this.finalMessage()).tool_calls?.at(-1)?.function;
  }

  /** Undefined where the service tells none. */
  async totalUsage(): Promise<Usage | undefined> {
    return (await this.finalChatCompletion()).usage;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChatCompletionChunk, undefined> {
    try {
      const { stream } = await this.#held;
      yield* stream;
    } catch (error) {
      throw toOpenAIError(error);
    }
  }

  /** Bytes: each chunk as one line of JSON. */
  toReadableStream(): ReadableStream<Uint8Array> {
    return readableOf(this, (chunk) => `${JSON.stringify(chunk)}\n`);
  }

  /** Does so once there is a stream, if there ever is. */
  #tell(use: (stream: AsyncChunkStream) => void): this {
    void this.#held.then(
      ({ stream }) => use(stream),
      () => undefined,
    );
    return this;
  }

  /** A promise that nobody awaits must not end the process. */
  #ask<T>(use: (stream: AsyncChunkStream) => Promise<T>): Promise<T> {
    const asked = withOpenAIErrors(this.#held.then(({ stream }) => use(stream)));
    asked.catch(() => undefined);
    return asked;
  }

  /** The listener, given errors in OpenAI's form. */
  #own<Name extends ChatStreamEvent>(
    event: Name,
    listener: ChatStreamListener<Name>,
  ): ChatStreamListener<Name> {
    if (event !== 'error' && event !== 'abort') return listener;
    const known = this.#wrapped.get(listener);
    if (known !== undefined) return known as ChatStreamListener<Name>;
    const own = (...given: ChatStreamEvents[Name]): void =>
      listener(...(given.map(toOpenAIError) as unknown as ChatStreamEvents[Name]));
    this.#wrapped.set(listener, own);
    return own;
  }
}
