// Looks a word of other people up in a table.

/** What the table has under this name; nothing for `constructor` and what else every object answers to. */
export const ownValue = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
