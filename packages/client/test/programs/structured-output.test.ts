// `chat.completions.parse`: what the caller gets is what the schema made of the answer, or an error that names the place; with both clients.
import type { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ParsedCompletion } from '../../src/surface/programs.ts';
import { failureOf } from '../fake-provider.ts';
import { asked, asyncClient, CLIENTS, call, client } from './both-clients.ts';

const Cart = z.object({
  items: z.array(z.object({ name: z.string(), price: z.number() })),
  note: z.string().nullable(),
});
const CART = { items: [{ name: 'a', price: 1 }], note: null };
const good = { content: JSON.stringify(CART) };
const usage = (tokens: number) => ({ prompt_tokens: tokens, completion_tokens: 1, total_tokens: tokens + 1 });

/** What OpenAI's `zodResponseFormat` makes: https://github.com/openai/openai-node/blob/master/src/lib/parser.ts */
const parseable = (schema: z.ZodType) =>
  Object.defineProperties(
    { type: 'json_schema', json_schema: { name: 'cart', strict: true, schema: z.toJSONSchema(schema) } },
    {
      $brand: { value: 'auto-parseable-response-format', enumerable: false },
      $parseRaw: { value: (text: string) => schema.parse(JSON.parse(text)), enumerable: false },
    },
  );

const frame = (json_schema: object) => ({ type: 'json_schema', json_schema });

