// All texts in a request or a part of an answer, and which of them are pieces of a text that grows from part to part.
import { type Fields, isFields, isPlainObject } from '../options/plain-value.ts';

/** A text, and where it stands. */
export interface FoundText {
  readonly text: string;
  readonly holder: object;
  /** Its place in the holder. */
  readonly key: string;
  /** The field in which it stands, or its list. */
  readonly field: string;
  /** The fields in which the holder stands, the outermost first. */
  readonly above: readonly string[];
  /** Which text it continues; undefined if it is whole. */
  readonly continues: string | undefined;
}

/** Of which there is one, however often it is said. */
const NAMES: ReadonlySet<string> = new Set(['id', 'type', 'role', 'name', 'format']);

/** In their order. */
export const textsIn = (value: unknown): Generator<FoundText> => walk(value, []);

/** @param growing the name of what its texts are pieces of, where they are such whatever their field */
function* walk(value: unknown, above: readonly string[], growing?: string): Generator<FoundText> {
  const isList = Array.isArray(value);
  if (!isList && !isPlainObject(value)) return;
  const piece = isList || growing !== undefined ? undefined : pieceOf(value);
  for (const [key, held] of Object.entries(value)) {
    const field = isList ? (above.at(-1) ?? '') : key;
    const path = growing === undefined ? undefined : `${growing} ${isList ? indexOf(held) : key}`;
    if (typeof held === 'string') {
      const continues = piece?.field === key ? piece.name : NAMES.has(field) ? undefined : path;
      yield { text: held, holder: value, key, field, above: isList ? above.slice(0, -1) : above, continues };
    } else if (!isList && key === 'extra' && isFields(held)) {
      // What `fold` adds up, and what it replaces.
      for (const [name, fields] of Object.entries(held))
        yield* walk(
          fields,
          [...above, key, name],
          name === 'chunk' ? undefined : `${name} ${value.choice ?? 0}`,
        );
    } else yield* walk(held, isList ? above : [...above, key], path);
  }
}

/** Items of a list continue those before them that have their index. */
const indexOf = (item: unknown): string => (isFields(item) ? String(item.index ?? '') : '');

/** Which text an event or a choice continues. */
function pieceOf(value: Fields): { readonly name: string; readonly field: string } | undefined {
  const { type, choice = 0, key, text, delta, index } = value;
  if ((type === 'text-delta' || type === 'reasoning-delta') && typeof text === 'string')
    return { name: `${type} ${choice}`, field: 'text' };
  if (type === 'tool-call-delta' && typeof value.arguments === 'string')
    return { name: `${choice} ${key}`, field: 'arguments' };
  if (typeof delta === 'string')
    return { name: `${type} ${value.item_id} ${value.content_index ?? value.summary_index}`, field: 'delta' };
  if (type === undefined && typeof index === 'number' && typeof text === 'string')
    return { name: `choice ${index}`, field: 'text' };
  return undefined;
}
