// Schemas of libraries in `responses.create` and `stream`: JSON Schema is sent in their place, or they are refused in a line; with both clients.
import type { ResponseStreamEvent } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as mini from 'zod/mini';
import { failureOf } from '../fake-provider.ts';
import { call, RESPONDING } from '../programs/both-clients.ts';

const City = z.object({ city: z.string(), people: z.number().optional() });
const JSON_SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' }, people: { type: 'number' } },
  required: ['city'],
};
const asked = { model: 'model', input: 'hello', script: [{ echo: true }] };
const isText = (event: ResponseStreamEvent) => event.type === 'response.output_text.done';

describe.each(RESPONDING)('%s', (_, responses) => {
  const created = async (params: object): Promise<string> =>
    (await call<{ output_text: string }>(responses.create, { ...asked, ...params })).output_text;
  const streamed = async (params: object): Promise<string> => {
    const events: ResponseStreamEvent[] = [];
    for await (const event of Reflect.apply(responses.stream, undefined, [{ ...asked, ...params }]))
      events.push(event);
    const done = events.find(isText);
    return done?.type === 'response.output_text.done' ? done.text : '';
  };

  describe.each([
    ['create', created],
    ['stream', streamed],
  ])('%s', (_, answer) => {
    it.each<[string, object, object]>([
      ['the format itself', { text: { format: City, verbosity: 'low' } }, { name: 'response' }],
      [
        'the frame',
        { text: { format: { type: 'json_schema', name: 'city', strict: false, schema: City } } },
        { name: 'city', strict: false },
      ],
    ])('sends what a schema in %s says', async (_, params, frame) => {
      const { response_format } = JSON.parse(await answer(params));
      expect(response_format).toEqual({
        type: 'json_schema',
        json_schema: { ...frame, schema: JSON_SCHEMA },
      });
    });

    it('sends what the parameters of a function say', async () => {
      const { tools } = JSON.parse(
        await answer({ tools: [{ type: 'function', name: 'f', parameters: City }] }),
      );
      expect(tools[0].function).toMatchObject({ name: 'f', parameters: JSON_SCHEMA });
    });

    it('refuses a schema that cannot say its JSON Schema', async () => {
      expect(await failureOf(() => answer({ text: { format: mini.object({}) } }))).toMatchObject({
        code: 'invalid-request',
        message:
          'text.format: a schema of zod cannot say its JSON Schema by itself: give z.toJSONSchema(schema).',
      });
    });
  });
});
