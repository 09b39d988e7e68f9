// A value that fits a JSON Schema, as a model would write it; for the schemas of examples, which have few keywords.

/** Texts are words, lists have one item. */
export const exampleOf = (schema: unknown): unknown => {
  const { type, properties, items } = Object(schema);
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(Object(properties)).map(([name, field]) => [name, exampleOf(field)]),
    );
  if (type === 'array') return [exampleOf(items)];
  if (type === 'number' || type === 'integer') return 1;
  if (type === 'boolean') return true;
  return 'word';
};
