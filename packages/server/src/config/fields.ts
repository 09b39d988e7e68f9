// Kinds of fields of a configuration, each with what is said of another value.
import * as z from 'zod';

/** A whole number; what a variable of the environment gives is a text. */
export const count = (least: number, what: string, most = Number.MAX_SAFE_INTEGER) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
      z.number({ error: what }).int(what).min(least, what).max(most, what),
    )
    .exactOptional();

/** A text that is not empty. */
export const text = (what: string) => z.string({ error: what }).min(1, what);

/** A list of them. */
export const texts = (what: string) => z.array(text(what), { error: `must be a list: ${what}` });

/** True, false, or not set. */
export const flag = z.boolean({ error: 'must be true or false' }).exactOptional();

/** A time in ms, or not set. */
export const ms = (about: string) => count(0, 'must be a whole number of ms').describe(about);

/** Fields, and no others. */
export const section = <Shape extends z.core.$ZodLooseShape>(shape: Shape, about: string) =>
  z.strictObject(shape, { error: 'must be a section with fields' }).describe(about);
