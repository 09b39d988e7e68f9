// One command of Redis, what its answer must be, and what its failure means.
import { redact } from '@g4f/core';
import { RefusedValueError, StateError, stateError } from '../state/state-error.ts';

/** A Redis that is asked. */
export interface AskedRedis {
  /** Of the state. */
  readonly name: string;
  /** What it may repeat, and nobody is told. */
  readonly secrets: readonly string[];
  /** How many commands it has not answered yet. */
  waiting: number;
  /** Since when it has answered none of them, by the clock of the process; undefined where none waits. */
  silentSince: number | undefined;
}

/** Of a number that it cannot add, a place where something else stands, or one that takes no more. */
const REFUSED = /not an integer|out of range|would overflow|has exhausted|WRONGTYPE/i;

const NO_ENTRY = /WRONGPASS|NOAUTH|invalid password|no password is set/i;
const NO_DATABASE = /DB index/i;

/** How its library calls a connection that it has lost, or has not got yet. */
const UNCONNECTED = /^(?:Stream isn't writeable|Connection is closed)/;

/** Whether it is there, and lets nobody in as it was asked. */
export const isRefusal = (why: string): boolean => NO_ENTRY.test(why) || NO_DATABASE.test(why);

/** What is told of that. */
export const refusedByRedis = (name: string, error: Error): StateError =>
  stateError(
    name,
    NO_DATABASE.test(error.message)
      ? 'it has no database of this number. Use one that it has, such as /0'
      : 'it refuses the user or the password, or needs one. Write it as redis://user:password@host:6379',
    error,
  );

/** What it answers. @throws StateError */
export const askRedis = async <Answer>(asked: AskedRedis, command: Promise<Answer>): Promise<Answer> => {
  const { name, secrets } = asked;
  asked.waiting += 1;
  asked.silentSince ??= performance.now();
  const answered = (): void => {
    asked.silentSince = asked.waiting > 1 ? performance.now() : undefined;
  };
  try {
    const answer = await command;
    answered();
    return answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') answered();
    const said = redact(error instanceof Error ? error.message : String(error), secrets);
    const why = said.slice(0, 200).replace(/\s+/g, ' ');
    if (REFUSED.test(why)) throw new RefusedValueError(`${name}: ${why}`, { cause: error });
    if (error instanceof Error && isRefusal(why)) throw refusedByRedis(name, error);
    const told = UNCONNECTED.test(why) ? 'there is no connection' : why;
    throw stateError(name, `it does not answer (${told}). Is it there, and is its address right?`, error);
  } finally {
    asked.waiting -= 1;
  }
};

/** What is made of its answer. @throws StateError for one that no gateway can have written; it tells nothing of it */
export const readAnswer = <Answer, Result>(
  { name }: AskedRedis,
  answer: Answer,
  read: (answer: Answer) => Result,
): Result => {
  try {
    return read(answer);
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw stateError(name, 'what stands in it is none of this gateway’s. Use another database');
  }
};
