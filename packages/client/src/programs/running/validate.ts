// Checks a value by a schema of a library, and says what is wrong by its path, without what the model wrote.
// Source: https://standardschema.dev
import { redact } from '@g4f/core';
import { calling, type Steps } from './program.ts';

/** What a check found. */
export type Checked = { readonly value: unknown } | { readonly wrong: string };

/** A schema that can check: `undefined` for what is none. */
export const checkerOf = (schema: unknown): ((value: unknown) => unknown) | undefined => {
  const standard = fieldOf(schema, '~standard');
  const validate = fieldOf(standard, 'validate');
  return typeof validate === 'function' ? (value) => validate.call(standard, value) : undefined;
};

/** A field of anything: a schema may be a function. */
export const fieldOf = (value: unknown, name: string): unknown =>
  value !== null && value !== undefined ? Object(value)[name] : undefined;

/** The text as JSON; the error of `JSON.parse` shows the text, this one does not. */
export const readJson = (text: string, root = 'answer'): Checked => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { wrong: `${root}: it is not JSON` };
  }
};

/** @param root what the value is called in what is wrong. @param what what the schema belongs to, for errors. */
export function* checked(
  check: (value: unknown) => unknown,
  value: unknown,
  root: string,
  what: string,
): Steps<Checked> {
  const result = yield* calling(`the schema of ${what}`, () => check(value));
  const issues = fieldOf(result, 'issues');
  return Array.isArray(issues) ? { wrong: told(issues, root) } : { value: fieldOf(result, 'value') };
}

/** So many are told in full. */
const TOLD = 3;
const LONGEST = 200;

function told(issues: readonly unknown[], root: string): string {
  if (issues.length === 0) return `${root}: it does not fit the schema`;
  const first = issues.slice(0, TOLD).map((issue) => `${pathOf(issue, root)}: ${messageOf(issue)}`);
  const more = issues.length - first.length;
  return more > 0 ? `${first.join('; ')}; and ${more} more` : first.join('; ');
}

/** `answer.items[2].price` */
function pathOf(issue: unknown, root: string): string {
  const path = fieldOf(issue, 'path');
  if (!Array.isArray(path)) return root;
  const steps = path.map((step: unknown) => {
    const key: unknown = typeof step === 'object' && step !== null ? fieldOf(step, 'key') : step;
    if (typeof key === 'number') return `[${key}]`;
    return /^[\w$]{1,50}$/.test(String(key))
      ? `.${String(key)}`
      : `[${JSON.stringify(String(key).slice(0, 50))}]`;
  });
  return redact(root + steps.join(''));
}

/** Valibot and ArkType show the value at the end. */
function messageOf(issue: unknown): string {
  const message = String(fieldOf(issue, 'message') ?? 'it does not fit');
  const ends = [' but received ', ' (was '].map((mark) => message.indexOf(mark)).filter((at) => at > 0);
  return redact(message.slice(0, Math.min(LONGEST, ...ends)).replace(/\.$/, ''));
}
