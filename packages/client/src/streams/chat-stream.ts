// The stream of a chat: the chunks, the finished answer, and the events of OpenAI's helper.
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type CompletionMessage,
  createProjector,
  type StreamEvent,
  type ToldUsage,
  type Usage,
} from '@g4f/core';
import type {
  AsyncChunkStream,
  ChatStreamEvent,
  ChatStreamEvents,
  ChatStreamListener,
} from '../surface/chat-stream.ts';
import { AnswerStream } from './answer-stream.ts';
import type { ChatRun } from './chat-run.ts';
import type { ChatSource } from './chat-source.ts';
import { ChunkReader } from './chunk-stream.ts';
import { checkEvent } from './event-names.ts';
import { laterBatches } from './later-batches.ts';
import { readTwice } from './read-once.ts';
import { type Forked, split } from './split.ts';

const nothing = (): void => undefined;

/** The stream over a source. What it does besides a loop is loaded when it is asked for. */
export class ChatStream extends AnswerStream<StreamEvent, ChatCompletionChunk> implements AsyncChunkStream {
  declare protected readonly source: ChatSource;
  /** What follows the answer, from when the stream passes through it. */
  #load: (() => Promise<ChatRun>) | undefined;
  #isDriven = false;

  constructor(source: ChatSource) {
    super(source);
  }

  /** One that keeps what a loop has read, so that the finished answer can be asked for as well. */
  static keeping(source: ChatSource): ChatStream {
    const stream = new ChatStream(source);
    stream.#follow();
    return stream;
  }

  get usage(): Usage | undefined {
    return ChunkReader.stateOf(this).isOver ? this.source.told.usage : undefined;
  }

  override tee(): [ChatStream, ChatStream] {
    return split(this, this.source, (source) => new ChatStream(forChat(source, this.source)));
  }

  finalMessage(): Promise<CompletionMessage> {
    return this.#ask((run) => run.message());
  }

  finalText(): Promise<string | null> {
    return this.#ask(async (run) => (await run.message()).content);
  }

  finalContent(): Promise<string | null> {
    return this.finalText();
  }

  finalCompletion(): Promise<ChatCompletion> {
    return this.#ask((run) => run.completion());
  }

  finalChatCompletion(): Promise<ChatCompletion> {
    return this.finalCompletion();
  }

  done(): Promise<void> {
    return this.#ask((run) => run.done());
  }

  on<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this {
    return this.#tell(event, (run) => run.on(event, listener, false));
  }

  once<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this {
    return this.#tell(event, (run) => run.on(event, listener, true));
  }

  off<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this {
    return this.#tell(event, (run) => run.off(event, listener));
  }

  emitted<Name extends ChatStreamEvent>(event: Name): Promise<ChatStreamEvents[Name][0]> {
    return this.#ask((run) => run.emitted(checkEvent(event)));
  }

  override abort(): void {
    const wasOver = ChunkReader.stateOf(this).isOver;
    super.abort();
    if (!wasOver && this.#isDriven) void this.#load?.().then((run) => run.left());
  }

  #tell(event: ChatStreamEvent, use: (run: ChatRun) => void): this {
    checkEvent(event);
    void this.#run().then(use);
    return this;
  }

  /** A promise that nobody awaits must not end the process. */
  #ask<T>(use: (run: ChatRun) => Promise<T>): Promise<T> {
    const asked = this.#asked(use);
    asked.catch(nothing);
    return asked;
  }

  async #asked<T>(use: (run: ChatRun) => Promise<T>): Promise<T> {
    return use(await this.#run());
  }

  /** What follows the answer; reads it to its end, unless a loop does. @throws G4FError `invalid-request` if it is too late */
  #run(): Promise<ChatRun> {
    if (this.#load === undefined && ChunkReader.stateOf(this).isTaken) throw readTwice(this.isLeft());
    const loading = (this.#load ?? this.#follow())();
    if (this.#isDriven) return loading;
    this.#isDriven = true;
    // Later, because a loop may begin in this very turn.
    void loading.then((run) => {
      const { isOver, isTaken } = ChunkReader.stateOf(this);
      if (isOver) run.left();
      else if (!isTaken) void run.drive(this);
    });
    return loading;
  }

  /** Lets the stream pass through what follows the answer. */
  #follow(): () => Promise<ChatRun> {
    const { usageAlone, told } = this.source;
    let loading: Promise<ChatRun> | undefined;
    const load = (): Promise<ChatRun> => {
      loading ??= import('./chat-run.ts').then(({ ChatRun }) => new ChatRun({ usageAlone, told }));
      return loading;
    };
    ChunkReader.through(this, (batches) => laterBatches(async () => (await load()).follow(batches)));
    this.#load = load;
    return load;
  }
}

/** The source of a chat, with a projector of its own. */
const forChat = (source: Forked<StreamEvent>, { name, usageAlone }: ChatSource): ChatSource => {
  const told: ToldUsage = { usage: undefined };
  return { ...source, name, usageAlone, told, project: createProjector(usageAlone, told) };
};
