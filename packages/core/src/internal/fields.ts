// Objects on the way of a call: copies that are read fast, and tables in which words of other people are looked up.

const NOTHING = {};

/**
 * `{ ...given, ...more }`, for objects that are made with every call or answer: V8 gives each object that a literal
 * begins with a spread a hidden class of its own, and all that reads it then looks its fields up anew. Not
 * `Object.assign`: a field `__proto__` of a caller's JSON would become the prototype there; here it stays a field.
 */
export const withFields = <Given extends object, More extends object>(
  given: Given,
  more: More,
): Given & More => ({ ...NOTHING, ...given, ...more });

/** What the table has under this name; nothing for `constructor` and what else every object answers to. */
export const ownValue = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
