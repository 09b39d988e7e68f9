// A schema becomes a grammar that llama.cpp reads, and that lets through what fits the schema and nothing else.
import { describe, expect, it } from 'vitest';
import { schemaGrammar } from '../../../src/local/grammar/schema-grammar.ts';
import { matcher, missing } from './matching.ts';

interface Case {
  readonly name: string;
  readonly schema: unknown;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

const PET = {
  type: 'object',
  properties: { kind: { const: 'cat' }, lives: { type: 'integer', minimum: 0, maximum: 9 } },
  required: ['kind', 'lives'],
};
const DOG = { type: 'object', properties: { kind: { const: 'dog' } }, required: ['kind'] };

const CASES: readonly Case[] = [
  {
    name: 'an object: every required property, optional ones or not, in their order',
    schema: {
      type: 'object',
      properties: {
        a: { type: 'string' },
        b: { type: 'boolean' },
        c: { type: 'null' },
        d: { type: 'integer' },
      },
      required: ['b', 'd'],
      additionalProperties: false,
    },
    good: [
      { b: true, d: 1 },
      { a: 'x', b: false, c: null, d: -2 },
      { a: '', b: true, d: 0 },
    ],
    bad: [{}, { b: true }, { a: 'x', d: 1 }, { b: 1, d: 1 }, { b: true, d: 1, e: 2 }, [], 'x'],
  },
  {
    name: 'an object with nothing required',
    schema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' }, c: { type: 'integer' } },
    },
    good: [{}, { a: 1 }, { b: 1 }, { c: 1 }, { a: 1, c: 1 }, { b: 1, c: 2 }, { a: 1, b: 2, c: 3 }],
    bad: [{ a: 'x' }, { d: 1 }, []],
  },
  {
    name: 'any object, and a map',
    schema: {
      type: 'object',
      properties: {
        any: { type: 'object' },
        map: { type: 'object', additionalProperties: { type: 'integer' } },
      },
      required: ['any', 'map', 'more'],
    },
    good: [
      { any: { x: [{}] }, map: { a: 1, b: 2 }, more: [1] },
      { any: {}, map: {}, more: null },
    ],
    bad: [
      { any: {}, map: {} },
      { any: {}, map: { a: 'x' }, more: 1 },
    ],
  },
  {
    name: 'lists with their counts',
    schema: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 3 },
      minItems: 1,
      maxItems: 3,
    },
    good: [['a'], ['abc', 'é🎉x', '\n'], ['a', 'b', 'c']],
    bad: [[], [''], ['abcd'], ['a', 'b', 'c', 'd'], [1]],
  },
  {
    name: 'pairs, empty lists and lists of anything',
    schema: {
      type: 'array',
      prefixItems: [{ type: 'integer' }, { type: 'array', items: false }, { type: 'array' }],
    },
    good: [
      [1, [], []],
      [2, [], [1, 'x', { y: null }]],
    ],
    bad: [[1, [2], []], [1], ['1', [], []]],
  },
  {
    name: 'values, by const and enum, of their type only',
    schema: {
      anyOf: [{ const: 'a"\\\n' }, { enum: [1, null, { x: 1 }, 'é'] }, { enum: ['y', 2], type: 'string' }],
    },
    good: ['a"\\\n', 1, null, { x: 1 }, 'é', 'y'],
    bad: ['a', 2, 'z', {}, true],
  },
  {
    name: 'several types',
    schema: { type: ['integer', 'null', 'array'], items: { type: 'boolean' } },
    good: [1, null, [], [true, false]],
    bad: ['x', [1], 1.5],
  },
  {
    name: 'references, to itself as well',
    schema: {
      $ref: '#/$defs/tree~1node',
      $defs: {
        'tree/node': {
          type: 'object',
          properties: { kids: { type: 'array', items: { $ref: '#/%24defs/tree~1node' } } },
          required: ['kids'],
        },
      },
    },
    good: [{ kids: [] }, { kids: [{ kids: [] }, { kids: [{ kids: [] }] }] }],
    bad: [{}, { kids: [1] }, { kids: [{}] }],
  },
  {
    name: 'one of several that cannot both fit',
    schema: {
      oneOf: [PET, { $ref: '#/$defs/dog' }, { type: 'integer' }, { type: 'string' }],
      $defs: { dog: DOG },
    },
    good: [{ kind: 'cat', lives: 9 }, { kind: 'dog' }, 3, 'x'],
    bad: [{ kind: 'cat' }, { kind: 'cow' }, { kind: 'cat', lives: 10 }, 1.5],
  },
  {
    name: 'dates and ids',
    schema: {
      type: 'array',
      prefixItems: [
        { type: 'string', format: 'date' },
        { type: 'string', format: 'date-time' },
        { type: 'string', format: 'time' },
        { type: 'string', format: 'uuid' },
      ],
    },
    good: [['2026-11-30', '2024-02-28T23:59:59.5Z', '00:00:00Z', '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f']],
    bad: [
      ['2026-11-31', '2024-02-28T23:59:59Z', '00:00:00Z', '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f'],
      ['2026-02-29', 'x', 'x', 'x'],
    ],
  },
  {
    name: 'anything, with what says nothing of it',
    schema: {
      title: 'T',
      description: 'd',
      default: 1,
      examples: [1],
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      'x-mine': 1,
    },
    good: [1, 'x', null, [], {}, { a: [true, -1.5] }],
    bad: [],
  },
];

