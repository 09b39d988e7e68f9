// Carries out a program over Client: each call blocks the thread, and the caller's functions run in it, one after another.
import { type ChatCompletionChunk, G4FError } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import { toAbortError } from '../../errors/abort-error.ts';
import type { CreateCompletion } from '../../surface/chat.ts';
import type { CallOptions } from '../../surface/options.ts';
import { GatheredAnswer } from './gathered-answer.ts';
import type { Effect, Program, Reply, Task, TaskOutcome } from './program.ts';

/** What a program may use. */
export interface SyncMeans<Chunk> {
  readonly create: CreateCompletion<'sync'>;
  readonly options: CallOptions | undefined;
  /** Whether answers are streamed, and their chunks handed out. */
  readonly stream: boolean;
  /** A chunk as it is handed out. */
  show(chunk: ChatCompletionChunk): Chunk;
  /** The caller's: it may fire between two calls, by a tool. */
  readonly signal: AbortSignal;
}

/** The chunks of all answers, if they are streamed; what the program returns comes back at the end. */
export function* driveSync<T, Chunk>(program: Program<T>, means: SyncMeans<Chunk>): Generator<Chunk, T> {
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

function* perform<Chunk>(effect: Effect, means: SyncMeans<Chunk>): Generator<Chunk, Reply> {
  const { signal } = means;
  if (signal.aborted) throw toAbortError(signal);
  if (effect.kind === 'call') return { kind: 'call', value: atOnce(effect.task, effect.task.run(signal)) };
  if (effect.kind === 'all')
    return { kind: 'all', outcomes: effect.tasks.map((task) => runOne(task, signal)) };
  const options = { ...means.options, signal };
  if (!means.stream || effect.isHidden === true)
    return { kind: 'ask', answer: means.create({ ...effect.params, stream: false }, options) };
  const gathered = new GatheredAnswer();
  for (const chunk of means.create({ ...effect.params, stream: true }, options)) {
    gathered.add(chunk);
    if (effect.keep !== undefined) atOnce(effect.keep, effect.keep.run(chunk));
    yield means.show(chunk);
  }
  return { kind: 'ask', answer: gathered.answer() };
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

/** @throws G4FError `invalid-request` for a promise: nobody could wait for it while the thread is blocked. */
function atOnce({ what }: Pick<Task, 'what'>, value: unknown): unknown {
  if (!isPromise(value)) return value;
  // Its failure must not end the process: this error says what is wrong.
  Promise.resolve(value).catch(() => undefined);
  throw new G4FError(
    `Client: ${what} returned a promise, for which a blocked thread cannot wait: give a plain function, or use AsyncClient.`,
    { code: 'invalid-request' },
  );
}
