// `responses.parse`: what the caller gets is what the schemas made of the output, or an error that names the place; with both clients.
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import type { ParsedResponse } from '../../src/surface/responses.ts';
import { failureOf } from '../fake-provider.ts';
import {
  asked as askedChat,
  asyncClient,
  call,
  client,
  RESPONDING,
  type ScriptStep,
} from './both-clients.ts';

const Cart = z.object({ items: z.array(z.object({ name: z.string(), price: z.number() })) });
const CART = { items: [{ name: 'a', price: 1 }] };
const good: ScriptStep = { content: JSON.stringify(CART) };
const Place = z.object({ city: z.string() });

const asked = (...script: readonly ScriptStep[]) => {
  const { messages: input, ...others } = askedChat(...script);
  return { ...others, input };
};

/** What the helpers of OpenAI's library make: https://github.com/openai/openai-node/blob/master/src/helpers/zod.ts */
const parseable = (given: object, schema: z.ZodType): object =>
  Object.defineProperties(
    { ...given },
    { $parseRaw: { value: (text: string) => schema.parse(JSON.parse(text)), enumerable: false } },
  );
const textFormat = (schema: z.ZodType) =>
  parseable({ type: 'json_schema', name: 'cart', strict: true, schema: z.toJSONSchema(schema) }, schema);

const weather = (args: string) => asked({ calls: [['call-1', 'weather', args]] });
const tool = (more: object) => ({ type: 'function', name: 'weather', ...more });

describe.each(RESPONDING)('%s', (_, { parse }) => {
  const parsedBy = (params: object) => call<ParsedResponse<unknown>>(parse, params);
  const failed = (params: object) => failureOf(() => parsedBy(params));

  it.each<[string, object]>([
    ['a schema', Cart],
    ['a schema in the frame', { type: 'json_schema', name: 'cart', schema: Cart }],
    ['what zodTextFormat makes', textFormat(Cart)],
    ['a JSON Schema', { type: 'json_schema', name: 'cart', schema: z.toJSONSchema(Cart) }],
    ['any JSON', { type: 'json_object' }],
  ])('reads the text by %s', async (_, format) => {
    const response = await parsedBy({ ...asked(good), text: { format } });
    expect(response).toMatchObject({ output_parsed: CART, output_text: good.content, provider: 'scripted' });
    expect(response.output[0]).toMatchObject({ type: 'message', content: [{ parsed: CART }] });
    expect(response._request_id).toBeNull();
  });

  it('gives what the schema makes of the text', async () => {
    const format = z.object({ n: z.string().transform(Number) });
    const { output_parsed } = await parsedBy({ ...asked({ content: '{"n":"12"}' }), text: { format } });
    expect(output_parsed).toEqual({ n: 12 });
  });

  it('asks for the form strictly, and leaves the rest of text as it is', async () => {
    const text = { format: { type: 'json_object' }, verbosity: 'low' };
    const echoed = await parsedBy({ ...asked({ echo: true }), text });
    expect(echoed.output_parsed).toMatchObject({
      verbosity: 'low',
      response_format: { type: 'json_object' },
    });
    const error = await failed({ ...asked({ echo: true }), text: { format: Cart } });
    expect(JSON.parse(error.answerText ?? '').response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'response', strict: true, schema: { additionalProperties: false } },
    });
  });

  it.each<[string, object, unknown]>([
    ['a schema', tool({ parameters: Place.transform(({ city }) => city) }), 'Bern'],
    ['what zodResponsesFunction makes', parseable(tool({ strict: true }), Place), { city: 'Bern' }],
    ['its being strict', tool({ strict: true, parameters: z.toJSONSchema(Place) }), { city: 'Bern' }],
    ['nothing', tool({ parameters: { type: 'object' } }), null],
  ])('reads the arguments of a function by %s', async (_, one, parsed_arguments) => {
    const response = await parsedBy({ ...weather('{"city":"Bern"}'), text: { format: Cart }, tools: [one] });
    expect(response.output_parsed).toBeNull();
    expect(response.output.at(-1)).toMatchObject({
      type: 'function_call',
      name: 'weather',
      arguments: '{"city":"Bern"}',
      parsed_arguments,
    });
  });

  it.each<[string, string, string]>([
    [
      'no JSON',
      '{"city"',
      'scripted: the arguments of weather do not fit its schema: arguments: it is not JSON.',
    ],
    [
      'a wrong field',
      '{"city":5}',
      'scripted: the arguments of weather do not fit its schema: arguments.city: Invalid input: expected string, received number.',
    ],
  ])('tells of arguments with %s', async (_, args, message) => {
    const error = await failed({ ...weather(args), tools: [tool({ parameters: Place })] });
    expect(error).toMatchObject({ code: 'bad-response', provider: 'scripted', message, answerText: args });
  });

  it('tells of a text that does not fit by its path, with the text beside the message', async () => {
    const content = '{"items":[{"name":"a","price":"12,50"}]}';
    const error = await failed({ ...asked({ content }), text: { format: Cart } });
    expect(error).toMatchObject({
      code: 'bad-response',
      message:
        'scripted: the answer does not fit text.format: answer.items[0].price: Invalid input: expected number, received string.',
      answerText: content,
    });
  });

  it('gives null for a refusal, and where no form was asked for', async () => {
    const refused = await parsedBy({ ...asked({ refusal: 'No.' }), text: { format: Cart } });
    expect(refused).toMatchObject({ output_parsed: null });
    expect(JSON.stringify(refused.output)).toContain('"refusal":"No."');
    const plain = await parsedBy(asked({ content: 'words' }));
    expect(plain).toMatchObject({ output_parsed: null, output_text: 'words' });
  });

  it('parses no half of a response', async () => {
    const cut = await failed({ ...asked({ ...good, finish: 'length' }), text: { format: Cart } });
    expect(cut).toMatchObject({ code: 'bad-response', scope: 'request', answerText: good.content });
    expect(cut.message).toContain('Raise max_output_tokens.');
    const filtered = await failed({
      ...asked({ ...good, finish: 'content_filter' }),
      text: { format: Cart },
    });
    expect(filtered).toMatchObject({ code: 'content-filter' });
  });

  it.each<[string, object, string]>([
    ['a chat has it', { response_format: Cart }, 'response_format is a parameter of chats'],
    ['only a chat has it', { emulate: true }, 'responses.parse has none'],
    ['it belongs deeper', { text: Cart }, '{ text: { format: schema } }'],
    ['it is no form', { text: { format: { type: 'grammar' } } }, 'text.format: parse needs a schema'],
  ])('says where the form belongs: %s', async (_, params, message) => {
    const error = await failed({ ...asked(good), ...params });
    expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(message) });
  });
});

