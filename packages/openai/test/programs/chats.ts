// Programs that chat.
import { z } from 'zod';
import type * as Ours from '../../src/index.ts';
import { chatting, completion, events, json } from '../service.ts';
import { begun, failure, hello, messages, model, type Program, texts } from './program.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    description: 'The weather of a city.',
    parameters,
    parse: JSON.parse,
    function: (args: unknown) => `Snow in ${Object(args).city}`,
  },
};

/** An answer as both libraries have it. */
const plain = ({ id, object, created, choices, usage }: Ours.OpenAI.ChatCompletion): unknown => ({
  id,
  object,
  created,
  usage,
  choices: choices.map(({ index, finish_reason, message: { role, content, refusal, tool_calls } }) => ({
    index,
    finish_reason,
    message: { role, content, refusal, tool_calls },
  })),
});

const read = async (readable: ReadableStream<Uint8Array>): Promise<string> =>
  new Response(readable as ReadableStream<Uint8Array<ArrayBuffer>>).text();

/** Chats. */
export const CHATS: readonly Program[] = [
  {
    name: 'asks, and reads the answer, its usage and its request id',
    answer: hello,
    async run(_, client) {
      const answer = await client.chat.completions.create({ model, messages });
      return [plain(answer), answer._request_id];
    },
  },
  {
    name: 'reads the response beside the answer',
    answer: hello,
    async run(_, client) {
      const { data, response, request_id } = await client.chat.completions
        .create({ model, messages })
        .withResponse();
      return [plain(data), response.status, response.ok, response.headers.get('x-request-id'), request_id];
    },
  },
  {
    name: 'takes the response alone',
    answer: hello,
    async run(_, client) {
      const response = await client.chat.completions.create({ model, messages }).asResponse();
      const { choices } = Object(await response.json());
      return [response.status, response.headers.get('x-request-id'), choices[0].message.content];
    },
  },
  {
    name: 'streams',
    answer: hello,
    async run(_, client) {
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      return [await texts(stream), stream.controller instanceof AbortController];
    },
  },
  {
    name: 'streams with usage, which comes alone in the last chunk',
    answer: hello,
    async run(_, client) {
      const stream_options = { include_usage: true };
      const stream = await client.chat.completions.create({ model, messages, stream: true, stream_options });
      let last: unknown;
      for await (const chunk of stream) last = [chunk.choices.length, chunk.usage?.total_tokens];
      return last;
    },
  },
  {
    name: 'splits a stream, and hands the other half on as lines of JSON',
    answer: hello,
    async run(_, client) {
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      const [left, right] = stream.tee();
      const [found, lines] = await Promise.all([texts(left), read(right.toReadableStream())]);
      const parsed = lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).choices[0]?.delta.content ?? '');
      return [found, parsed.join('')];
    },
  },
  {
    name: 'leaves a stream by its controller, and the loop ends',
    answer: (response) => events(response, begun('Hello')),
    async run(_, client) {
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      const found: unknown[] = [];
      for await (const chunk of stream) {
        found.push(chunk.choices[0]?.delta.content);
        if (found.length === 2) stream.controller.abort();
      }
      return found;
    },
  },
  {
    name: 'leaves a stream by its own signal, and the loop ends',
    answer: (response) => events(response, begun('Hello')),
    async run(_, client) {
      const controller = new AbortController();
      const stream = await client.chat.completions.create(
        { model, messages, stream: true },
        { signal: controller.signal },
      );
      const found: unknown[] = [];
      for await (const chunk of stream) {
        found.push(chunk.choices[0]?.delta.content);
        if (found.length === 2) controller.abort();
      }
      return found;
    },
  },
  {
    name: 'follows a stream by its events',
    answer: hello,
    async run(_, client) {
      const told: unknown[] = [];
      const stream = client.chat.completions
        .stream({ model, messages })
        .on('content', (delta, snapshot) => told.push([delta, snapshot]))
        .on('finalContent', (content) => told.push(content));
      const [content, message, usage] = [
        await stream.finalContent(),
        await stream.finalMessage(),
        await stream.totalUsage(),
      ];
      await stream.done();
      return [told, content, message.role, usage?.total_tokens, plain(await stream.finalChatCompletion())];
    },
  },
  {
    name: 'reads an answer by a schema',
    answer: chatting('{"city":"Oslo"}'),
    async run(_, client) {
      const { zodResponseFormat } = await import('openai/helpers/zod');
      const response_format = zodResponseFormat(z.object({ city: z.string() }), 'place');
      const answer = await client.chat.completions.parse({ model, messages, response_format });
      return answer.choices[0]?.message.parsed;
    },
  },
  {
    name: 'reads the arguments of a call by tools alone, whole and streamed',
    answer: chatting('It snows.'),
    async run(_, client) {
      const { zodFunction } = await import('openai/helpers/zod');
      const tools = [zodFunction({ name: 'weather', parameters: z.object({ city: z.string() }) })];
      const whole = await client.chat.completions.parse({ model, messages, tools });
      const streamed = await client.chat.completions.stream({ model, messages, tools }).finalMessage();
      const read = [whole.choices[0]?.message, streamed].map((message) => [
        Object(message).parsed,
        Object(message?.tool_calls?.[0]).function.parsed_arguments,
      ]);
      return read;
    },
  },
  {
    name: 'reads a streamed answer by a schema',
    answer: chatting('{"city":', '"Oslo"}'),
    async run(_, client) {
      const { zodResponseFormat } = await import('openai/helpers/zod');
      const response_format = zodResponseFormat(z.object({ city: z.string() }), 'place');
      const stream = client.chat.completions.stream({ model, messages, response_format });
      const [message, answer] = [await stream.finalMessage(), await stream.finalChatCompletion()];
      return [Object(message).parsed, Object(answer.choices[0]?.message).parsed];
    },
  },
  {
    name: 'is told that an answer to be parsed was cut',
    answer: (response) => json(response, completion({ content: '{"city":"Os' }, 'length')),
    async run(library, client) {
      const { zodResponseFormat } = await import('openai/helpers/zod');
      const response_format = zodResponseFormat(z.object({ city: z.string() }), 'place');
      const promise = client.chat.completions.parse({ model, messages, response_format });
      return failure(library, promise).then((seen) => Object(seen).classes.includes('OpenAIError'));
    },
  },
  {
    name: 'runs tools',
    answer: chatting('It snows.'),
    async run(_, client) {
      const told: unknown[] = [];
      const runner = client.chat.completions
        .runTools({ model, messages, tools: [weather] })
        .on('functionToolCallResult', (content) => told.push(content));
      const content = await runner.finalContent();
      const roles = runner.messages.map(({ role }) => role);
      return [
        told,
        content,
        roles,
        (await runner.totalUsage())?.total_tokens,
        runner.allChatCompletions().length,
      ];
    },
  },
  {
    name: 'runs tools with the text of their arguments, streaming',
    answer: chatting('It ', 'snows.'),
    async run(_, client) {
      const { parse: _parse, ...raw } = weather.function;
      const told: unknown[] = [];
      const runner = client.chat.completions
        .runTools({
          model,
          messages,
          stream: true,
          tools: [{ type: 'function', function: { ...raw, function: (args: unknown) => `given ${args}` } }],
        })
        .on('content', (delta) => told.push(delta))
        .on('functionToolCallResult', (content) => told.push(content));
      await runner.done();
      return [told, await runner.finalContent()];
    },
  },
];