describe.each(CLIENTS)('%s', (name, { parse }) => {
  const parsedBy = (params: object) => call<ParsedCompletion<unknown>>(parse, params);
  const failed = (params: object): Promise<G4FError> => failureOf(() => parsedBy(params));

  it.each<[string, unknown]>([
    ['a schema', Cart],
    ['a schema in the frame', frame({ name: 'cart', schema: Cart })],
    ['a schema for json_schema', frame(Cart)],
    ['what zodResponseFormat makes', parseable(Cart)],
    ['a JSON Schema', frame({ name: 'cart', schema: z.toJSONSchema(Cart) })],
    ['any JSON', { type: 'json_object' }],
  ])('reads the answer by %s', async (_, response_format) => {
    const answer = await parsedBy({ ...asked(good), response_format });
    expect(answer.choices[0]?.message).toMatchObject({ ...good, parsed: CART });
    expect(answer._request_id).toBeNull();
  });

  it('gives what the schema makes of the answer', async () => {
    const response_format = z.object({ n: z.string().transform(Number), with: z.string().default('x') });
    const answer = await parsedBy({ ...asked({ content: '{"n":"12"}' }), response_format });
    expect(answer.choices[0]?.message.parsed).toEqual({ n: 12, with: 'x' });
  });

  it.each<[string, unknown, unknown]>([
    ['strictly', Cart, { name: 'response', strict: true, schema: { additionalProperties: false } }],
    [
      'as it is, if it has no strict form',
      z.object({ a: z.string().optional() }),
      { name: 'response', schema: {} },
    ],
    ['as the caller says', frame({ name: 'n', strict: false, schema: Cart }), { name: 'n', strict: false }],
  ])('asks %s', async (_, response_format, sent) => {
    // The provider says the request; a schema of anything lets it through.
    const any = {
      '~standard': { ...Object(response_format)['~standard'], validate: (value: unknown) => ({ value }) },
    };
    const given = '~standard' in Object(response_format) ? any : { ...Object(response_format) };
    const answer = await parsedBy({ ...asked({ echo: true }), response_format: given }).catch(
      (error) => error,
    );
    const text = answer.answerText ?? answer.choices[0].message.content;
    const format = JSON.parse(text).response_format;
    expect(format).toMatchObject({ type: 'json_schema', json_schema: sent });
    expect('strict' in format.json_schema).toBe(Object.hasOwn(Object(sent), 'strict'));
  });

  it.each<[string, string, string]>([
    [
      'no JSON',
      'Sure! {"items"',
      'scripted: the answer does not fit response_format: answer: it is not JSON.',
    ],
    ['nothing', '', 'scripted: the answer does not fit response_format: answer: it is not JSON.'],
    [
      'a wrong field',
      '{"items":[{"name":"a","price":1},{"name":"b","price":"12,50"}],"note":null}',
      'scripted: the answer does not fit response_format: answer.items[1].price: Invalid input: expected number, received string.',
    ],
    [
      'many wrong fields',
      '{"items":[{},{},{}]}',
      'scripted: the answer does not fit response_format: answer.items[0].name: Invalid input: expected string, received undefined; answer.items[0].price: Invalid input: expected number, received undefined; answer.items[1].name: Invalid input: expected string, received undefined; and 4 more.',
    ],
  ])('tells of %s by its path, with the text beside the message', async (_, content, message) => {
    const error = await failed({ ...asked({ content }), response_format: Cart });
    expect(error).toMatchObject({ code: 'bad-response', provider: 'scripted', model: 'own-model', message });
    expect(error.answerText).toBe(content);
    expect(JSON.stringify(error)).not.toContain('12,50');
  });

  it('shows no value of the answer in libraries that do', async () => {
    const issues = [
      { message: 'Invalid type: Expected number but received "secret"', path: [{ key: 'a b' }, { key: 0 }] },
    ];
    const response_format = {
      '~standard': {
        version: 1,
        vendor: 'x',
        validate: () => ({ issues }),
        jsonSchema: { input: () => ({ type: 'object' }) },
      },
    };
    expect((await failed({ ...asked(good), response_format })).message).toBe(
      'scripted: the answer does not fit response_format: answer["a b"][0]: Invalid type: Expected number.',
    );
  });

  it('gives null for a refusal, and for an answer that calls tools', async () => {
    const refused = await parsedBy({ ...asked({ refusal: 'No.' }), response_format: Cart });
    expect(refused.choices[0]?.message).toMatchObject({ parsed: null, refusal: 'No.' });
    const called = await parsedBy({ ...asked({ calls: [['1', 'f', '{}']] }), response_format: Cart });
    expect(called.choices[0]?.message).toMatchObject({ parsed: null, tool_calls: [{ id: '1' }] });
  });

  it.each([
    [
      'length',
      { code: 'bad-response', retryable: false },
      /cut at its limit of tokens \(finish_reason "length"\)/,
    ],
    ['content_filter', { code: 'content-filter' }, /finish_reason "content_filter"/],
  ])('parses nothing that ended by %s, though it be JSON', async (finish, fields, message) => {
    const error = await failed({ ...asked({ ...good, finish }), response_format: Cart });
    expect(error).toMatchObject(fields);
    expect(error.message).toMatch(message);
    expect(error.answerText).toBe(good.content);
  });

  it.each<[object, string]>([
    [{}, 'response_format: parse needs a schema'],
    [{ response_format: { type: 'text' } }, 'response_format: parse needs a schema'],
    [{ response_format: z.date() }, 'response_format: this schema has no JSON Schema'],
    [{ response_format: Cart, emulat: true }, 'parse: there is no parameter "emulat". Did you mean emulate?'],
    [
      { response_format: Cart, messages: [] },
      'messages: a string or a list of at least one message was expected',
    ],
    [{ response_format: Cart, emulate: true, messages: 5 }, 'messages: a string or a list'],
  ])('refuses %#', async (params, message) => {
    const error = await failed({ ...asked(good), ...params });
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(error.message).toContain(message);
  });

  it('throws unchanged what a schema throws', async () => {
    const mine = new RangeError('mine');
    const response_format = {
      '~standard': {
        ...Cart['~standard'],
        validate: () => {
          throw mine;
        },
      },
    };
    await expect(parsedBy({ ...asked({ content: '{"a":"x"}' }), response_format })).rejects.toBe(mine);
  });

  describe('by words', () => {
    const emulate = { response_format: Cart, emulate: true };

    it('sends no format, but the schema in a message', async () => {
      const given = { ...asked({ echo: true }), response_format: { type: 'json_object' }, emulate: true };
      const { parsed } = (await parsedBy(given)).choices[0]?.message ?? {};
      expect(parsed).toMatchObject({ messages: [{ role: 'system' }, { role: 'user', content: 'hello' }] });
      expect(parsed).not.toHaveProperty('response_format');
      const { answerText } = await failed({ ...asked({ echo: true }), ...emulate });
      expect(JSON.parse(answerText ?? '').messages[0].content).toContain('"price":{"type":"number"}');
    });

    it('reads what stands in a code fence', async () => {
      const content = `Here it is:\n\`\`\`json\n${good.content}\n\`\`\`\nBye.`;
      expect((await parsedBy({ ...asked({ content }), ...emulate })).choices[0]?.message.parsed).toEqual(
        CART,
      );
      const inside = { items: [{ name: '```js\nx\n```', price: 1 }], note: null };
      const whole = await parsedBy({ ...asked({ content: JSON.stringify(inside) }), ...emulate });
      expect(whole.choices[0]?.message.parsed).toEqual(inside);
    });

    it('asks once more, openly, and counts both', async () => {
      const script = [
        { content: '{"items":[]}', usage: usage(1) },
        { ...good, usage: usage(10) },
      ];
      const answer = await parsedBy({ ...asked(...script), ...emulate });
      expect(answer.choices[0]?.message.parsed).toEqual(CART);
      expect(answer.usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 2, total_tokens: 13 });
      expect(answer.warnings?.join()).toMatch(
        /did not fit response_format \(answer\.note: .*\): asked once more/,
      );
      const last = await failed({ ...asked({ content: 'no' }, { echo: true }), ...emulate });
      expect(JSON.parse(last.answerText ?? '').messages.at(-1).content).toContain('answer: it is not JSON');
    });

    it('asks no third time', async () => {
      const error = await failed({ ...asked({ content: 'no' }, { content: 'still no' }, good), ...emulate });
      expect(error).toMatchObject({ code: 'bad-response', answerText: 'still no' });
    });
  });

  it('streams the chunks of the answer, each with what is known by now', async () => {
    const pieces = ['{"items":[{"na', 'me":"a","pr', 'ice":1}],"no', 'te":null}'];
    const stream = Reflect.apply(parse, undefined, [
      { ...asked({ pieces }), response_format: Cart, stream: true },
    ]);
    const known: unknown[] = [];
    for await (const { parsed } of stream) known.push(structuredClone(parsed));
    expect(known.slice(1, 5)).toEqual([
      { items: [{}] },
      { items: [{ name: 'a' }] },
      { items: [{ name: 'a', price: 1 }] },
      CART,
    ]);
    expect((await stream.result()).choices[0].message.parsed).toEqual(CART);
  });

  it('tells at the end of a stream what did not fit', async () => {
    const params = { ...asked({ content: '{"items":1}' }), response_format: Cart, stream: true };
    const stream = Reflect.apply(parse, undefined, [params]);
    const error = await failureOf(async () => {
      for await (const _ of stream);
    });
    expect(error.message).toContain('answer.items: ');
    expect(await failureOf(async () => await stream.result())).toBe(error);
  });

  it(`is a method of ${name} that can be taken out of it`, async () => {
    const { parse: own } = { parse };
    expect(
      (await call<ParsedCompletion<unknown>>(own, { ...asked(good), response_format: Cart })).choices,
    ).toHaveLength(1);
  });
});

const slow = z.string().refine(async () => true);

it('waits in AsyncClient for a schema that answers by promise, and says in Client that it cannot', async () => {
  const params = { ...asked({ content: '"x"' }), response_format: slow };
  const answer = await asyncClient.chat.completions.parse(params);
  expect(answer.choices[0]?.message.parsed).toBe('x');
  expect(await failureOf(() => client.chat.completions.parse(params))).toMatchObject({
    code: 'invalid-request',
    message:
      'Client: the schema of response_format returned a promise, for which a blocked thread cannot wait: give a plain function, or use AsyncClient.',
  });
});

it('is typed by the schema', () => {
  const { message } =
    client.chat.completions.parse({ ...asked(good), response_format: Cart }).choices[0] ?? {};
  const price: number | undefined = message?.parsed?.items[0]?.price;
  expect(price).toBe(1);
  // @ts-expect-error a number is no text
  const name: string | undefined = message?.parsed?.items[0]?.price;
  expect(name).toBe(1);
});
