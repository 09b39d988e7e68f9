// The stream of a chat for a thread that blocks: the chunks, and the finished answer.
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type CompletionMessage,
  createProjector,
  Folded,
  G4FError,
  type ToldUsage,
  type Usage,
} from '@g4f/core';
import { toAbortError } from '../errors/abort-error.ts';
import { readTwice } from '../streams/read-once.ts';
import type { SyncChunkStream } from '../surface/chat-stream.ts';
import { EventDecoder } from '../sync/event-codec.ts';
import { BlockingReader } from './chunk-stream.ts';
import type { RecordCall } from './record-call.ts';
import { teeRecords } from './record-tee.ts';

/** The stream of one call. */
export class BlockingChatStream extends BlockingReader<ChatCompletionChunk> implements SyncChunkStream {
  readonly #usageAlone: boolean;
  readonly #told: ToldUsage;
  #folded: Folded | undefined;
  #completion: ChatCompletion | undefined;
  /** Why there will be no finished answer, though the stream goes on. */
  #tooLong: { readonly error: unknown } | undefined;

  /** @param usageAlone as in `createProjector`. */
  constructor(start: () => RecordCall, usageAlone: boolean) {
    const told: ToldUsage = { usage: undefined };
    super('SyncChunkStream', start, () => {
      const project = createProjector(usageAlone, told);
      const decoder = new EventDecoder();
      return (kind, { text }) => project(decoder.decode(kind, text));
    });
    this.#usageAlone = usageAlone;
    this.#told = told;
  }

  /** One that keeps what a loop has read, so that the finished answer can be asked for as well. */
  static keeping(start: () => RecordCall, usageAlone: boolean): BlockingChatStream {
    const stream = new BlockingChatStream(start, usageAlone);
    stream.#keep();
    return stream;
  }

  get usage(): Usage | undefined {
    return BlockingReader.stateOf(this).isOver ? this.#told.usage : undefined;
  }

  override tee(): [BlockingChatStream, BlockingChatStream] {
    const [one, other] = teeRecords(BlockingReader.take(this));
    return [
      new BlockingChatStream(() => one, this.#usageAlone),
      new BlockingChatStream(() => other, this.#usageAlone),
    ];
  }

  finalMessage(): CompletionMessage {
    const message = this.#finish(this.finalMessage).choices[0]?.message;
    if (message !== undefined) return message;
    throw new G4FError('the answer has no message.', { code: 'bad-response' });
  }

  finalText(): string | null {
    return this.finalMessage().content;
  }

  finalContent(): string | null {
    return this.finalText();
  }

  finalCompletion(): ChatCompletion {
    return this.#finish(this.finalCompletion);
  }

  finalChatCompletion(): ChatCompletion {
    return this.finalCompletion();
  }

  /** Reads to the end. @param below the function the user called, for the stack of an error. */
  #finish(below: () => unknown): ChatCompletion {
    if (this.#completion !== undefined) return this.#completion;
    if (this.#folded === undefined) {
      if (BlockingReader.stateOf(this).isTaken) throw readTwice(BlockingReader.stateOf(this).isLeft);
      this[Symbol.iterator]();
      this.#keep();
    }
    while (!this.read(below).done) if (this.#tooLong !== undefined) this.abort();
    if (this.#tooLong !== undefined) throw this.#tooLong.error;
    if (BlockingReader.stateOf(this).isLeft || this.#folded === undefined)
      throw toAbortError({ reason: undefined });
    this.#completion = this.#folded.answer();
    return this.#completion;
  }

  #keep(): void {
    const folded = new Folded();
    const project = createProjector(this.#usageAlone, this.#told);
    const decoder = new EventDecoder();
    this.#folded = folded;
    BlockingReader.readBy(this, (kind, { text }) => {
      const event = decoder.decode(kind, text);
      this.#add(folded, event);
      return project(event);
    });
  }

  #add(folded: Folded, event: Parameters<Folded['add']>[0]): void {
    if (this.#tooLong !== undefined) return;
    try {
      folded.add(event);
    } catch (error) {
      // A loop may go on: it keeps nothing.
      this.#tooLong = { error };
    }
  }
}
