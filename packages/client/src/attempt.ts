// One attempt at one backend: what it is lent, and how it is stopped.
import { type Context, G4FError, isG4FError, toG4FError } from '@g4f/core';
import { createSend } from '@g4f/providers';
import { toAbortError } from './abort-error.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import { onAbort } from './on-abort.ts';
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
  /** Closes it, and stops whatever the backend still does. */
  abandon(): void;
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
  const abort = (): void => stop(toAbortError(signal, id));
  const stopListening = onAbort(signal, abort);
  if (signal.aborted) abort();
  const close = (): void => {
    stopListening();
    deadlines.stop();
  };
  const { env, proxy, limits } = settings;
  const connectMs = Number.isFinite(limits.connect) ? limits.connect : 0;
  return {
    deadlines,
    warnings,
    stop,
    close,
    abandon() {
      close();
      stop(new G4FError(`${id}: it is no longer waited for.`, { code: 'aborted', provider: id }));
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

/** What a backend threw: ours as it is, anything else with the name of the backend. */
export const toBackendError = (thrown: unknown, provider: string, model?: string): G4FError => {
  const { message } = toG4FError(thrown, { code: 'bad-response' });
  if (isG4FError(thrown)) return thrown;
  const why = message.replace(/\s+/g, ' ').replace(/\.$/, '');
  return new G4FError(
    `${provider}: ${why}. The backend failed with an error of its own; report it to its author.`,
    { code: 'bad-response', provider, model, cause: thrown },
  );
};
