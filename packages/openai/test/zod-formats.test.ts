// `helpers/zod` beside that of OpenAI's library: the same is sent, and the same is read.
import * as theirs from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as ours from '../src/formats/zod.ts';
import OpenAI from '../src/index.ts';
import { chatting, type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const City = z.object({ city: z.string(), days: z.array(z.object({ warm: z.boolean() })).nullable() });
const Loose = z.object({ city: z.string().optional() });
const client = () => new OpenAI({ apiKey: 'sk-test', baseURL: service.url, maxRetries: 0 });
const messages = [{ role: 'user' as const, content: 'Hi' }];
/** As it is sent; theirs names the dialect of JSON Schema besides. */
const sent = (value: object): unknown =>
  JSON.parse(JSON.stringify(value), (name, held) => (name === '$schema' ? undefined : held));

describe('what is made', () => {
  it('is what OpenAI’s helpers make', () => {
    const description = 'A city.';
    expect(sent(ours.zodResponseFormat(City, 'city', { description }))).toEqual(
      sent(theirs.zodResponseFormat(City, 'city', { description })),
    );
    expect(sent(ours.zodTextFormat(City, 'city'))).toEqual(sent(theirs.zodTextFormat(City, 'city')));
    const options = { name: 'weather', description, parameters: City };
    expect(sent(ours.zodFunction(options))).toEqual(sent(theirs.zodFunction(options)));
    expect(sent(ours.zodResponsesFunction(options))).toEqual(sent(theirs.zodResponsesFunction(options)));
  });

  it('is not strict where the schema has no strict form, for which theirs throw', () => {
    expect(ours.zodResponseFormat(Loose, 'city').json_schema.strict).toBeUndefined();
    expect(() => theirs.zodResponseFormat(Loose, 'city')).toThrow(/optional/);
    for (const root of [z.string(), z.union([City, z.object({ town: z.string() })])])
      expect(ours.zodResponseFormat(root, 'city').json_schema.strict).toBeUndefined();
  });
});

describe('what is read', () => {
  it('is typed, of a chat', async () => {
    service.answer = chatting('{"city":"Oslo",', '"days":null}');
    const format = ours.zodResponseFormat(City, 'city');
    const answer = await client().chat.completions.parse({
      model: 'model-1',
      messages,
      response_format: format,
    });
    const city: string | undefined = answer.choices[0]?.message.parsed?.city;
    expect(city).toBe('Oslo');
    const whole = await client().chat.completions.create({
      model: 'model-1',
      messages,
      response_format: format,
    });
    expect(whole.choices[0]?.message.content).toBe('{"city":"Oslo","days":null}');
  });

  it('are the arguments of a tool that is run', async () => {
    service.answer = chatting('It is warm.');
    const asked: string[] = [];
    const weather = ours.zodFunction({
      name: 'weather',
      parameters: z.object({ city: z.string() }),
      function: ({ city }) => asked.push(city),
    });
    const run = client().chat.completions.runTools({ model: 'model-1', messages, tools: [weather] });
    expect(await run.finalContent()).toBe('It is warm.');
    expect(asked).toEqual(['Oslo']);
  });
});
