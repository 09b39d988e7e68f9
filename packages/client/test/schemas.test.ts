// Schemas of libraries become JSON Schema in every place of one, with every client, or are refused in a line; never sent as internals.

import { openaiCompatible } from '@g4f/providers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as mini from 'zod/mini';
import { z as z3 } from 'zod/v3';
import { AsyncClient } from '../src/async-client.ts';
import { AsyncClient as MiniClient } from '../src/mini.ts';
import { plainParams } from '../src/sync/call-data.ts';
import { failureOf } from './fake-provider.ts';
import { type FakeService, startService } from './fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const untyped = (params: unknown): never => params as never;
const hello = { model: 'm', messages: 'hi' };
const City = z.object({ city: z.string(), people: z.number().optional() });
const JSON_SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' }, people: { type: 'number' } },
  required: ['city'],
};

/** ArkType's schemas are functions, and write JSON Schema by a method of their own. */
const arkLike = Object.assign(() => undefined, {
  '~standard': { version: 1, vendor: 'arktype', validate: () => ({ value: 1 }) },
  toJsonSchema: () => ({ $schema: 'x', type: 'string' }),
});
/** A library that follows the standard's extension. */
const standard = {
  '~standard': {
    version: 1,
    vendor: 'mine',
    validate: () => ({ value: 1 }),
    jsonSchema: { input: (options: object) => ({ type: 'string', ...options }), output: () => ({}) },
  },
};

const bodyOf = {
  async AsyncClient(params: object) {
    await new AsyncClient({ baseURL: service.url, env: {} }).chat.completions.create(
      untyped({ ...hello, ...params }),
    );
    return service.requests.at(-1)?.body;
  },
  async 'the small client'(params: object) {
    const provider = openaiCompatible({ baseURL: service.url });
    await new MiniClient({ provider, env: {} }).chat.completions.create(untyped({ ...hello, ...params }));
    return service.requests.at(-1)?.body;
  },
  /** What crosses to the worker, which does the rest as AsyncClient does: this thread must not block its own service. */
  async Client(params: object) {
    const crossing = structuredClone(plainParams(untyped({ ...hello, ...params })));
    return await bodyOf.AsyncClient(crossing ?? {});
  },
};

describe.each(Object.entries(bodyOf))('%s', (_, bodyOf) => {
  it.each<[string, object, object]>([
    [
      'response_format',
      { response_format: City },
      { response_format: { type: 'json_schema', json_schema: { name: 'response', schema: JSON_SCHEMA } } },
    ],
    [
      'json_schema.schema',
      {
        response_format: { type: 'json_schema', json_schema: { name: 'city', strict: false, schema: City } },
      },
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'city', strict: false, schema: JSON_SCHEMA },
        },
      },
    ],
    [
      'json_schema itself',
      { response_format: { type: 'json_schema', json_schema: City } },
      { response_format: { type: 'json_schema', json_schema: { name: 'response', schema: JSON_SCHEMA } } },
    ],
    [
      'parameters of a tool',
      { tools: [{ type: 'function', function: { name: 'f', parameters: City } }] },
      { tools: [{ type: 'function', function: { name: 'f', parameters: JSON_SCHEMA } }] },
    ],
    [
      'parameters of a flat tool',
      { tools: [{ type: 'function', name: 'f', parameters: City }] },
      { tools: [{ type: 'function', function: { name: 'f', parameters: JSON_SCHEMA } }] },
    ],
    [
      'parameters of an old function',
      { functions: [{ name: 'f', parameters: City }] },
      { tools: [{ type: 'function', function: { name: 'f', parameters: JSON_SCHEMA } }] },
    ],
    [
      'a library with the extension of the standard',
      { response_format: standard },
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'response', schema: { type: 'string', target: 'draft-2020-12' } },
        },
      },
    ],
    [
      'a schema that is a function',
      { response_format: arkLike },
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'response', schema: { type: 'string' } },
        },
      },
    ],
    [
      'what is read before a transform',
      { response_format: z.string().transform(Number) },
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'response', schema: { type: 'string' } },
        },
      },
    ],
  ])('converts %s', async (_name, given, sent) => {
    const body: Readonly<Record<string, unknown>> = { ...(await bodyOf(given)) };
    for (const [name, value] of Object.entries(sent)) expect(body[name]).toEqual(value);
    expect(JSON.stringify(body)).not.toMatch(/~standard|"def"|_zod|_def/);
  });

  it.each<[object, string]>([
    [
      { response_format: z3.object({ a: z3.string() }) },
      'response_format: a schema of Zod 3 cannot say its JSON Schema by itself: use Zod 4, or zod-to-json-schema.',
    ],
    [
      { tools: [{ type: 'function', function: { name: 'f', parameters: mini.object({}) } }] },
      'tools[0].function.parameters: a schema of zod cannot say its JSON Schema by itself: give z.toJSONSchema(schema).',
    ],
    [
      { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: z.date() } } },
      'response_format.json_schema.schema: this schema has no JSON Schema: Date cannot be represented in JSON Schema.',
    ],
    [
      { response_format: { '~standard': { version: 1, vendor: 'valibot', validate: () => ({}) } } },
      'response_format: a schema of valibot cannot say its JSON Schema by itself: use the converter of valibot.',
    ],
  ])('refuses what cannot be converted, %#', async (given, message) => {
    const before = service.requests.length;
    expect(await failureOf(() => bodyOf(given))).toMatchObject({ code: 'invalid-request', message });
    expect(service.requests).toHaveLength(before);
  });
});
