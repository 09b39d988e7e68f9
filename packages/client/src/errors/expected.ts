// What is said of a parameter that is not what was expected: by the schema and by the small client, which has none.
import { quote } from './quote.ts';

/** Of `model`. */
export const MODEL = 'the name of a model';
/** Of `messages`. */
export const MESSAGES = 'a string or a list of at least one message';
/** Of each message. */
export const MESSAGE = 'a message (an object with role and content)';
/** Of the role of a message. */
export const ROLE = 'one of "system", "developer", "user", "assistant", "tool"';

/** @param got undefined is missing. @param isPrivate whether a text among it is not to be repeated. */
export const complain = (what: string, got: unknown, isPrivate = false): string =>
  `${what} was expected, ${got === undefined ? 'but it is missing' : `got ${isPrivate && typeof got === 'string' && got !== '' ? 'a text' : kindOf(got)}`}`;

/** What a schema says of a field that is not what was expected. @param isPrivate see {@link complain} */
export const expected = (what: string, isPrivate = false) => ({
  error: ({ input }: { readonly input?: unknown }) => complain(what, input, isPrivate),
});

/** The same of a prompt, which is nobody else's: no error repeats it. */
export const expectedPrivate = (what: string) => expected(what, true);

const kindOf = (value: unknown): string => {
  if (value === '') return 'an empty string';
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 40))}`;
  const isNamed = typeof value === 'object' || typeof value === 'function';
  return isNamed ? quote(value) : `the ${typeof value} ${String(value)}`;
};
