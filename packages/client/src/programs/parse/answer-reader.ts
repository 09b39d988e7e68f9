// Reads a text of the model as JSON, and checks it by the schema of the caller.
import type { Steps } from '../running/program.ts';
import { type Checked, checked, checkerOf, fieldOf, readJson } from '../running/validate.ts';

/** What a text is called in what is wrong with it, and what the schema belongs to. */
export interface ReaderNames {
  readonly root: string;
  readonly what: string;
}

/** Reads one text. */
export type AnswerReader = (text: string) => Steps<Checked>;

/** The first of these that can check. */
export const firstChecker = (places: readonly unknown[]): ReturnType<typeof checkerOf> =>
  places.map(checkerOf).find((found) => found !== undefined);

/**
 * What helpers of OpenAI's library make (`zodResponseFormat`, `zodTextFormat`, `zodResponsesFunction`) reads the text itself;
 * without a check, any JSON will do.
 */
export function answerReader(
  given: unknown,
  check: ReturnType<typeof checkerOf>,
  { root, what }: ReaderNames,
): AnswerReader {
  const parse = fieldOf(given, '$parseRaw');
  return function* read(text) {
    const json = readJson(text, root);
    if ('wrong' in json) return json;
    if (typeof parse === 'function')
      return yield* checked(
        standard((raw) => parse.call(given, raw), text),
        json.value,
        root,
        what,
      );
    return check === undefined ? json : yield* checked(check, json.value, root, what);
  };
}

/** A parser of texts that throws, as a check of values. */
const standard = (parse: (text: string) => unknown, text: string) => (): unknown => {
  try {
    return { value: parse(text) };
  } catch (error) {
    return { issues: fieldOf(error, 'issues') ?? [{ message: 'it does not fit' }] };
  }
};

/** Whether it makes what it is given into something itself. */
export const parsesItself = (given: unknown): boolean => typeof fieldOf(given, '$parseRaw') === 'function';
