// `--schema`: an answer that does not fit it is a failure, which tells where.
import { expect, it } from 'vitest';
import { issueOf } from '../src/asking/schema-check.ts';
import { startScripted } from './scripted-service.ts';
import { type Home, run } from './typed.ts';
import { withService } from './with-service.ts';

let said = '';
let home: Home;
withService(
  () =>
    startScripted((asked) => {
      asked.say(said);
      asked.end();
    }),
  (made) => {
    ({ home } = made);
  },
);

it('an answer that does not fit is a failure with its path: 1', async () => {
  const args = ['-q', '-m', 'openai:gpt-5.4', '--schema', 'name, age int', 'invent a person'];
  said = '{"name":"Ada","age":"old"}';
  expect(await run(args, home.env)).toMatchObject({
    ...{
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/answer\.age: Instance type .* Expected .integer/),
    },
  });
  said = '{"name":"Ada","age":36}';
  expect(await run(args, home.env)).toMatchObject({ code: 0, stderr: '' });
});

const TREE = {
  $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: ['value'] } },
  $ref: '#/$defs/node',
};

it.each([
  [{ type: 'object', required: ['a'] }, {}, [], /property "a"/],
  [{ items: { type: 'integer', minimum: 1 } }, [1, 0], [1], /less than 1/],
  [TREE, { value: 1, next: { value: 2, next: {} } }, ['next', 'next'], /"value"/],
  [{ properties: { 'a/b': { type: 'string' } } }, { 'a/b': 1 }, ['a/b'], /string/],
  [{ pattern: '(' }, 'a', [], /the schema cannot be followed: .*regular expression/],
  [{ $ref: 'https://example.com/other' }, 1, [], /the schema cannot be followed: Unresolved/],
])('%j is not fitted by %j, and it is said where', (schema, value, path, message) =>
  expect(issueOf(schema, value)).toEqual({ path, message: expect.stringMatching(message) }),
);

it('what fits is not refused, in whatever order its fields stand', () => {
  expect(issueOf({ enum: [{ a: 1, b: 2 }] }, { b: 2, a: 1 })).toBeUndefined();
  expect(issueOf({ properties: { a: { type: ['string', 'null'] } } }, { a: null, b: 1 })).toBeUndefined();
});
