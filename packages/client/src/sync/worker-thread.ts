// One worker thread as its callers hold it: started without waiting, posted to, and watched while they block.
import { type ResourceLimits, SHARE_ENV, Worker } from 'node:worker_threads';
import { G4FError } from '@g4f/core';
import { deniedFlag } from '@g4f/core/internal';
import { countAsSaid } from '#platform/announce';
import { publish } from '#platform/publish';
import { type Message, openEnvelope, type WorkerStart } from './messages.ts';
import { BOOT, WorkerStatus, wordsOf } from './worker-status.ts';

/** How patient a caller is with its worker, in ms. */
export interface Patience {
  /** Until the worker is ready for calls. */
  readonly start: number;
  /** While it is asked for something and its event loop does not turn. */
  readonly silence: number;
}

const PATIENCE: Patience = { start: 30_000, silence: 15_000 };

/**
 * A worker thread. It never keeps the process alive, and it shares the starting thread's process.env.
 * @throws G4FError `invalid-request` when Node's permission model forbids threads.
 */
export class WorkerThread {
  readonly board = new WorkerStatus();
  readonly #worker: Worker;
  /** Known to our own code in the worker alone: any module there may post to us. */
  readonly #secret = crypto.randomUUID();
  readonly #patience: Patience;
  readonly #startedAt = performance.now();
  #silentMs = 0;
  #beats = -1;

  constructor(file: string, patience = PATIENCE, resourceLimits?: ResourceLimits) {
    this.#patience = patience;
    const start: WorkerStart = { board: this.board.shared, file, secret: this.#secret };
    this.#worker = startWorker(start, resourceLimits);
    this.#worker.on('message', (posted: unknown) => {
      const message = openEnvelope(posted, this.#secret);
      if (message === undefined) return;
      if (typeof message === 'string') countAsSaid(message);
      else for (const [name, event] of message) publish(name, event);
    });
    this.#worker.unref();
    // Whoever waits learns of the death from the board; without a listener it would end the whole process.
    this.#worker.on('error', (thrown: unknown) => this.board.die(wordsOf(thrown)));
    this.#worker.on('exit', (code) => this.board.die({ message: `it ended with exit code ${code}` }));
  }

  get isDead(): boolean {
    return this.board.isDead;
  }

  post(message: Message): void {
    this.#worker.postMessage(message);
  }

  /** Ends the thread and closes its connections. */
  stop(why: string): void {
    this.board.die({ message: why });
    void this.#worker.terminate();
  }

  /**
   * For how long callers have waited without seeing its event loop turn, in ms.
   * @param waitedMs how long one of them just waited in vain.
   */
  silentFor(waitedMs: number): number {
    const { beats } = this.board;
    this.#silentMs = beats === this.#beats ? this.#silentMs + waitedMs : 0;
    this.#beats = beats;
    return this.#silentMs;
  }

  /**
   * Throws if waiting for the worker any longer is useless; stops a worker that does not respond.
   * @throws G4FError `network`, retryable: the next call starts a new worker; `invalid-request` when its file is unusable.
   */
  check(): void {
    const { start, silence } = this.#patience;
    if (!this.isDead && this.board.isThreadGone) {
      this.stop('it vanished without a word, most likely out of memory');
    } else if (this.board.isStarting && performance.now() - this.#startedAt > start) {
      this.stop(`it did not start within ${start / 1000} s`);
    } else if (!this.board.isStarting && this.#silentMs > silence) {
      this.stop(`it did not respond for ${silence / 1000} s: something in it computes without a pause`);
    }
    if (this.isDead) throw this.#obituary();
  }

  #obituary(): G4FError {
    const words = this.board.lastWords;
    const cause =
      words === undefined ? undefined : Object.assign(new Error(words.message), stackOf(words.stack));
    const why = words?.message.replace(/\s+/g, ' ') ?? 'it left no word';
    if (words?.isUnusable) {
      const advice = 'Reinstall @g4f/client, or name a copy of its dist/worker.js by the option workerURL';
      return new G4FError(`Client: its worker thread cannot be started: ${why}. ${advice}.`, {
        code: 'invalid-request',
      });
    }
    return new G4FError(
      `Client: its worker thread is gone (${why}). The answer is lost; the next call starts a new worker.`,
      { code: 'network', cause },
    );
  }
}

const stackOf = (stack: string | undefined): { stack?: string } => (stack === undefined ? {} : { stack });

function startWorker(workerData: WorkerStart, resourceLimits: ResourceLimits | undefined): Worker {
  try {
    return new Worker(BOOT, {
      eval: true,
      name: 'g4f',
      workerData,
      env: SHARE_ENV,
      execArgv: [],
      ...(resourceLimits !== undefined && { resourceLimits }),
    });
  } catch (cause) {
    const flag = deniedFlag(cause);
    const why = flag
      ? `the runtime's permission model forbids worker threads. Start the program with ${flag} as well`
      : `its worker thread cannot be started: ${cause instanceof Error ? cause.message : String(cause)}. Check ${workerData.file}`;
    throw new G4FError(`Client: ${why}, or use AsyncClient.`, { code: 'invalid-request', cause });
  }
}
