// `--schema`: an answer that does not fit it is a failure, which tells where.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issuesOf } from '../src/asking/schema-check.ts';
import { type ScriptedService, startScripted } from './scripted-service.ts';
import { createHome, type Home, run } from './typed.ts';

let said = '';
let service: ScriptedService;
let home: Home;
beforeAll(async () => {
  service = await startScripted((asked) => {
    asked.say(said);
    asked.end();
  });
  home = await createHome({ OPENAI_API_KEY: 'sk-test-key', OPENAI_BASE_URL: service.url });
});
afterAll(async () => {
  await service.close();
  await home.remove();
});

it('an answer that does not fit is a failure with its path: 1', async () => {
  const args = ['-q', '-m', 'openai:gpt-5.4', '--schema', 'name, age int', 'invent a person'];
  said = '{"name":"Ada","age":"old"}';
  expect(await run(args, home.env)).toMatchObject({
    ...{ code: 1, stdout: '', stderr: expect.stringMatching(/answer\.age: it must be of the type integer/) },
  });
  said = '{"name":"Ada","age":36}';
  expect(await run(args, home.env)).toMatchObject({ code: 0, stderr: '' });
});

const TREE = {
  $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: ['value'] } },
  $ref: '#/$defs/node',
};

it.each([
  [{ type: 'object', required: ['a'] }, {}, [['a']]],
  [
    { properties: { a: { type: ['string', 'null'] } }, additionalProperties: false },
    { a: null, b: 1 },
    [['b']],
  ],
  [{ items: { type: 'integer', minimum: 1 } }, [1, 0, 1.5], [[1], [2]]],
  [{ enum: [{ a: 1, b: 2 }] }, { b: 2, a: 1 }, []],
  [{ const: 'x' }, 'y', [[]]],
  [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, true, [[]]],
  [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, 1, [[]]],
  [{ not: { type: 'string' } }, 'x', [[]]],
  [{ pattern: '^a', maxLength: 2 }, 'bcd', [[], []]],
  [{ uniqueItems: true, minItems: 3 }, [1, 1], [[], []]],
  [TREE, { value: 1, next: { value: 2, next: {} } }, [['next', 'next', 'value']]],
  [{ properties: { ['__proto__']: { type: 'string' } } }, {}, []],
  [{ $ref: '#' }, 1, []],
])('%j with %j', (schema, value, paths) =>
  expect(issuesOf(schema, value).map(({ path }) => path)).toEqual(paths),
);
