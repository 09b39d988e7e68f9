// What a worker lets its callers see without a message, for they block: that it started, that it lives, its last words.
import { existsSync, readlinkSync } from 'node:fs';
import { quote } from '../errors/quote.ts';

const WORDS_AT = 64;
const WORDS_BYTES = 64 * 1024;
const LONGEST_WORDS = 4_000;

const Slot = { State: 0, Beat: 1, Task: 2, WordsLength: 3 } as const;
const State = { Starting: 0, Running: 1, Dead: 2 } as const;

/** Why a worker died, as far as it could still say. */
export interface LastWords {
  readonly message: string;
  readonly stack?: string | undefined;
  /** Its file cannot be loaded, or is not a worker of ours: starting it again would not help. */
  readonly isUnusable?: boolean;
}

/** The last words of what was thrown, which may be anything at all. */
export const wordsOf = (thrown: unknown): LastWords => {
  if (!(thrown instanceof Error)) return { message: `it threw ${quote(thrown)}` };
  const { name, message, stack } = thrown;
  return { message: `${name}: ${message}`, stack: typeof stack === 'string' ? stack : undefined };
};

/** A small piece of memory that a worker and the thread that started it share. */
export class WorkerStatus {
  readonly shared: SharedArrayBuffer;
  readonly #slots: Int32Array;

  constructor(shared = new SharedArrayBuffer(WORDS_AT + WORDS_BYTES)) {
    this.shared = shared;
    this.#slots = new Int32Array(shared, 0, WORDS_AT / 4);
  }

  get isStarting(): boolean {
    return Atomics.load(this.#slots, Slot.State) === State.Starting;
  }

  get isDead(): boolean {
    return Atomics.load(this.#slots, Slot.State) === State.Dead;
  }

  /** A number that grows while the worker's event loop turns. */
  get beats(): number {
    return Atomics.load(this.#slots, Slot.Beat);
  }

  /** Whether the worker's thread is known to be gone though it said nothing (out of memory); asked of the system, on Linux. */
  get isThreadGone(): boolean {
    const task = Atomics.load(this.#slots, Slot.Task);
    return task > 0 && !existsSync(`/proc/self/task/${task}`);
  }

  /** In the worker: it is ready for calls. */
  start(): void {
    Atomics.store(this.#slots, Slot.Task, ownTask());
    Atomics.store(this.#slots, Slot.State, State.Running);
  }

  /** In the worker: its event loop turns. */
  beat(): void {
    Atomics.add(this.#slots, Slot.Beat, 1);
  }

  /** From either side: the worker will answer nothing any more. The first last words count. */
  die(words?: LastWords): void {
    if (words !== undefined && Atomics.load(this.#slots, Slot.WordsLength) === 0) this.#say(words);
    Atomics.store(this.#slots, Slot.State, State.Dead);
  }

  /** In the worker: what will be its last words if it dies of this. */
  fear(words: LastWords): void {
    this.#say(words);
  }

  get lastWords(): LastWords | undefined {
    const length = Atomics.load(this.#slots, Slot.WordsLength);
    if (length === 0) return undefined;
    return JSON.parse(Buffer.from(this.shared, WORDS_AT, length).toString('utf8')) as LastWords;
  }

  #say({ message, stack }: LastWords): void {
    const words = JSON.stringify({
      message: message.slice(0, LONGEST_WORDS),
      stack: stack?.slice(0, LONGEST_WORDS),
    });
    if (Buffer.byteLength(words) > WORDS_BYTES) return;
    Atomics.store(this.#slots, Slot.WordsLength, Buffer.from(this.shared, WORDS_AT).write(words));
  }
}

/**
 * What a worker runs first: a caller that is blocked is told only by the board, so whatever keeps the file from being
 * loaded must be written there. A text, because a bundler that renames things would break a function's own.
 */
export const BOOT = `{
const { board, file } = require('node:worker_threads').workerData;
const { href } = require('node:url').pathToFileURL(file);
const slots = new Int32Array(board, 0, ${WORDS_AT / 4});
const die = (words) => {
  if (slots[${Slot.WordsLength}] === 0) slots[${Slot.WordsLength}] = Buffer.from(board, ${WORDS_AT}).write(JSON.stringify(words));
  Atomics.store(slots, ${Slot.State}, ${State.Dead});
};
const refuse = (why) => {
  die({ message: (file + why).slice(0, ${LONGEST_WORDS}), isUnusable: true });
  process.exit(1);
};
process.on('exit', (code) => die({ message: 'it ended with exit code ' + code }));
// Node lets a text like this one see them everywhere; modules would take themselves for CommonJS.
for (const name of ['require', 'module', 'exports', '__filename', '__dirname']) delete globalThis[name];
import(href).then(
  () => slots[${Slot.Beat}] > 0 || refuse(' is not the worker of @g4f/client'),
  (error) => refuse(' cannot be loaded: ' + String(error?.message ?? error)),
);
}`;

/** This thread's number in /proc, or 0 where there is none (another system, or Node's permission model). */
function ownTask(): number {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1)) || 0;
  } catch {
    return 0;
  }
}
