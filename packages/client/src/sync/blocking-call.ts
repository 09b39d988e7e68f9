// A call that runs in the worker, as the blocked caller holds it.
import { G4FError } from '@g4f/core';
import { publish } from '#platform/publish';
import { toAbortError } from '../errors/abort-error.ts';
import { closedMeanwhile } from '../errors/client-closing.ts';
import type { RouteAttempt } from '../surface/received.ts';
import { Kind } from './event-codec.ts';
import type { CallMessage, ObservedEvent } from './messages.ts';
import { giveBackRing, takeRing } from './ring.ts';
import { RingReader } from './ring-reader.ts';
import type { WorkerThread } from './worker-thread.ts';

/** How long the caller sleeps before it looks whether the worker still lives, in ms. */
const SLICE_MS = 500;

/** What a worker that runs is given, beyond the deadline it enforces itself, before the caller does, in ms. */
const GRACE_MS = 2_000;

interface CallBounds {
  readonly total: number;
  readonly signal: AbortSignal | undefined;
  /** Called once, when nothing more will come. */
  readonly ended: () => void;
}

/** One call: sent when it is made, then read record by record, each read blocking the thread until a record is there. */
export class BlockingCall {
  readonly #thread: WorkerThread;
  readonly #number: number;
  readonly #terms: CallBounds;
  readonly #deadline: number;
  readonly #ring = takeRing();
  readonly #reader = new RingReader(this.#ring);
  #over = false;
  #route: readonly RouteAttempt[] = [];
  #received: string | undefined;
  readonly #bytes: Uint8Array[] = [];

  constructor(thread: WorkerThread, message: Omit<CallMessage, 'ring'>, terms: CallBounds) {
    this.#thread = thread;
    this.#number = message.call;
    this.#terms = terms;
    this.#deadline = message.startedAt - performance.timeOrigin + terms.total;
    thread.post({ ...message, ring: this.#ring });
  }

  /** Whether nothing more will come. */
  get isOver(): boolean {
    return this.#over;
  }

  /** The text of the record read last. */
  get text(): string {
    return this.#reader.text;
  }

  /** The bytes that came before the value, or before the part read last; they are given once. */
  takeBytes(): readonly Uint8Array[] {
    return this.#bytes.splice(0);
  }

  /** Who has been asked so far. */
  get route(): readonly RouteAttempt[] {
    return this.#route;
  }

  /** What the service that answers said before its answer, as JSON: most often nobody looks at it. */
  get received(): string | undefined {
    return this.#received;
  }

  /** Blocks until the next record of the answer is there; its kind. @throws G4FError `aborted`, `timeout`, or `network` when the worker is gone. */
  read(): number {
    // Nothing would ever come: the worker was told to stop.
    if (this.#over) throw closedMeanwhile('Client');
    try {
      throwIfAborted(this.#terms.signal);
      let kind = this.#next();
      while (kind === Kind.Bytes || (kind >= Kind.Route && kind <= Kind.Headers)) {
        this.#note(kind);
        kind = this.#next();
      }
      if (kind >= Kind.Value) this.#end();
      return kind;
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  /** Stops the call in the worker, which closes the connection to the service though this thread stays busy. */
  abort(): void {
    if (this.#over) return;
    this.#over = true;
    this.#reader.leave();
    if (!this.#thread.isDead) this.#thread.post({ type: 'abort', call: this.#number });
    // The ring is not given back: the worker may be writing into it at this moment.
    this.#terms.ended();
  }

  #next(): number {
    let kind = this.#reader.tryRead();
    while (kind === undefined) {
      this.#wait();
      kind = this.#reader.tryRead();
    }
    return kind;
  }

  /** Takes in what is told of the call besides its answer. */
  #note(kind: number): void {
    if (kind === Kind.Bytes) this.#bytes.push(this.#reader.bytes);
    else if (kind === Kind.Route) this.#route = JSON.parse(this.text);
    else if (kind === Kind.Headers) this.#received = this.text;
    else {
      const [name, message]: ObservedEvent = JSON.parse(this.text);
      publish(name, message);
    }
  }

  #end(): void {
    this.#over = true;
    this.#reader.giveBack();
    giveBackRing(this.#ring);
    this.#terms.ended();
  }

  /** Sleeps until there may be something to read. */
  #wait(): void {
    const isDead = this.#thread.isDead;
    // What a worker wrote before it died still counts.
    if (this.#reader.look()) return;
    if (isDead) this.#thread.check();
    const isStarting = this.#thread.board.isStarting;
    const left = this.#deadline + (isStarting ? 0 : GRACE_MS) - performance.now();
    if (left <= 0) throw this.#late();
    const slice = Math.min(left, SLICE_MS);
    if (this.#sleep(slice) !== 'timed-out') return;
    this.#thread.silentFor(slice);
    this.#thread.check();
  }

  #sleep(ms: number): 'ok' | 'not-equal' | 'timed-out' {
    try {
      return this.#reader.sleep(ms);
    } catch (cause) {
      const message = 'Client: this thread must not block (Atomics.wait is refused here). Use AsyncClient.';
      throw new G4FError(message, { code: 'invalid-request', cause });
    }
  }

  /** The worker should have seen this deadline itself: if its event loop does not turn, it never will. */
  #late(): G4FError {
    const { isStarting } = this.#thread.board;
    if (!isStarting && this.#thread.silentFor(0) >= GRACE_MS / 2)
      this.#thread.stop('it did not keep the deadline of a call');
    return new G4FError(
      `Client: no end of the answer after ${this.#terms.total} ms, the deadline of the whole call (timeout.total).`,
      { code: 'timeout', phase: 'total' },
    );
  }
}

/** @throws G4FError `aborted` if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw toAbortError(signal);
}
