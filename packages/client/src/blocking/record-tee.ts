// Two streams of one call: each record is read once, and kept until both have it.
import { Backlog } from '../streams/backlog.ts';
import type { RouteAttempt } from '../surface/received.ts';
import { Kind } from '../sync/event-codec.ts';
import type { RecordCall } from './record-call.ts';

/** A record of the call. */
interface KeptRecord {
  readonly kind: number;
  readonly text: string;
  readonly bytes: readonly Uint8Array[];
}

/** What a record takes besides its text. */
const RECORD_SIZE = 32;

/** The call twice. It is left when both are. */
export const teeRecords = (call: RecordCall): [RecordCall, RecordCall] => {
  const shared = { call, backlog: new Backlog<KeptRecord>() };
  return [new TeeBranch(shared, 0), new TeeBranch(shared, 1)];
};

interface SharedCall {
  readonly call: RecordCall;
  readonly backlog: Backlog<KeptRecord>;
}

class TeeBranch implements RecordCall {
  readonly #shared: SharedCall;
  readonly #reader: Backlog<KeptRecord>['readers'][0];
  #last: KeptRecord | undefined;

  constructor(shared: SharedCall, branch: 0 | 1) {
    this.#shared = shared;
    this.#reader = shared.backlog.readers[branch];
  }

  get text(): string {
    return this.#last?.text ?? '';
  }

  get route(): readonly RouteAttempt[] {
    return this.#shared.call.route;
  }

  get received(): string | undefined {
    return this.#shared.call.received;
  }

  read(): number {
    if (this.#reader.isUpToDate) this.#pull();
    this.#last = this.#reader.take();
    return this.#last?.kind ?? Kind.End;
  }

  takeBytes(): readonly Uint8Array[] {
    return this.#last?.bytes ?? [];
  }

  abort(): void {
    this.#reader.leave();
    if (this.#shared.backlog.isLeft) this.#shared.call.abort();
  }

  #pull(): void {
    const { call, backlog } = this.#shared;
    const kind = call.read();
    const bytes = call.takeBytes();
    const size = bytes.reduce((sum, { byteLength }) => sum + byteLength, call.text.length + RECORD_SIZE);
    backlog.append({ kind, text: call.text, bytes }, size);
  }
}
