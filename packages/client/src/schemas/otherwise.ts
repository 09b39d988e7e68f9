// What is said of a field whose schema says nothing of its own: without it, the library's words, which its size leaves out in part.
import { complain } from '../errors/expected.ts';

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

interface Issue {
  readonly code?: string | undefined;
  readonly expected?: unknown;
  readonly input?: unknown;
  readonly values?: readonly unknown[];
}

/** The options of a check. A text that is wrong is not repeated: it may be a prompt. */
export const OTHERWISE = {
  error: ({ expected, input, values = [] }: Issue): string => {
    const among = values.map((value) => JSON.stringify(value)).join(' or ');
    return complain(WORDS[String(expected)] ?? (among || 'another value'), input, true);
  },
};