describe('a response that is streamed', () => {
  const pieces = ['{"items":[{"na', 'me":"a","pri', 'ce":1}]}'];
  const params = () => ({ ...asked({ pieces }), text: { format: Cart }, stream: true }) as const;
  const growing = [{ items: [{}] }, { items: [{ name: 'a' }] }, CART];

  it('shows what can be read by now, and gives the checked response: AsyncClient', async () => {
    const stream = asyncClient.responses.parse(params());
    const seen: unknown[] = [];
    for await (const event of stream)
      if (event.parsed !== undefined) seen.push(structuredClone(event.parsed));
    expect(seen).toEqual(growing);
    const { output_parsed } = await stream.result();
    expectTypeOf(output_parsed).toEqualTypeOf<z.infer<typeof Cart> | null>();
    expect(output_parsed).toEqual(CART);
  });

  it('shows what can be read by now, and gives the checked response: Client', () => {
    const stream = client.responses.parse(params());
    const seen: unknown[] = [];
    for (const event of stream) if (event.parsed !== undefined) seen.push(structuredClone(event.parsed));
    expect(seen).toEqual(growing);
    expect(stream.result().output_parsed).toEqual(CART);
  });
});

it('knows the types of what it reads', () => {
  const read = () => client.responses.parse({ model: 'm', input: 'i', text: { format: Cart } }).output_parsed;
  const framed = { type: 'json_schema', name: 'cart', schema: Cart } as const;
  const inFrame = () =>
    client.responses.parse({ model: 'm', input: 'i', text: { format: framed } }).output_parsed;
  expectTypeOf(read).returns.toEqualTypeOf<z.infer<typeof Cart> | null>();
  expectTypeOf(inFrame).returns.toEqualTypeOf<z.infer<typeof Cart> | null>();
});
