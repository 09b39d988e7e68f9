// Answers calls from a tape: nobody is asked, and no network is needed.
import { G4FError, type Operation, type Operations } from '@g4f/core';
import { readTape } from '#platform/tape-file';
import { sleep } from '../attempt/sleep.ts';
import { createPartCheck } from '../middleware/part-check.ts';
import type { AnyHandler, MiddlewareCall } from '../surface/middleware.ts';
import { differencesOf, keyOf, type TapeCall, toTapeCall } from './tape-call.ts';
import { noEntry, readEntry, readPart, type TapeEntry } from './tape-entry.ts';

/** How many differences are named. */
const MOST_NAMED = 5;
/** How many are counted to find the nearest. */
const MOST_COUNTED = 100;

/** The answers to equal calls, and which is next. */
interface Answers {
  readonly entries: TapeEntry[];
  next: number;
}

/** A tape that is played. */
class Tape {
  readonly #path: string;
  /** With the numbers of their lines. */
  readonly #entries = new Map<TapeEntry, number>();
  /** The numbers of lines that were not written to their ends. */
  readonly #torn: readonly number[];
  readonly #answers = new Map<string, Answers>();

  constructor(path: string) {
    this.#path = path;
    const { lines, torn } = readTape(path, 'withReplay');
    this.#torn = torn;
    for (const { text, number } of lines) {
      const entry = readEntry(text, placeOf(path, number));
      this.#entries.set(entry, number);
      const key = keyOf(entry);
      const known = this.#answers.get(key) ?? { entries: [], next: 0 };
      known.entries.push(entry);
      this.#answers.set(key, known);
    }
  }

  /** Of equal calls each has the next answer, and then the last one again. @throws G4FError `invalid-request` if there is none */
  answerTo(call: TapeCall): TapeEntry {
    const answers = this.#answers.get(keyOf(call));
    const entry = answers?.entries[Math.min(answers.next, answers.entries.length - 1)];
    if (answers === undefined || entry === undefined) throw this.#notThere(call);
    answers.next += 1;
    return entry;
  }

  /** For messages. */
  placeOf(entry: TapeEntry): string {
    return placeOf(this.#path, this.#entries.get(entry));
  }

  #notThere(call: TapeCall): G4FError {
    const torn =
      this.#torn.length === 0
        ? ''
        : ` Not written to its end, and not read: line ${this.#torn.slice(0, MOST_NAMED).join(', ')}.`;
    return new G4FError(
      `withReplay: ${this.#path} has no such call of ${call.operation}. ${this.#nearest(call)}${torn} Record it, by withRecording.`,
      { code: 'invalid-request', scope: 'request' },
    );
  }

  /** Values are not told: they are prompts. */
  #nearest(call: TapeCall): string {
    const same = [...this.#entries.keys()].filter(({ operation }) => operation === call.operation);
    const [nearest] = same
      .map((entry) => ({ entry, count: this.#differences(entry, call, MOST_COUNTED).length }))
      .sort((one, other) => one.count - other.count);
    if (nearest === undefined) {
      const others = [...new Set([...this.#entries.keys()].map(({ operation }) => operation))];
      return others.length === 0 ? 'It is empty.' : `It has calls of ${others.join(', ')}.`;
    }
    const { entry, count } = nearest;
    const named = this.#differences(entry, call, MOST_NAMED).join(', ');
    const more = count > MOST_NAMED ? ', …' : '';
    return `The nearest is on line ${this.#entries.get(entry)}: it differs in ${named}${more}.`;
  }

  #differences({ request, options }: TapeCall, call: TapeCall, most: number): readonly string[] {
    const found = differencesOf(request, call.request, most);
    return [...found, ...differencesOf(options, call.options, most - found.length)];
  }
}

const placeOf = (path: string, line: number | undefined): string => `withReplay: line ${line} of ${path}`;

/** The parts of an answer, each checked. @throws G4FError `invalid-request` where they are none of this call */
function partsOf<O extends Operation>(
  { parts, end }: TapeEntry,
  { operation, request }: MiddlewareCall<O>,
  where: string,
): readonly Operations[O]['part'][] {
  const own = parts.map((part) => readPart(operation, part));
  const check = createPartCheck(operation, request, where);
  try {
    for (const part of own) check.accept(part);
    if (end === 'whole') check.end();
  } catch {
    throw noEntry(where);
  }
  return own;
}

/** The middleware. @param timing whether parts come with the pauses that they had */
export const createPlayer = (path: string, timing: boolean): AnyHandler => {
  let tape: Tape | undefined;
  return async function* replayed<O extends Operation>(
    call: MiddlewareCall<O>,
  ): AsyncGenerator<Operations[O]['part'], undefined> {
    tape ??= new Tape(path);
    const entry = tape.answerTo(await toTapeCall(call));
    const { pauses, end } = entry;
    const parts = partsOf(entry, call, tape.placeOf(entry));
    for (const [at, part] of parts.entries()) {
      const { [at]: pause = 0 } = pauses;
      if (timing && pause > 0) await sleep(pause, call.signal);
      yield part;
    }
    if (end === 'whole') return undefined;
    if (end !== 'left') throw G4FError.fromData(end.error);
    throw new G4FError(
      'withReplay: the answer was left by its reader here when it was recorded. Record it whole.',
      {
        code: 'stream-truncated',
        scope: 'request',
      },
    );
  };
};