describe.skipIf(missing)('a schema as a grammar', () => {
  it.each(CASES)('$name', async ({ schema, good, bad }) => {
    const fits = await matcher(schemaGrammar(schema, 'schema'));
    const written = (value: unknown): string => JSON.stringify(value);
    expect(good.filter((value) => !fits(written(value)))).toEqual([]);
    expect(bad.filter((value) => fits(written(value)))).toEqual([]);
    // Cut off, or with more behind it, it is no answer.
    for (const value of good) {
      expect(fits(`${written(value)} x`)).toBe(false);
      if (typeof value === 'object' && value !== null) expect(fits(written(value).slice(0, -1))).toBe(false);
    }
  });

  it('takes a blank after a comma and a colon, and no other white space', async () => {
    const fits = await matcher(schemaGrammar({ type: 'object' }, 'schema'));
    expect(fits('{"a": 1, "b": [1, 2]}')).toBe(true);
    expect(fits('{ "a":1}')).toBe(false);
    expect(fits('{"a":  1}')).toBe(false);
    expect(fits('{"a":\n1}')).toBe(false);
  });

  it('lets no text through that a reader of JSON refuses', async () => {
    const fits = await matcher(schemaGrammar(true, 'schema'));
    for (const text of [
      '"\\x"',
      '"\u0001"',
      '"\\ud800"',
      '01',
      '1.',
      '.5',
      '+1',
      'NaN',
      '[1,]',
      '{a:1}',
      "'a'",
      '',
    ]) {
      expect([text, fits(text)]).toEqual([text, false]);
    }
  });
});

describe('what a grammar cannot hold', () => {
  it.each([
    [{ type: 'string', pattern: '^a' }, 'schema: .*"pattern"'],
    [{ type: 'string', format: 'email' }, 'schema: .*"format" \\("email"'],
    [{ type: 'string', format: 'date', minLength: 3 }, '"minLength"'],
    [{ type: 'string', maxLength: 100_000 }, '"maxLength" .*1000'],
    [{ type: 'string', minLength: 3, maxLength: 2 }, '"maxLength" .*below'],
    [{ type: 'array', uniqueItems: true }, '"uniqueItems"'],
    [{ type: 'array', items: [{ type: 'string' }] }, '"items" .*prefixItems'],
    [{ type: 'array', minItems: -1 }, '"minItems"'],
    [{ type: 'array', prefixItems: [true], minItems: 2 }, '"minItems"'],
    [{ type: 'object', patternProperties: {} }, '"patternProperties"'],
    [{ type: 'object', minProperties: 1 }, '"minProperties"'],
    [
      { properties: { a: { anyOf: [true, { not: {} }] } } },
      'schema\\.properties\\.a\\.anyOf\\[1\\]: .*"not"',
    ],
    [{ if: {}, type: 'object' }, '"if"'],
    [{ allOf: [{}, {}] }, '"allOf"'],
    [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, '"oneOf" .*"anyOf"'],
    [{ oneOf: [{ properties: { a: { const: 1 } } }, { properties: { a: { const: 2 } } }] }, '"oneOf"'],
    [{ anyOf: [true], properties: {} }, '"properties" .*beside "anyOf"'],
    [{ enum: ['a', 'bb'], minLength: 2 }, '"minLength" .*beside "enum"'],
    [{ $ref: '#/$defs/none' }, '"\\$ref" .*not a place'],
    [{ $ref: 'https://example.com/schema' }, '"\\$ref"'],
    [
      { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' },
      '"\\$ref" .*itself',
    ],
    [{ type: 'strin' }, 'schema\\.type is "strin"'],
    [{ type: ['string', 5] }, 'schema\\.type'],
    [{ enum: ['a'], type: 'integer' }, 'schema\\.enum has no value'],
    [{ type: 'object', properties: { a: false }, required: ['a'] }, 'schema\\.properties\\.a is false'],
    [{ type: 'object', required: 'a' }, 'schema\\.required'],
    ['x', 'schema is no JSON schema'],
    [null, 'schema is no JSON schema'],
  ])('%j', (schema, message) => {
    expect(() => schemaGrammar(schema, 'schema')).toThrow(
      expect.objectContaining({ code: 'invalid-request', message: expect.stringMatching(message) }),
    );
  });
});
