// The JSON Schema of the configuration, for editors.
import * as z from 'zod';
import { asObject, type Json } from '../json/json.ts';
import { configSchema } from './config-schema.ts';

/** As Draft 7, which editors' YAML servers read. */
export const configJsonSchema = (): Json => ({
  ...withVariables(z.toJSONSchema(configSchema, { target: 'draft-7', io: 'output' })),
  title: 'g4f.config',
});

const VARIABLE = { type: 'string', pattern: '\\$\\{[A-Za-z_][A-Za-z0-9_]*(?::-[^}]*)?\\}' };

/** A variable may stand in the place of any number. */
function withVariables(value: unknown): Json {
  const object = asObject(value) ?? {};
  const fields = Object.fromEntries(Object.entries(object).map(([name, field]) => [name, nested(field)]));
  const { description, ...others } = fields;
  if (fields.type !== 'integer' && fields.type !== 'number') return fields;
  return { ...(description !== undefined && { description }), anyOf: [others, VARIABLE] };
}

function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested);
  return asObject(value) === undefined ? value : withVariables(value);
}
