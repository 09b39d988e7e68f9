// Objects of a schema: the properties in their order, each optional one there or not.
import { COLON, COMMA, literalJSON } from './gbnf.ts';
import { isKeywords, type Keywords, notASchema, type Place } from './schema.ts';

/** What the rules of an object need of those of all else. */
export interface RuleWriter {
  /** The expression for a schema. */
  value(place: Place): string;
  /** Gives an expression a name, and returns it. */
  name(expression: string): string;
}

interface Property {
  readonly pair: string;
  readonly required: boolean;
}

/**
 * Properties come in the schema's order, and none is added to them: what `additionalProperties` allows, it does not demand.
 * Only where none is named is it what the object is made of.
 */
export const objectRule = (place: Place, schema: Keywords, writer: RuleWriter): string => {
  const properties = propertiesOf(place, schema, writer);
  if (properties.length > 0) return `"{" ${afterNone(properties, writer)} "}"`;
  const { additionalProperties: more } = schema;
  if (more === undefined || more === true) return 'object';
  if (more === false) return '"{}"';
  const pair = `string ${COLON} ${writer.value({ schema: more, path: `${place.path}.additionalProperties` })}`;
  return `"{" (${pair} (${COMMA} ${pair})*)? "}"`;
};

function propertiesOf({ path }: Place, schema: Keywords, writer: RuleWriter): readonly Property[] {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  if (!isKeywords(properties)) throw notASchema(`${path}.properties`, 'must be an object');
  if (!Array.isArray(required) || required.some((name) => typeof name !== 'string'))
    throw notASchema(`${path}.required`, 'must be a list of names');
  const wanted: ReadonlySet<unknown> = new Set(required);
  const unnamed: readonly string[] = required.filter((name) => !Object.hasOwn(properties, name));
  const all = [
    ...Object.entries(properties).map(([name, inner]) => ({ name, inner, at: `${path}.properties.${name}` })),
    ...unnamed.map((name) => ({ name, inner: additionalProperties, at: `${path}.required "${name}"` })),
  ];
  return all
    .filter(({ name, inner }) => inner !== false || wanted.has(name))
    .map(({ name, inner, at }) => ({
      pair: `${literalJSON(name)} ${COLON} ${writer.value({ schema: inner, path: at })}`,
      required: wanted.has(name),
    }));
}

/** These properties where none has been written yet. Each rest has a name, or it would be written twice each time. */
function afterNone(properties: readonly Property[], writer: RuleWriter): string {
  const [first, ...rest] = properties;
  if (first === undefined) return '""';
  const withFirst = `${first.pair} ${afterSome(rest)}`;
  return first.required ? withFirst : `(${writer.name(withFirst)} | ${afterNone(rest, writer)})`;
}

/** These properties where at least one has been written. */
const afterSome = (properties: readonly Property[]): string =>
  properties.map(({ pair, required }) => (required ? `${COMMA} ${pair}` : `(${COMMA} ${pair})?`)).join(' ');
