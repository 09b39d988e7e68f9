// The middleware that refuses texts, as a program names it: what carries it out is loaded with the first call.
import type { Operation } from '@g4f/core';
import { noField, wrong } from '../options/check-option.ts';
import { withNamedIds } from '../options/named-ids.ts';
import { withPlainForm } from '../options/plain-form.ts';
import { type Fields, isFields } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { AnyHandler, Middleware } from '../surface/middleware.ts';

/** What a text is that is checked. */
export interface GuardedText {
  /** Whether it is asked, or answered. */
  readonly side: 'input' | 'output';
  readonly operation: Operation;
  /** As the caller wrote it. */
  readonly model: string;
  /** Aborted when the call is over. */
  readonly signal: AbortSignal;
}

/** Whether a text may pass: true lets it pass, false or a reason refuses it. Anything else, and what it throws, is a check that failed. */
export type GuardCheck = (text: string, about: GuardedText) => boolean | string | Promise<boolean | string>;

/** Checks by the client's own moderations. */
export interface GuardModeration {
  /** Such as `omni-moderation`. */
  readonly model: string;
  /** The id of who is asked; whoever offers the model unless given. */
  readonly provider?: string;
  /** The least score, from 0 to 1, by which a category refuses a text; what the service has flagged unless given. */
  readonly scores?: Readonly<Record<string, number>>;
  /** Which side is checked; both unless given. */
  readonly only?: 'input' | 'output';
}

/** The options of `withGuard`. */
export interface GuardOptions {
  /** What errors call it. */
  readonly name?: string;
  readonly input?: GuardCheck;
  readonly output?: GuardCheck;
  readonly moderation?: GuardModeration;
  /** After how many characters an answer is checked again while it streams; 500. */
  readonly every?: number;
  /** Whether nothing of an answer is handed on before it has been checked; false. */
  readonly buffer?: boolean;
  /** What becomes of a text whose check failed: `refuse`, unless `pass` is given. */
  readonly onError?: 'refuse' | 'pass';
}

/** The same, checked. */
export interface GuardRules extends GuardOptions {
  readonly name: string;
  readonly every: number;
}

const EVERY = 500;
const FIELDS: Readonly<
  Record<keyof GuardOptions, readonly [fits: (value: unknown) => boolean, expected: string]>
> = {
  name: [(value) => typeof value === 'string' && value !== '', 'a name'],
  input: [(value) => typeof value === 'function', 'a function that takes a text'],
  output: [(value) => typeof value === 'function', 'a function that takes a text'],
  moderation: [isModeration, 'an object with a model, such as { model: "omni-moderation" }'],
  every: [(value) => Number.isInteger(value) && Number(value) > 0, 'a whole number of characters above 0'],
  buffer: [(value) => typeof value === 'boolean', 'true or false'],
  onError: [(value) => value === 'refuse' || value === 'pass', '"refuse" or "pass"'],
};
const MODERATION_FIELDS: readonly string[] = ['model', 'provider', 'scores', 'only'];

/**
 * Refuses what is asked before it is sent, and what is answered while it comes: by functions of the program, or by the client's own
 * moderations. An answer is checked every so many characters, together with as many before them, and at its end. A call that is
 * refused throws G4FError `content-filter`, which says what refused it. A check that fails refuses the text, unless `onError` is `pass`.
 * Calls of moderations themselves pass.
 *
 * @throws G4FError `invalid-request` for options that there are not.
 */
export const withGuard = (options: GuardOptions): Middleware => {
  const rules = reading(options, () => checkOptions(options));
  let loaded: Promise<AnyHandler> | undefined;
  const middleware: Middleware = async (call, next) => {
    loaded ??= import('./guarded-call.ts').then(({ createGuard }) => createGuard(rules));
    return (await loaded)(call, next);
  };
  withNamedIds(middleware, 'withGuard moderation', [rules.moderation?.provider ?? []].flat());
  return withPlainForm(middleware, 'withGuard', options);
};

function checkOptions(options: unknown): GuardRules {
  if (!isFields(options))
    throw wrong(
      'withGuard',
      'given an object, such as { moderation: { model: "omni-moderation" } }',
      options,
    );
  const known: Readonly<Record<string, (typeof FIELDS)[keyof GuardOptions]>> = FIELDS;
  for (const [name, value] of Object.entries(options)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined) throw noField('withGuard', name, Object.keys(FIELDS));
    if (value !== undefined && !field[0](value)) throw wrong(`withGuard ${name}`, field[1], value);
  }
  const given: GuardOptions = options;
  if (given.input === undefined && given.output === undefined && given.moderation === undefined)
    throw wrong('withGuard', 'given input, output or moderation', options);
  return { ...given, name: given.name ?? 'withGuard', every: given.every ?? EVERY };
}

function isModeration(value: unknown): boolean {
  if (!isFields(value) || Object.keys(value).some((name) => !MODERATION_FIELDS.includes(name))) return false;
  const { model, provider, scores, only }: Fields = value;
  return (
    typeof model === 'string' &&
    (provider === undefined || typeof provider === 'string') &&
    (only === undefined || only === 'input' || only === 'output') &&
    (scores === undefined ||
      (isFields(scores) &&
        Object.values(scores).every((score) => typeof score === 'number' && score >= 0 && score <= 1)))
  );
}
