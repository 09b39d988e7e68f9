// Calls of a conversation that have no result yet, for protocols whose results may name a function instead of a call.

/** Found by their id, by their name, or as the next one; none is looked at twice in a list, however many there are. */
export class UnansweredCalls {
  readonly #byId = new Map<string, CallQueue>();
  readonly #byName = new Map<unknown, CallQueue>();
  readonly #all = new CallQueue();

  add(id: string, name: unknown): void {
    const call = { id, isAnswered: false };
    this.#all.add(call);
    queueIn(this.#byId, id).add(call);
    queueIn(this.#byName, name).add(call);
  }

  /** The first that is meant: by its id where one is given, else by its name, else whichever is next. @returns its id */
  take(id: string | undefined, name: unknown): string | undefined {
    if (id !== undefined) return this.#byId.get(id)?.take();
    return (name === undefined ? this.#all : this.#byName.get(name))?.take();
  }
}

interface Call {
  readonly id: string;
  isAnswered: boolean;
}

class CallQueue {
  readonly #calls: Call[] = [];
  #passed = 0;

  add(call: Call): void {
    this.#calls.push(call);
  }

  take(): string | undefined {
    for (let call = this.#calls[this.#passed]; call !== undefined; call = this.#calls[this.#passed]) {
      this.#passed += 1;
      if (call.isAnswered) continue;
      call.isAnswered = true;
      return call.id;
    }
    return undefined;
  }
}

function queueIn<Key>(queues: Map<Key, CallQueue>, key: Key): CallQueue {
  const queue = queues.get(key) ?? new CallQueue();
  queues.set(key, queue);
  return queue;
}
