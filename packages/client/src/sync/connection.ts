// What one Client holds of the shared worker: its place there, and its calls that are still running.
import { closedError } from '../errors/client-closing.ts';
import { BlockingCall, throwIfAborted } from './blocking-call.ts';
import type { CallMessage, PlainData } from './messages.ts';
import type { SharedThread } from './shared-thread.ts';
import type { WorkerThread } from './worker-thread.ts';

/** A call as the caller describes it. */
export interface CallRequest extends Omit<CallMessage, 'type' | 'client' | 'call' | 'ring' | 'startedAt'> {
  /** The deadline of the whole call in ms; Infinity for none. */
  readonly total: number;
  /** The caller's own signal: it cannot cross, so it is looked at before each step. */
  readonly signal: AbortSignal | undefined;
}

/** A client that is dropped without `close()` is forgotten by the worker as well. */
const forgotten = new FinalizationRegistry<() => void>((forget) => forget());

/** One Client's connection to the shared worker. */
export class Connection {
  readonly #shared: () => SharedThread;
  readonly #options: PlainData;
  readonly #live = new Set<BlockingCall>();
  readonly #place: { number: number; shared?: SharedThread; thread?: WorkerThread } = { number: 0 };
  #closed = false;

  /** @param options what the client was made with, as plain data. */
  constructor(shared: () => SharedThread, options: PlainData) {
    this.#shared = shared;
    this.#options = options;
    const place = this.#place;
    forgotten.register(this, () => place.thread?.post({ type: 'close', client: place.number }));
  }

  /** Sends a call to the worker. @throws G4FError when the signal has fired, the client is closed, or no worker can be had. */
  start({ total, signal, ...message }: CallRequest): BlockingCall {
    // Before the worker is started, which is part of the call that needs it.
    const startedAt = performance.timeOrigin + performance.now();
    if (this.#closed) throw closedError('Client');
    throwIfAborted(signal);
    const shared = this.#join();
    const thread = this.#enter(shared);
    const call: BlockingCall = new BlockingCall(
      thread,
      { ...message, type: 'call', client: this.#place.number, call: shared.nextNumber(), startedAt },
      { total, signal, ended: () => this.#live.delete(call) },
    );
    this.#live.add(call);
    return call;
  }

  /** Aborts the calls of this client; the others' go on. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const call of [...this.#live]) call.abort();
    const { shared, thread, number } = this.#place;
    if (shared === undefined) return;
    if (thread?.isDead === false) thread.post({ type: 'close', client: number });
    shared.leave();
  }

  #join(): SharedThread {
    if (this.#place.shared !== undefined) return this.#place.shared;
    const shared = this.#shared();
    shared.join();
    this.#place.shared = shared;
    this.#place.number = shared.nextNumber();
    return shared;
  }

  /** Tells a worker that does not know this client who it is: a worker may have died since the last call. */
  #enter(shared: SharedThread): WorkerThread {
    const thread = shared.current();
    if (thread !== this.#place.thread) {
      thread.post({ type: 'open', client: this.#place.number, options: this.#options });
      this.#place.thread = thread;
    }
    return thread;
  }
}
