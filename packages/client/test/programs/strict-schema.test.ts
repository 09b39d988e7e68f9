// The strict form of a schema: closed where it can be, without what services refuse, and none where it would mean something else.
import { expect, it } from 'vitest';
import * as z from 'zod';
import { strictSchema } from '../../src/programs/parse/strict-schema.ts';

const strictOf = (schema: z.ZodType): unknown => strictSchema(z.toJSONSchema(schema, { io: 'input' }));

it('closes every object, and leaves out what is said twice or refused', () => {
  const schema = z.object({
    city: z.string().min(2).max(80),
    people: z.int(),
    share: z.number().min(0).max(1),
    since: z.iso.datetime(),
    site: z.url(),
    kind: z.enum(['a', 'b']),
    parts: z.array(z.object({ name: z.string().nullable(), size: z.union([z.int(), z.boolean()]) })).min(1),
  });
  expect(strictOf(schema)).toEqual({
    type: 'object',
    properties: {
      city: { type: 'string' },
      people: { type: 'integer' },
      share: { type: 'number', minimum: 0, maximum: 1 },
      since: { type: 'string', format: 'date-time' },
      site: { type: 'string' },
      kind: { type: 'string', enum: ['a', 'b'] },
      parts: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: {
            name: { type: ['string', 'null'] },
            size: { anyOf: [{ type: 'integer' }, { type: 'boolean' }] },
          },
          required: ['name', 'size'],
          additionalProperties: false,
        },
      },
    },
    required: ['city', 'people', 'share', 'since', 'site', 'kind', 'parts'],
    additionalProperties: false,
  });
});

it('closes what is named once and used again, also by itself', () => {
  const Node = z.object({
    name: z.string(),
    get children() {
      return z.array(Node);
    },
  });
  expect(JSON.stringify(strictOf(Node))).toContain('"additionalProperties":false');
  const shared = strictSchema({
    type: 'object',
    properties: { a: { $ref: '#/$defs/A' } },
    required: ['a'],
    $defs: { A: { type: 'object', properties: {}, additionalProperties: false } },
  });
  expect(shared).toMatchObject({ $defs: { A: { additionalProperties: false } } });
});

it('keeps a field that is called as a keyword', () => {
  const made = strictOf(z.object({ default: z.string(), not: z.string(), minLength: z.int() }));
  expect(Object.keys(Object(made).properties)).toEqual(['default', 'not', 'minLength']);
});

it.each<[string, z.ZodType]>([
  ['a field that may be missing', z.object({ a: z.string().optional() })],
  ['one inside a list', z.object({ a: z.array(z.object({ b: z.string().default('x') })) })],
  ['fields of any name', z.object({ a: z.record(z.string(), z.int()) })],
  ['an object that stays open', z.looseObject({ a: z.string() })],
  ['a tuple', z.object({ a: z.tuple([z.string(), z.int()]) })],
  ['an answer that is no object', z.array(z.string())],
])('is none for %s', (_, schema) => {
  expect(strictOf(schema)).toBeUndefined();
});

it.each(['allOf', 'not', 'if', 'patternProperties', 'prefixItems'])('is none for %s', (name) => {
  const inside = { type: 'array', items: { [name]: {} } };
  expect(strictSchema({ type: 'object', properties: { a: inside }, required: ['a'] })).toBeUndefined();
});
