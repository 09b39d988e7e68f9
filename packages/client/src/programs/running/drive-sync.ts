// Carries out a program over Client: each call blocks the thread, and the caller's functions run in it, one after another.
import { toAbortError } from '../../errors/abort-error.ts';
import type { CallOptions } from '../../surface/options.ts';
import type { AskSync } from './ask-sync.ts';
import { atOnce } from './at-once.ts';
import type { Effect, Program, Reply, Task, TaskOutcome } from './program.ts';

/** What a program may use. */
export interface SyncMeans<Chunk, Params, Answer> {
  /** Asks the model; where its answer is streamed, the chunks are handed out. */
  readonly ask: AskSync<Chunk, Params, Answer>;
  readonly options: CallOptions | undefined;
  /** The caller's: it may fire between two calls, by a tool. */
  readonly signal: AbortSignal;
}

/** The chunks of all answers, if they are streamed; what the program returns comes back at the end. */
export function* driveSync<T, Chunk, Params, Answer>(
  program: Program<T, Params, Answer>,
  means: SyncMeans<Chunk, Params, Answer>,
): Generator<Chunk, T> {
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

function* perform<Chunk, Params, Answer>(
  effect: Effect<Params>,
  means: SyncMeans<Chunk, Params, Answer>,
): Generator<Chunk, Reply<Answer>> {
  const { signal } = means;
  if (signal.aborted) throw toAbortError(signal);
  if (effect.kind === 'call') return { kind: 'call', value: atOnce(effect.task, effect.task.run(signal)) };
  if (effect.kind === 'all')
    return { kind: 'all', outcomes: effect.tasks.map((task) => runOne(task, signal)) };
  const asked = means.ask(effect.params, { ...means.options, signal }, effect);
  return { kind: 'ask', answer: yield* asked };
}

function runOne(task: Task, signal: AbortSignal): TaskOutcome {
  if (signal.aborted) throw toAbortError(signal);
  let value: unknown;
  try {
    value = task.run(signal);
  } catch (error) {
    return { error };
  }
  return { value: atOnce(task, value) };
}
