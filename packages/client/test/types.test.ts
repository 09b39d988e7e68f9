// What the compiler accepts: fields and parameters by their names, with what services add beside them by name of its own.
import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import {
  type AsyncClient,
  type ChatCompletion,
  type ChatParams,
  type Client,
  type ClientOptions,
  extraOf,
} from '../src/index.ts';
import type { AsyncClient as MiniClient, MiniParams } from '../src/mini.ts';
import { fakeProvider, saying } from './fake-provider.ts';

const hello = { model: 'gpt-4o', messages: 'hi' } as const;

// Compiled and never called: the types are the test.
const neverCalled = async (client: AsyncClient, sync: Client, small: MiniClient): Promise<void> => {
  for await (const chunk of client.chat.completions.create({ ...hello, stream: true })) {
    // @ts-expect-error misspelt
    chunk.chioces;
    // @ts-expect-error misspelt
    chunk.choices[0]?.detla;
    // @ts-expect-error misspelt
    chunk.choices[0]?.delta.contnet;
    // @ts-expect-error misspelt
    chunk.usage?.totl_tokens;
    // @ts-expect-error misspelt
    chunk.usage?.prompt_tokens_details?.chached_tokens;
    expectTypeOf(chunk.warnings).toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf(extraOf(chunk).x_groq).toEqualTypeOf<unknown>();
    expectTypeOf(extraOf(chunk.choices[0]?.delta).mood).toEqualTypeOf<unknown>();
  }
  const answer = await small.chat.completions.create(hello);
  // @ts-expect-error misspelt
  answer.choices[0]?.mesage;
  // @ts-expect-error misspelt
  answer.choices[0]?.message.contnet;
  // @ts-expect-error misspelt
  answer.choices[0]?.message.reasoning_details?.[0]?.tetx;
  expectTypeOf(answer.warnings).toEqualTypeOf<readonly string[] | undefined>();
  expectTypeOf(sync.chat.completions.create(hello)).toEqualTypeOf<ChatCompletion>();

  // @ts-expect-error misspelt
  client.chat.completions.create({ ...hello, temprature: 1 });
  // @ts-expect-error misspelt
  client.chat.completions.create({ model: 'gpt-4o', messages: 'hi', temprature: 1 });
  // @ts-expect-error misspelt
  sync.chat.completions.create({ model: 'gpt-4o', messages: 'hi', stream: true, max_token: 1 });
  // @ts-expect-error misspelt
  small.chat.completions.create({ model: 'gpt-4o', messages: 'hi', top_pp: 1 });
  // @ts-expect-error of a service: into extraBody
  client.chat.completions.create({ model: 'gpt-4o', messages: 'hi', safe_prompt: true });
  client.chat.completions.create({ model: 'gpt-4o', messages: 'hi', extraBody: { safe_prompt: true } });
  // @ts-expect-error no plain object
  client.chat.completions.create({ model: 'gpt-4o', messages: 'hi', extraBody: 5 });

  const City = z.object({ city: z.string() });
  client.chat.completions.create({ ...hello, response_format: City });
  small.chat.completions.create({
    ...hello,
    response_format: { type: 'json_schema', json_schema: { name: 'city', schema: City } },
    tools: [{ type: 'function', function: { name: 'f', parameters: City } }],
  });
};

describe('types', () => {
  it('are closed', () => {
    expectTypeOf(neverCalled).toBeFunction();
  });

  it('keep their fields when one is left out', () => {
    type Rest = Omit<ChatParams, 'stream'>;
    expectTypeOf<Rest['temperature']>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<'model' | 'messages' | 'tools' | 'provider'>().toExtend<keyof Rest>();
    expectTypeOf<string>().not.toExtend<keyof Rest>();
    expectTypeOf<'messages' | 'tools'>().toExtend<keyof Omit<MiniParams, 'stream'>>();
    expectTypeOf<keyof Omit<ChatCompletion, 'choices'>>().not.toEqualTypeOf<string | number>();
  });

  it('complete ids and names, and take any other', () => {
    expectTypeOf<'groq'>().toExtend<ClientOptions['provider']>();
    expectTypeOf<'my-own'>().toExtend<ClientOptions['provider']>();
    expectTypeOf<'my-own'>().toExtend<ClientOptions['fallback']>();
    expectTypeOf<'gpt-4o'>().toExtend<ChatParams['model']>();
    expectTypeOf<string>().toExtend<ChatParams['model']>();
    // A bare string would take the literals in.
    expectTypeOf<ChatParams['model']>().not.toEqualTypeOf<string>();
    expectTypeOf<ClientOptions['fallback']>().not.toEqualTypeOf<string | undefined>();
  });

  it('take an object as provider', () => {
    expectTypeOf(fakeProvider('one', saying('x'))).toExtend<ClientOptions['provider']>();
  });
});
