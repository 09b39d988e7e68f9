// A call as a stream of the synchronous client reads it: record by record.
import type { RouteAttempt } from '../surface/received.ts';
import type { BlockingCall } from '../sync/blocking-call.ts';
import { Kind } from '../sync/event-codec.ts';

/** What a stream reads of a call. */
export type RecordCall = Pick<BlockingCall, 'read' | 'text' | 'takeBytes' | 'route' | 'received' | 'abort'>;

/** One whose first record has been read, and is still to be handed out. */
export class BegunCall implements RecordCall {
  readonly #call: RecordCall;
  readonly kind: number;
  #isFirst = true;

  constructor(call: RecordCall) {
    this.#call = call;
    this.kind = call.read();
  }

  get text(): string {
    return this.#call.text;
  }

  get route(): readonly RouteAttempt[] {
    return this.#call.route;
  }

  get received(): string | undefined {
    return this.#call.received;
  }

  read(): number {
    if (!this.#isFirst) return this.#call.read();
    this.#isFirst = false;
    return this.kind;
  }

  takeBytes(): readonly Uint8Array[] {
    return this.#call.takeBytes();
  }

  abort(): void {
    this.#call.abort();
  }
}

/** The call of a stream, for another reader than its own. */
export class TakenCall implements RecordCall {
  readonly #begin: () => RecordCall;
  readonly #ended: () => void;
  readonly #abort: () => void;
  #call: RecordCall | undefined;

  /** @param begin sends it, once; throws if the stream was left. @param ended the stream is over. @param abort leaves the stream. */
  constructor(begin: () => RecordCall, ended: () => void, abort: () => void) {
    this.#begin = begin;
    this.#ended = ended;
    this.#abort = abort;
  }

  get text(): string {
    return this.#call?.text ?? '';
  }

  get route(): readonly RouteAttempt[] {
    return this.#call?.route ?? [];
  }

  get received(): string | undefined {
    return this.#call?.received;
  }

  read(): number {
    this.#call = this.#begin();
    const kind = this.#call.read();
    if (kind >= Kind.Value) this.#ended();
    return kind;
  }

  takeBytes(): readonly Uint8Array[] {
    return this.#call?.takeBytes() ?? [];
  }

  abort(): void {
    this.#abort();
  }
}
