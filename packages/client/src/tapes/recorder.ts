// Writes each call that ends, and what its reader was given of its answer, to a tape.
import { G4FError, LIMITS, type Operation, type Operations, toG4FError } from '@g4f/core';
import { openTape } from '#platform/tape-file';
import type { AnyHandler, MiddlewareCall, Next } from '../surface/middleware.ts';
import { toTapeCall } from './tape-call.ts';
import { type TapeEnd, writeEntry, writePart } from './tape-entry.ts';

/** The middleware. */
export const createRecorder = (path: string): AnyHandler => {
  let tape: ((line: string) => void) | undefined;
  return async function* recorded<O extends Operation>(
    call: MiddlewareCall<O>,
    next: Next<O>,
  ): AsyncGenerator<Operations[O]['part'], undefined> {
    // Before anybody is asked: what cannot be written need not be paid for.
    tape ??= openTape(path, 'withRecording');
    const write = tape;
    const asked = await toTapeCall(call);
    const parts: string[] = [];
    const pauses: number[] = [];
    let characters = 0;
    let end: TapeEnd = 'left';
    let failure: unknown;
    let last = performance.now();
    try {
      for await (const part of next()) {
        const now = performance.now();
        pauses.push(Math.round(now - last));
        last = now;
        const text = writePart(call.operation, part);
        characters += text.length;
        if (characters > LIMITS.tapedCharacters) throw tooLong();
        parts.push(text);
        yield part;
      }
      end = 'whole';
    } catch (thrown) {
      const { stack: _, cause: __, ...error } = toG4FError(thrown, { code: 'internal' }).toData();
      end = { error };
      // A tape that cannot be written is no news beside it.
      failure = thrown;
      throw thrown;
    } finally {
      try {
        write(writeEntry(asked, { parts, pauses, end }));
      } catch (unwritten) {
        // biome-ignore lint/correctness/noUnsafeFinally: what failed first is thrown again
        throw failure ?? unwritten;
      }
    }
    return undefined;
  };
};

const tooLong = (): G4FError =>
  new G4FError(
    `withRecording: the answer has more than ${LIMITS.tapedCharacters} characters as JSON, the most of one call on a tape. Ask for less.`,
    { code: 'invalid-request', scope: 'request' },
  );
