// What happened in one call, backend by backend: for its reader (`route`), its error (`attempts`) and observers.
import type { Attempt, ErrorCode, Usage } from '@g4f/core';
import type { Publish } from './events.ts';
import type { CallEvents } from './observed.ts';
import type { RouteAttempt } from './surface.ts';

/** One backend of the call: asked, and then `ended`, `failed` or `left`; asked again perhaps. */
export interface Step {
  asked(): void;
  /** The first content is there. @returns ms since it was asked. */
  spoke(): number;
  ended(): void;
  failed(error: { readonly code: ErrorCode; readonly message: string }): void;
}

/** The trail of one call. */
export interface Trail {
  /** Who has been asked so far, in the order in which they first were. */
  readonly attempts: readonly RouteAttempt[];
  /** Grows whenever `attempts` changes. */
  readonly version: number;
  /** Whether anybody is told of it besides the reader. */
  readonly isObserved: boolean;
  begin(call: Pick<CallEvents['g4f:request'], 'model' | 'stream' | 'providers'>): void;
  step(provider: string, model: string): Step;
  /** The token counts of the answer. */
  counted(usage: Usage): void;
  /** The call is over. @param code why it failed. */
  finish(code: ErrorCode | undefined): void;
}

/** The failed ones of these, as an error tells them. */
export const failedOf = (attempts: readonly RouteAttempt[]): readonly Attempt[] =>
  attempts.flatMap(({ code, message, ...others }) =>
    code === undefined || message === undefined ? [] : [{ ...others, code, message }],
  );

interface Entry {
  readonly provider: string;
  readonly model: string;
  since: number | undefined;
  ms: number;
  tries: number;
  firstContentMs: number | undefined;
  failure: { readonly code: ErrorCode; readonly message: string } | undefined;
}

/** @param publish tells observers; absent if there are none. Long because its methods share the entries. */
export const createTrail = (publish?: Publish): Trail => {
  const entries: Entry[] = [];
  const began = performance.now();
  const call = publish === undefined ? '' : crypto.randomUUID();
  let model = '';
  let speaker: Entry | undefined;
  let usage: Usage | undefined;
  let version = 0;

  const over = (entry: Entry, failure: Entry['failure']): void => {
    if (entry.since === undefined) return;
    entry.ms += performance.now() - entry.since;
    entry.since = undefined;
    entry.failure = failure;
    version += 1;
    publish?.('g4f:attempt', { call, ...describe(entry) });
  };
  const stepOf = (entry: Entry): Step => ({
    asked() {
      if (entry.tries === 0) entries.push(entry);
      entry.tries += 1;
      entry.since = performance.now();
      entry.failure = undefined;
      version += 1;
    },
    spoke() {
      const ms = performance.now() - (entry.since ?? began);
      entry.firstContentMs = ms;
      speaker = entry;
      version += 1;
      const { provider } = entry;
      publish?.('g4f:first-content', {
        call,
        provider,
        model: entry.model,
        ms: Math.round(performance.now() - began),
      });
      return ms;
    },
    ended: () => over(entry, undefined),
    failed: ({ code, message }) => over(entry, { code, message }),
  });
  return {
    get attempts() {
      return entries.map(describe);
    },
    get version() {
      return version;
    },
    isObserved: publish !== undefined,
    begin(request) {
      ({ model } = request);
      publish?.('g4f:request', { call, ...request });
    },
    step: (provider, modelThere) =>
      stepOf({
        provider,
        model: modelThere,
        since: undefined,
        ms: 0,
        tries: 0,
        firstContentMs: undefined,
        failure: undefined,
      }),
    counted(counts) {
      usage = counts;
    },
    finish(code) {
      publish?.('g4f:finish', {
        call,
        model,
        ms: Math.round(performance.now() - began),
        ...(code !== undefined && { code }),
        ...(speaker !== undefined && { provider: speaker.provider }),
        ...(usage !== undefined && { usage }),
        attempts: entries.map(describe),
      });
    },
  };
};

/** Of one that still answers, `ms` is how long it has so far. */
function describe({ provider, model, since, ms, tries, firstContentMs, failure }: Entry): RouteAttempt {
  return {
    provider,
    model,
    ...failure,
    ms: Math.round(since === undefined ? ms : ms + performance.now() - since),
    ...(tries > 1 && { retries: tries - 1 }),
    ...(firstContentMs !== undefined && { firstContentMs: Math.round(firstContentMs) }),
  };
}
