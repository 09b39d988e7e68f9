// Carries out a program over AsyncClient: waits by promise, runs tasks side by side.
import { onAbort } from '../../attempt/on-abort.ts';
import { unlessAborted } from '../../attempt/unless-aborted.ts';
import { toAbortError } from '../../errors/abort-error.ts';
import type { CallOptions } from '../../surface/options.ts';
import type { AskAsync } from './ask-async.ts';
import type { Effect, Program, Reply, Task, TaskOutcome, Tasks } from './program.ts';

/** What a program may use. */
export interface AsyncMeans<Chunk, Params, Answer> {
  /** Asks the model; where its answer is streamed, the chunks are handed out. */
  readonly ask: AskAsync<Chunk, Params, Answer>;
  readonly options: CallOptions | undefined;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

/** The chunks of all answers, if they are streamed; what the program returns comes back at the end. */
export async function* driveAsync<T, Chunk, Params, Answer>(
  program: Program<T, Params, Answer>,
  means: AsyncMeans<Chunk, Params, Answer>,
): AsyncGenerator<Chunk, T> {
  let turn = program.next();
  while (turn.done !== true) {
    let reply: Reply<Answer>;
    try {
      reply = yield* perform(turn.value, means);
    } catch (error) {
      turn = program.throw(error);
      continue;
    }
    turn = program.next(reply);
  }
  return turn.value;
}

async function* perform<Chunk, Params, Answer>(
  effect: Effect<Params>,
  means: AsyncMeans<Chunk, Params, Answer>,
): AsyncGenerator<Chunk, Reply<Answer>> {
  const { signal } = means;
  if (signal.aborted) throw toAbortError(signal);
  if (effect.kind === 'call') {
    const { task } = effect;
    return { kind: 'call', value: await unlessAborted(signal, () => task.run(signal)) };
  }
  if (effect.kind === 'all') return { kind: 'all', outcomes: await runAll(effect, signal) };
  const asked = means.ask(effect.params, { ...means.options, signal }, effect);
  return { kind: 'ask', answer: yield* asked };
}

async function runAll(
  { tasks, concurrency, timeout }: Tasks,
  signal: AbortSignal,
): Promise<readonly TaskOutcome[]> {
  const outcomes: TaskOutcome[] = [];
  const waiting = tasks.entries();
  // All take from one iterator: each task is run once, and never more at once than there are of these.
  const runSome = async (): Promise<void> => {
    for (const [at, task] of waiting)
      outcomes[at] = signal.aborted ? { error: signal.reason } : await runOne(task, timeout, signal);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, tasks.length) }, runSome));
  if (signal.aborted) throw toAbortError(signal);
  return outcomes;
}

/** A task that does not listen to its signal goes on, but nobody waits for it. */
async function runOne(task: Task, timeout: number, signal: AbortSignal): Promise<TaskOutcome> {
  const own = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    own.signal.addEventListener('abort', () => reject(own.signal.reason), { once: true });
  });
  const forget = onAbort(signal, () => own.abort(signal.reason));
  const timer =
    timeout > 0
      ? setTimeout(() => own.abort(new Error(`it took longer than ${timeout} ms`)), timeout)
      : undefined;
  try {
    return { value: await Promise.race([task.run(own.signal), stopped]) };
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
    forget();
  }
}
