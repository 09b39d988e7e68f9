// What follows a chat stream besides its reader: the finished answer, and listeners. Loaded when one of them is asked for.
import {
  type ChatCompletion,
  type CompletionMessage,
  createProjector,
  Folded,
  G4FError,
  isG4FError,
  type StreamEvent,
  type ToldUsage,
} from '@g4f/core';
import { announce } from '#platform/announce';
import { toAbortError } from '../errors/abort-error.ts';
import type { ChatStreamEvent, ChatStreamEvents, ChatStreamListener } from '../surface/chat-stream.ts';
import { ChatTeller } from './chat-teller.ts';
import { Listeners } from './listeners.ts';

type EventBatches = AsyncIterator<readonly StreamEvent[]>;

/** The stream that is followed. */
interface FollowedSource {
  readonly usageAlone: boolean;
  readonly told: ToldUsage;
}

/** What reads the stream to its end. */
interface Driven {
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

const NOTHING: readonly never[] = [];

const nothing = (): void => undefined;

/** One stream from its first event to its end. */
export class ChatRun {
  readonly #source: FollowedSource;
  readonly #listeners = new Listeners();
  readonly #folded = new Folded();
  readonly #teller: ChatTeller;
  readonly #end: Promise<ChatCompletion>;
  #resolve: (completion: ChatCompletion) => void = nothing;
  #reject: (error: unknown) => void = nothing;
  #isOver = false;
  /** Whether nobody but this reads the stream. */
  #drives = false;
  /** Whether somebody holds a promise of the end. */
  #isAsked = false;
  /** Why there will be no finished answer, though the stream goes on. */
  #tooLong: { readonly error: unknown } | undefined;

  constructor(source: FollowedSource) {
    this.#source = source;
    const project = createProjector(source.usageAlone, source.told);
    this.#teller = new ChatTeller(this.#listeners, this.#folded, project);
    this.#end = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whether anybody awaits it is seen when it fails.
    this.#end.catch(nothing);
  }

  on<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>, isOnce: boolean): void {
    this.#listeners.add(event, listener, isOnce);
  }

  off<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): void {
    this.#listeners.remove(event, listener);
  }

  emitted<Name extends ChatStreamEvent>(event: Name): Promise<ChatStreamEvents[Name][0]> {
    this.#isAsked = true;
    return new Promise((resolve, reject) => {
      const missing = (): void =>
        reject(
          new G4FError(
            `the stream has ended, and no event ${JSON.stringify(event)} came since it was waited for. Wait for it before, or ask for the finished answer.`,
            { code: 'invalid-request' },
          ),
        );
      // Of all events only the end is still true when the stream is over.
      const listeners = this.#isOver ? new Listeners() : this.#listeners;
      listeners.add(event, (...given) => resolve(given[0]), true);
      if (this.#isOver) {
        if (event === 'end') this.#end.then(() => listeners.emit('end'), reject);
        else missing();
        return;
      }
      if (event !== 'error') this.#listeners.add('error', reject, true);
      if (event !== 'abort') this.#listeners.add('abort', reject, true);
      if (event !== 'end') this.#listeners.add('end', missing, true);
    });
  }

  async done(): Promise<void> {
    this.#isAsked = true;
    await this.#end;
  }

  async completion(): Promise<ChatCompletion> {
    this.#isAsked = true;
    const completion = await this.#end;
    if (this.#tooLong !== undefined) throw this.#tooLong.error;
    return completion;
  }

  async message(): Promise<CompletionMessage> {
    const message = (await this.completion()).choices[0]?.message;
    if (message !== undefined) return message;
    throw new G4FError('the answer has no message.', { code: 'bad-response' });
  }

  /** Reads the stream to its end. Never rejects: whoever waits for the end is told. */
  async drive(stream: Driven): Promise<void> {
    this.#drives = true;
    try {
      // One read is all: nothing that comes is handed to it.
      await stream[Symbol.asyncIterator]().next();
      this.left();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The reader is gone, or nothing more will come for another reason. */
  left(): void {
    this.#fail(toAbortError({ reason: undefined }));
  }

  /** A source that passes through here. */
  follow(batches: EventBatches): EventBatches {
    return {
      next: async () => {
        try {
          const read = await batches.next();
          if (read.done) this.#finish();
          else this.#see(read.value, batches);
          return read.done || !this.#drives ? read : { done: false, value: NOTHING };
        } catch (error) {
          this.#fail(error);
          throw error;
        }
      },
      return: async () => {
        this.left();
        await batches.return?.();
        return DONE;
      },
    };
  }

  #see(batch: readonly StreamEvent[], batches: EventBatches): void {
    try {
      for (const event of batch) {
        this.#fold(event);
        this.#teller.tell(event);
      }
    } catch (error) {
      // A listener threw, or there is more than is kept: the service need not say any more.
      batches.return?.().catch(nothing);
      throw error;
    }
  }

  #fold(event: StreamEvent): void {
    // What the projector of the reader notes when the reader is given the event.
    if ((event.type === 'usage' || event.type === 'finish') && event.usage !== undefined)
      this.#source.told.usage = event.usage;
    if (this.#tooLong !== undefined) return;
    try {
      this.#folded.add(event);
    } catch (error) {
      // A loop may go on: it keeps nothing.
      if (this.#drives) throw error;
      this.#tooLong = { error };
    }
  }

  #finish(): void {
    if (this.#isOver) return;
    const completion = this.#folded.answer();
    if (this.#tooLong === undefined) this.#teller.finish(completion);
    this.#isOver = true;
    this.#resolve(completion);
    this.#tellLast('end');
    this.#listeners.clear();
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#reject(error);
    if (isG4FError(error) && error.code === 'aborted') this.#tellLast('abort', error);
    else {
      const failure = error instanceof Error ? error : new Error(String(error));
      // A loop throws it by itself.
      if (this.#drives && !this.#isAsked && !this.#listeners.has('error'))
        announce(`a stream failed, and nobody waits for it: ${failure.message}`);
      this.#tellLast('error', failure);
    }
    this.#tellLast('end');
    this.#listeners.clear();
  }

  /** Nobody is left whom to tell what these listeners throw. */
  #tellLast<Name extends 'error' | 'abort' | 'end'>(event: Name, ...given: ChatStreamEvents[Name]): void {
    try {
      this.#listeners.emit(event, ...given);
    } catch (error) {
      announce(
        `a listener of a stream's event "${event}" threw: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
}
