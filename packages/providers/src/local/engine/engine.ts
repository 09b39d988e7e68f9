// The loaded models: each started on first use, kept for the next request, one question at a time.
import { leftByCaller, localError } from '../failures/failure.ts';
import type { EngineReport, LoadOrder, Order } from './engine-messages.ts';
import { type EngineProcess, engineFailed, startProcess } from './engine-process.ts';
import { RUNTIME_PACKAGE } from './runtime.ts';

/** What is asked of an embedded model. */
export interface Question {
  readonly load: Omit<LoadOrder, 'kind'>;
  readonly order: Order;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** How long the engine may take to stop between two tokens before its process is ended, in ms. */
const STOP_MS = 1000;
/** An engine that nobody asked anything for so long gives its memory back, in ms. */
const IDLE_MS = 5 * 60_000;

interface Engine {
  readonly process: EngineProcess;
  readonly loaded: Promise<void>;
  /** Settles when the answer under way, and all that wait before this one, are over. */
  turn: Promise<void>;
  idle?: NodeJS.Timeout;
}

/** One engine for each model in this thread: a model that nobody asks is not loaded. */
const engines = new Map<string, Engine>();

/**
 * The engine's reports of one answer as they come, the last being `end` or a failure. Starts the engine if need be, and
 * waits its turn if another answer is under way. Leaving the loop, or the signal, stops the computation.
 *
 * @throws G4FError `server` when the engine does not start or fails, `aborted` when the signal is.
 */
export async function* ask(question: Question): AsyncGenerator<readonly EngineReport[]> {
  for (;;) {
    const engine = runningEngine(question);
    const pass = await takeTurn(engine, question.signal);
    // The answer before ours may have taken the process with it: then begin again with a new one.
    if (engine.process.alive) return yield* answer(engine.process, question, pass);
    pass();
  }
}

/** Whether the engine for this has been started in this thread, and still runs. */
export const isEngineRunning = (load: Question['load']): boolean =>
  engines.get(JSON.stringify(load))?.process.alive === true;

function runningEngine({ load, env }: Question): Engine {
  const key = JSON.stringify(load);
  const known = engines.get(key);
  if (known?.process.alive) return known;
  const started = startProcess(env);
  const engine: Engine = { process: started, loaded: loadModel(started, load), turn: Promise.resolve() };
  engines.set(key, engine);
  // Whoever waits for it hears of the failure as well; the next request starts afresh.
  engine.loaded.catch(() => engines.get(key) === engine && engines.delete(key));
  return engine;
}

async function loadModel(engineProcess: EngineProcess, load: Question['load']): Promise<void> {
  engineProcess.tell({ kind: 'load', ...load });
  const [report] = await engineProcess.next();
  if (report?.kind === 'loaded') return;
  engineProcess.kill();
  const why = report?.kind === 'failed' ? report.message : 'it began with something else';
  throw why.includes('NoBinaryFound') ? noBinary() : engineFailed(why);
}

const noBinary = (): Error =>
  localError(
    'no-provider',
    `${RUNTIME_PACKAGE} has no native part for ${process.platform} on ${process.arch} here. Install it again with optional dependencies; on other systems install node-llama-cpp in its place, or choose another provider.`,
  );

/** Waits until the engine is ours. What it gives is called once, when the next one may have it. */
async function takeTurn(engine: Engine, signal: AbortSignal): Promise<() => void> {
  const before = engine.turn;
  const { promise: over, resolve } = deferred();
  engine.turn = over;
  clearTimeout(engine.idle);
  const pass = (): void => {
    clearTimeout(engine.idle);
    engine.idle = setTimeout(engine.process.kill, IDLE_MS).unref();
    resolve();
  };
  try {
    await waitFor(engine.loaded, engine.process, signal);
    await waitFor(before, engine.process, signal);
    return pass;
  } catch (error) {
    void before.then(pass);
    throw error;
  }
}

async function* answer(
  engineProcess: EngineProcess,
  { order, signal }: Question,
  pass: () => void,
): AsyncGenerator<readonly EngineReport[]> {
  let ended = false;
  let reading: ReturnType<EngineProcess['next']> | undefined;
  try {
    engineProcess.tell(order);
    while (!ended) {
      reading = engineProcess.next();
      const batch = await waitFor(reading, engineProcess, signal);
      reading = undefined;
      ended = batch.some(isLast);
      yield batch;
    }
  } finally {
    // The reader goes at once; the next one has to wait until the engine has really stopped.
    if (ended) pass();
    else void stop(engineProcess, reading).then(pass);
  }
}

/** Ends every engine of this thread. */
export const closeEngines = (): void => {
  for (const engine of engines.values()) engine.process.kill();
  engines.clear();
};

const LAST: ReadonlySet<EngineReport['kind']> = new Set([
  'end',
  'too-long',
  'text-too-long',
  'bad-grammar',
  'failed',
]);
const isLast = ({ kind }: EngineReport): boolean => LAST.has(kind);

/**
 * Stops the answer that is under way: between two tokens if it can, with the whole process if that takes too long.
 * @param reading the reports that were being waited for when the reader left.
 */
async function stop(
  engineProcess: EngineProcess,
  reading: ReturnType<EngineProcess['next']> = engineProcess.next(),
): Promise<void> {
  engineProcess.tell({ kind: 'stop' });
  const timer = setTimeout(engineProcess.kill, STOP_MS).unref();
  try {
    for (let batch = await reading; !batch.some(isLast); ) batch = await engineProcess.next();
  } catch {
    // The process has ended, and the answer with it.
  } finally {
    clearTimeout(timer);
  }
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function deferred(): Deferred {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** What the promise gives, or the abort, whichever is first. Only this waiting keeps our own program alive. */
async function waitFor<T>(
  promise: Promise<T>,
  engineProcess: EngineProcess,
  signal: AbortSignal,
): Promise<T> {
  if (signal.aborted) throw leftByCaller(signal);
  const { promise: aborted, resolve } = deferred();
  signal.addEventListener('abort', resolve, { once: true });
  engineProcess.hold();
  try {
    await Promise.race([promise, aborted]);
    if (signal.aborted) throw leftByCaller(signal);
    return await promise;
  } finally {
    engineProcess.release();
    signal.removeEventListener('abort', resolve);
  }
}
