// What led to an error, as it may be shown: name, code, message and stack, and nothing that other code attached.
import { redact } from './redact.ts';

/** A cause as plain data. */
export interface CauseData {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly stack?: string | undefined;
  readonly cause?: CauseData | undefined;
}

const DEEPEST_CAUSE = 8;

/** What is told of a value whose fields throw when they are read. */
export const UNREADABLE = 'what was thrown cannot be read';

/** A chain of causes as plain data, redacted. @param secrets as {@link redact} takes them. */
export const describeCause = (
  cause: unknown,
  secrets: readonly (string | undefined)[] = [],
  depth = 0,
): CauseData | undefined => {
  if (cause === undefined || depth === DEEPEST_CAUSE) return undefined;
  try {
    if (isErrorLike(cause)) return describeError(cause, secrets, depth);
    return { name: 'Error', message: redact(textOf(cause), secrets) };
  } catch {
    return { name: 'Error', message: UNREADABLE };
  }
};

function describeError(error: ErrorLike, secrets: readonly (string | undefined)[], depth: number): CauseData {
  const code = 'code' in error && typeof error.code === 'string' ? redact(error.code, secrets) : undefined;
  const name = redact('name' in error ? String(error.name) : 'Error', secrets);
  const message = redact(error.message, secrets);
  const stack = [`${name}: ${message}`, ...framesOf(error).map((line) => redact(line, secrets))].join('\n');
  const cause = describeCause('cause' in error ? error.cause : undefined, secrets, depth + 1);
  return { name, message, code, stack, cause };
}

type ErrorLike = { readonly message: string } & object;

/** By its shape: an error of another realm is no instance of ours. */
const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';

/** The stack where it is text: `Error.prepareStackTrace` of a program may make anything of it, or throw. */
export const stackOf = (error: object): string | undefined => {
  try {
    const stack = 'stack' in error ? error.stack : undefined;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
};

/** The lines that tell where it happened: what stands before them is the message, once more. */
function framesOf(error: ErrorLike): readonly string[] {
  const { message } = error;
  const stack = stackOf(error);
  if (stack === undefined) return [];
  const after = stack.indexOf(message);
  return stack
    .slice(after === -1 ? 0 : after + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
}

/** The errors that were described. */
export const reviveCause = (data: CauseData | undefined): Error | undefined => {
  if (data === undefined) return undefined;
  const cause = reviveCause(data.cause);
  const error = new Error(data.message, cause === undefined ? undefined : { cause });
  const fields = { name: data.name, stack: data.stack ?? stackOf(error) };
  return Object.assign(error, data.code === undefined ? fields : { ...fields, code: data.code });
};

/** Whatever was thrown, as an error that holds nothing but what may be shown of it. */
export const toShownCause = (cause: unknown, secrets?: readonly (string | undefined)[]): Error | undefined =>
  reviveCause(describeCause(cause, secrets));

/** Anything as text, without throwing: a value may refuse to be turned into either form, or say that it is nothing in JSON. */
export function textOf(value: unknown): string {
  try {
    const text: string | undefined =
      typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
    if (text !== undefined) return text;
  } catch {
    // It refuses.
  }
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return UNREADABLE;
  }
}
