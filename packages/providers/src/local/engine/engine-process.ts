// The process the model computes in: started with the program on its standard input, spoken to in plain data.
import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { deniedFlag } from '@g4f/core/internal';
import { localError, reasonOf } from '../failures/failure.ts';
import { childEnv } from './child-env.ts';
import { type EngineOrder, type EngineReport, readReport } from './engine-messages.ts';
import { runEngine } from './engine-program.ts';
import { watchParent } from './watch-parent.ts';

/** A running engine process. */
export interface EngineProcess {
  readonly alive: boolean;
  tell(order: EngineOrder): void;
  /**
   * All it said since the last call, at least one report. Unread ones wait; an answer's `max_tokens` bounds them.
   * @throws G4FError `server` when the process has ended.
   */
  next(): Promise<readonly EngineReport[]>;
  /** Keeps our own program alive until as many calls of `release`. A process that nobody waits for does not. */
  hold(): void;
  release(): void;
  kill(): void;
}

/** Where the program finds the pipe whose other end only we hold. */
const LIFELINE = 4;
const PROGRAM = `(${watchParent.toString()})(${LIFELINE}, (url) => import(url));
(${runEngine.toString()})(process, (url) => import(url));`;
/** How much of what the process complains about is kept for an error, in characters. */
const TAIL = 2000;

/**
 * Starts the process.
 *
 * Why a process: both native runtimes that were tried abort the whole program (exit code 134) when the worker thread
 * they compute in ends, and block the event loop for 150 to 650 ms while they load. In a process of its own the model
 * can do neither to the program, works from any thread, and is gone when the program is. The process is this same
 * Node; it listens on no port, inherits no key, and hears only from us.
 */
export const startProcess = (env: Readonly<Record<string, string | undefined>>): EngineProcess => {
  const child = spawnNode(env);
  const inbox = createInbox();
  child.stdin?.on('error', () => {}).end(PROGRAM);
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-TAIL);
  });
  const lifeline = child.stdio[LIFELINE];
  lifeline?.on('error', () => {});
  for (const pipe of [child.stderr, lifeline]) if (pipe instanceof Socket) pipe.unref();
  child.on('message', (message) => {
    const report = readReport(message);
    if (report !== undefined) inbox.put(report);
  });
  child.on('error', (error) => inbox.close(error.message));
  child.on('close', (status, signal) => {
    const lines = complaints.split('\n').flatMap((line) => line.trim() || []);
    const telling = lines.findLast((line) => /error|abort|assert|fail/i.test(line)) ?? lines.at(-1);
    inbox.close(`it ended with ${signal ?? `exit status ${status}`}${telling ? ` (${telling})` : ''}`);
  });
  let holders = 0;
  const keep = (change: 1 | -1): void => {
    holders += change;
    const act = holders > 0 ? 'ref' : 'unref';
    child[act]();
    child.channel?.[act]();
  };
  return {
    get alive() {
      return !inbox.closed && child.connected;
    },
    // A process that is gone reports that itself.
    tell: (order) => void (child.connected && child.send(order, () => {})),
    next: inbox.next,
    hold: () => keep(1),
    release: () => keep(-1),
    kill: () => void child.kill('SIGKILL'),
  };
};

function spawnNode(env: Readonly<Record<string, string | undefined>>): ChildProcess {
  try {
    return spawn(process.execPath, ['-'], {
      // Standard output and error stay ours alone, whatever the native code prints.
      stdio: ['pipe', 'ignore', 'pipe', 'ipc', 'pipe'],
      // In Electron the executable is the application, unless it is told to be Node.
      env: { ...childEnv(env), ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    });
  } catch (error) {
    const flag = deniedFlag(error);
    if (flag === undefined) throw engineFailed(reasonOf(error));
    throw localError(
      'invalid-request',
      `the runtime's permission model forbids the model's process. Start the program with ${flag} as well, or choose another provider.`,
      error,
    );
  }
}

/** The engine's process failed. */
export const engineFailed = (why: string): Error =>
  localError('server', `the model's process failed: ${why}. Try again or choose another provider.`);

interface Inbox {
  readonly closed: boolean;
  put(report: EngineReport): void;
  close(why: string): void;
  next(): Promise<readonly EngineReport[]>;
}

function createInbox(): Inbox {
  let unread: EngineReport[] = [];
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  return {
    get closed() {
      return failure !== undefined;
    },
    put(report) {
      unread.push(report);
      wake?.();
    },
    close(why) {
      failure ??= engineFailed(why);
      wake?.();
    },
    async next() {
      while (unread.length === 0) {
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const taken = unread;
      unread = [];
      return taken;
    },
  };
}
