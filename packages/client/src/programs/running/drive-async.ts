// Carries out a program over AsyncClient: waits by promise, runs tasks side by side.
import type { ChatCompletionChunk } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import { onAbort } from '../../attempt/on-abort.ts';
import { unlessAborted } from '../../attempt/unless-aborted.ts';
import { toAbortError } from '../../errors/abort-error.ts';
import type { CreateCompletion } from '../../surface/chat.ts';
import type { CallOptions } from '../../surface/options.ts';
import { GatheredAnswer } from './gathered-answer.ts';
import type { Effect, Program, Reply, Task, TaskOutcome, Tasks } from './program.ts';

/** What a program may use. */
export interface AsyncMeans<Chunk> {
  readonly create: CreateCompletion<'async'>;
  readonly options: CallOptions | undefined;
  /** Whether answers are streamed, and their chunks handed out. */
  readonly stream: boolean;
  /** A chunk as it is handed out. */
  show(chunk: ChatCompletionChunk): Chunk;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

/** The chunks of all answers, if they are streamed; what the program returns comes back at the end. */
export async function* driveAsync<T, Chunk>(
  program: Program<T>,
  means: AsyncMeans<Chunk>,
): AsyncGenerator<Chunk, T> {
  let turn = program.next();
  while (turn.done !== true) {
    let reply: Reply;
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

async function* perform<Chunk>(effect: Effect, means: AsyncMeans<Chunk>): AsyncGenerator<Chunk, Reply> {
  const { signal } = means;
  if (signal.aborted) throw toAbortError(signal);
  if (effect.kind === 'call') {
    const { task } = effect;
    return { kind: 'call', value: await unlessAborted(signal, () => task.run(signal)) };
  }
  if (effect.kind === 'all') return { kind: 'all', outcomes: await runAll(effect, signal) };
  const options = { ...means.options, signal };
  if (!means.stream || effect.isHidden === true)
    return { kind: 'ask', answer: await means.create({ ...effect.params, stream: false }, options) };
  const gathered = new GatheredAnswer();
  for await (const chunk of means.create({ ...effect.params, stream: true }, options)) {
    gathered.add(chunk);
    const kept = effect.keep?.run(chunk);
    if (isPromise(kept)) await unlessAborted(signal, () => kept);
    yield means.show(chunk);
  }
  return { kind: 'ask', answer: gathered.answer() };
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
