// One attempt at one backend: what it is lent, what it may say, and how it is stopped.
import {
  type Batch,
  type ChatRequest,
  type Context,
  createGrammar,
  G4FError,
  isContent,
  isG4FError,
  type Provider,
  toG4FError,
} from '@g4f/core';
import { createSend } from '@g4f/providers';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import type { Candidate } from './route.ts';
import type { Settings } from './settings.ts';

/** A call to a backend that can be given up at any time. */
export interface Attempt {
  readonly context: Context;
  readonly deadlines: Deadlines;
  /** What the backend could not do of what was asked. */
  readonly warnings: readonly string[];
  /** Stops the backend: its signal is aborted, and whoever waits for it is told. */
  stop(reason: Error): void;
  /** Lets go of timers and listeners. */
  close(): void;
}

/** @param signal the whole call's. */
export const beginAttempt = (candidate: Candidate, settings: Settings, signal: AbortSignal): Attempt => {
  const { id } = candidate.backend;
  const controller = new AbortController();
  const warnings: string[] = [];
  const stop = (reason: Error): void => {
    deadlines.cancel(reason);
    controller.abort(reason);
  };
  const deadlines = createDeadlines(id, settings.limits, (error) => controller.abort(error));
  const onAbort = (): void => stop(toAbortError(signal, id));
  signal.addEventListener('abort', onAbort);
  const { env, proxy, limits } = settings;
  const connectMs = Number.isFinite(limits.connect) ? limits.connect : 0;
  return {
    deadlines,
    warnings,
    stop,
    close() {
      signal.removeEventListener('abort', onAbort);
      deadlines.stop();
    },
    context: {
      signal: controller.signal,
      env,
      apiKey: candidate.apiKey,
      baseURL: candidate.baseURL,
      send: createSend({
        provider: id,
        signal: controller.signal,
        env,
        proxy,
        connectMs,
        enter: deadlines.enter,
      }),
      enter: deadlines.enter,
      warn: (message) => warnings.push(message),
    },
  };
};

/** What to throw when a call was aborted: its deadline if that was why, `aborted` otherwise. */
export const toAbortError = (signal: AbortSignal, provider?: string): G4FError =>
  isG4FError(signal.reason)
    ? signal.reason
    : new G4FError('the request was aborted by the caller.', {
        code: 'aborted',
        provider,
        cause: signal.reason,
      });

/**
 * What the backend answers, checked against the grammar, with its name stamped on the first event.
 * Batches without content before the first content are held, so that whoever reads anything has been spoken to.
 *
 * @throws G4FError whatever went wrong; closes the backend's stream in every case.
 */
export async function* speak(
  candidate: Candidate,
  request: ChatRequest,
  attempt: Attempt,
): AsyncGenerator<Batch> {
  const { id } = candidate.backend;
  const grammar = createGrammar(id);
  const { deadlines } = attempt;
  let held: Batch[] | undefined = [];
  let source: AsyncIterator<Batch> | undefined;
  try {
    const provider = await deadlines.wait(candidate.backend.load());
    source = chatOf(provider)(request, attempt.context)[Symbol.asyncIterator]();
    for (;;) {
      const read = await deadlines.wait(source.next());
      if (read.done) break;
      let batch = read.value;
      let content = false;
      for (const event of batch) {
        grammar.accept(event);
        content ||= isContent(event);
      }
      if (content) deadlines.heard();
      if (batch[0]?.type === 'answer-start') batch = stamp(batch, id, attempt.warnings);
      if (held === undefined) yield batch;
      else if (content) {
        yield [...held.flat(), ...batch];
        held = undefined;
      } else held.push(batch);
    }
    source = undefined;
    grammar.end();
    if (held !== undefined) yield held.flat();
  } catch (error) {
    throw toG4FError(error, { code: 'bad-response', provider: id, model: request.model });
  } finally {
    attempt.close();
    // A backend that is still computing is told by its signal; waiting for it could take for ever.
    if (source !== undefined) {
      attempt.stop(new G4FError(`${id}: the reader left.`, { code: 'aborted', provider: id }));
      source.return?.().catch(() => undefined);
    }
  }
}

function chatOf(provider: Provider): NonNullable<Provider['chat']> {
  if (provider.chat !== undefined) return provider.chat.bind(provider);
  throw new G4FError(`${provider.id}: this backend cannot chat. Choose another provider.`, {
    code: 'invalid-request',
    provider: provider.id,
  });
}

function stamp(batch: Batch, provider: string, warnings: readonly string[]): Batch {
  const [start, ...rest] = batch;
  if (start?.type !== 'answer-start') return batch;
  const extra =
    warnings.length === 0 ? undefined : { ...start.extra, chunk: { ...start.extra?.chunk, warnings } };
  return [{ ...start, provider, ...(extra !== undefined && { extra }) }, ...rest];
}
