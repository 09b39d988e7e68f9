// The one worker of a thread, shared by all its Clients: started by the first call, again after a death, stopped with the last Client.
import { WorkerThread } from './worker-thread.ts';

/** What all Clients of one worker file share. */
export class SharedThread {
  readonly #start: () => WorkerThread;
  #thread: WorkerThread | undefined;
  #members = 0;
  #numbers = 0;

  constructor(start: () => WorkerThread) {
    this.#start = start;
  }

  /** A number for a client or a call that no other has. */
  nextNumber(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  /** The living worker. @throws G4FError when it cannot be started. */
  current(): WorkerThread {
    if (this.#thread === undefined || this.#thread.isDead) this.#thread = this.#start();
    return this.#thread;
  }

  join(): void {
    this.#members += 1;
  }

  /** The worker ends when nobody is left; the next call starts a new one. */
  leave(): void {
    this.#members -= 1;
    if (this.#members > 0) return;
    this.#thread?.stop('all its clients were closed');
    this.#thread = undefined;
  }
}

const THREADS = Symbol.for('g4f.client.threads');

/** The shared thread of a worker file; one also for two copies of this module (ESM and CommonJS), as both name one file. */
export const sharedThread = (file: string): SharedThread => {
  const holder: typeof globalThis & { [THREADS]?: Map<string, SharedThread> } = globalThis;
  holder[THREADS] ??= new Map();
  const found = holder[THREADS].get(file) ?? new SharedThread(() => new WorkerThread(file));
  holder[THREADS].set(file, found);
  return found;
};
