// A line of JSON for each request, by pino, which is loaded with the first server that logs.
import { open } from 'node:fs';
import { promisify } from 'node:util';
import { type G4FError, redact } from '@g4f/core';
import type { Observe, RequestRecord } from '../exchange/record.ts';
import { optionalLibrary } from '../failure/optional-library.ts';

/** How requests are logged. */
export interface LoggingOptions {
  /** `info` unless given; failures that are the gateway's or a provider's are `error`, those that are the caller's `warn`. */
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
  /** The path of the file that lines are appended to; stdout unless given. */
  readonly file?: string;
}

/** Writes what happens to a server. */
export interface RequestLog {
  readonly observe: Observe;
  /** Writes a line that is about no request. */
  readonly say: (message: string) => void;
  /** Writes what has not been written. */
  readonly end: () => Promise<void>;
}

/** @throws the system's error for a file that cannot be opened, and {@link G4FError} for none. */
export const createLog = async ({ level = 'info', file }: LoggingOptions): Promise<RequestLog> => {
  const { pino } = await optionalLibrary(() => import('pino'), 'pino', 'logging');
  // Opened before pino has it: a process that ended while pino opened it would end with an exception of pino's.
  const fd = file === undefined ? 1 : await promisify(open)(file, 'a');
  const destination = pino.destination({ dest: fd, sync: false });
  // A full disk, or one that is gone: callers are answered all the same.
  let hasFailed = false;
  const failed = new Promise<void>((resolve) => {
    destination.on('error', (error: Error) => {
      if (!hasFailed)
        console.error(
          `@g4f/server: cannot write the log, and logs no more until a restart: ${error.message}`,
        );
      hasFailed = true;
      destination.destroy();
      resolve();
    });
  });
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    observe(record) {
      if (!hasFailed) logger[levelOf(record)](lineOf(record), 'request');
    },
    say(message) {
      if (!hasFailed) logger.info(redact(message));
    },
    async end() {
      if (hasFailed) return;
      await Promise.race([failed, new Promise<void>((resolve) => logger.flush(() => resolve()))]);
    },
  };
};

const levelOf = ({ status, code }: RequestRecord): 'info' | 'warn' | 'error' => {
  if (status >= 500) return 'error';
  if (status >= 400) return 'warn';
  return code === undefined ? 'info' : 'error';
};

/** What a caller wrote as a model may be a key that went astray. */
const lineOf = ({ model, ms, ...record }: RequestRecord): object => ({
  ...record,
  ...(model !== undefined && { model: redact(model).slice(0, 200) }),
  ms: Math.round(ms),
});
