// Programs written for OpenAI's library, each with what the service does: they run on that library and on this one.
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import type * as Ours from '../src/index.ts';
import { type Answer, chatting, chunks, completion, events, json } from './service.ts';

/** Either library, by the types of this one. */
export type Library = typeof Ours;

/** One program. */
export interface Program {
  readonly name: string;
  readonly answer: Answer;
  /** Who this library asks, where it is not a server of one's own. */
  readonly provider?: 'openai';
  /** Gives what the user of the library sees. */
  run(library: Library, client: Ours.OpenAI): Promise<unknown>;
}

const model = 'model-1';
/** The first two chunks of an answer. */
const begun = (content: string): string =>
  `${chunks([{ content }]).split('\n\n').slice(0, 2).join('\n\n')}\n\n`;

const messages = [{ role: 'user' as const, content: 'Hello' }];
const hello = chatting('Hello', ', ', 'world');

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

/** What a program that handles errors looks at. */
const failure = async (library: Library, promise: PromiseLike<unknown>): Promise<unknown> => {
  try {
    return { no: await promise };
  } catch (error) {
    const names = Object.entries(library).filter(
      ([name, type]) => name.endsWith('Error') && typeof type === 'function' && error instanceof type,
    );
    const { status, code, type, param, requestID } = Object(error);
    return {
      classes: names.map(([name]) => name).sort(),
      same: error instanceof library.default.APIError,
      status,
      code,
      type,
      param: param ?? null,
      requestID,
      header: Object(error).headers?.get('x-own'),
    };
  }
};

const refusing =
  (status: number, error: object): Answer =>
  (response) =>
    json(response, { error }, status, { 'x-own': 'yes' });

const REFUSALS: readonly (readonly [number, object])[] = [
  [
    400,
    {
      message: 'Too long.',
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  ],
  [
    401,
    {
      message: 'Incorrect API key provided.',
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    },
  ],
  [403, { message: 'Not allowed.', type: 'permission_error', code: 'no_permission' }],
  [
    404,
    {
      message: 'The model does not exist.',
      type: 'invalid_request_error',
      param: 'model',
      code: 'model_not_found',
    },
  ],
  [409, { message: 'Conflict.', type: 'conflict', code: 'conflict' }],
  [422, { message: 'Unprocessable.', type: 'invalid_request_error', code: 'bad' }],
  [429, { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }],
  [429, { message: 'You exceeded your quota.', type: 'insufficient_quota', code: 'insufficient_quota' }],
  [500, { message: 'Oh no.', type: 'server_error', code: 'server_error' }],
  [503, { message: 'Overloaded.', type: 'server_error', code: 'overloaded' }],
];

const texts = async (stream: AsyncIterable<Ours.OpenAI.ChatCompletionChunk>): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const chunk of stream) {
    const text = chunk.choices[0]?.delta?.content;
    if (text) found.push(text);
  }
  return found;
};

const read = async (readable: ReadableStream<Uint8Array>): Promise<string> =>
  new Response(readable as ReadableStream<Uint8Array<ArrayBuffer>>).text();

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const drawing: Answer = (response) =>
  json(response, { created: 1_700_000_000, data: [{ b64_json: PNG.toString('base64') }] });
const heard: Answer = (response) => json(response, { text: 'Hello' });

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

/** Failures. */
export const FAILURES: readonly Program[] = [
  ...REFUSALS.map(
    ([status, error]): Program => ({
      name: `tells a refusal: ${status} ${JSON.stringify(error)}`,
      answer: refusing(status, error),
      run: (library, client) => failure(library, client.chat.completions.create({ model, messages })),
    }),
  ),
  {
    name: 'tells the refusal of a stream when it is awaited',
    answer: refusing(429, { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }),
    run: (library, client) =>
      failure(library, client.chat.completions.create({ model, messages, stream: true })),
  },
  {
    name: 'tells a connection that is closed at once',
    answer: (response) => response.destroy(),
    run: (library, client) => failure(library, client.chat.completions.create({ model, messages })),
  },
  {
    name: 'tells a deadline',
    answer: () => undefined,
    run: (library, client) =>
      failure(library, client.chat.completions.create({ model, messages }, { timeout: 50 })),
  },
  {
    name: 'tells its own abort',
    answer: () => undefined,
    async run(library, client) {
      const controller = new AbortController();
      const promise = client.chat.completions.create({ model, messages }, { signal: controller.signal });
      setTimeout(() => controller.abort(), 20);
      return failure(library, promise);
    },
  },
  {
    name: 'tells a failure inside a stream',
    answer: (response) => {
      events(response, begun('Hello'));
      response.end(
        `data: ${JSON.stringify({ error: { message: 'Broken.', type: 'server_error', code: 'broken' } })}\n\n`,
      );
    },
    async run(library, client) {
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      const seen = Object(await failure(library, texts(stream)));
      return [seen.same, seen.type, seen.code, seen.status];
    },
  },
];

/** Everything else. */
export const OTHERS: readonly Program[] = [
  {
    name: 'asks for a response, and streams one',
    provider: 'openai',
    answer: (response, { body }) => {
      const base = { id: 'resp_1', object: 'response', created_at: 1, model, metadata: {} };
      const part = { type: 'output_text', text: 'Hello', annotations: [] };
      const output = [
        { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [part] },
      ];
      const whole = {
        ...base,
        status: 'completed',
        output,
        usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      };
      if (body.stream !== true) return json(response, whole);
      const begun = { type: 'response.created', response: { ...base, status: 'in_progress', output: [] } };
      const said = [
        begun,
        {
          type: 'response.output_item.added',
          output_index: 0,
          item: { ...output[0], status: 'in_progress', content: [] },
        },
        {
          type: 'response.content_part.added',
          item_id: 'msg_1',
          output_index: 0,
          content_index: 0,
          part: { ...part, text: '' },
        },
        {
          type: 'response.output_text.delta',
          item_id: 'msg_1',
          output_index: 0,
          content_index: 0,
          delta: 'Hello',
        },
        { type: 'response.completed', response: whole },
      ];
      events(
        response,
        said
          .map(
            (event, sequence_number) =>
              `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number })}\n\n`,
          )
          .join(''),
      );
      return response.end();
    },
    async run(_, client) {
      const whole = await client.responses.create({ model, input: 'Hi' });
      const types: string[] = [];
      const stream = await client.responses.create({ model, input: 'Hi', stream: true });
      for await (const event of stream) types.push(event.type);
      const deltas: unknown[] = [];
      const helper = client.responses.stream({ model, input: 'Hi' });
      helper.on('response.output_text.delta', (event) => deltas.push(Object(event).delta));
      const final = await helper.finalResponse();
      return [whole.output_text, whole.usage?.total_tokens, types, deltas, final.status];
    },
  },
  {
    name: 'embeds',
    answer: (response, { body }) => {
      const vector = [0.5, -0.25];
      const embedding =
        body.encoding_format === 'base64'
          ? Buffer.from(new Float32Array(vector).buffer).toString('base64')
          : vector;
      const data = [body.input].flat().map((_, index) => ({ object: 'embedding', index, embedding }));
      json(response, { object: 'list', data, model, usage: { prompt_tokens: 1, total_tokens: 1 } });
    },
    async run(_, client) {
      const { data, usage } = await client.embeddings.create({ model, input: ['a', 'b'] });
      return [data, usage?.total_tokens];
    },
  },
  {
    name: 'moderates',
    answer: (response) =>
      json(response, {
        id: 'modr-1',
        model,
        results: [{ flagged: true, categories: { violence: true }, category_scores: { violence: 1 } }],
      }),
    async run(_, client) {
      const { results } = await client.moderations.create({ model, input: 'a' });
      return results.map(({ flagged, categories }) => [flagged, Object(categories).violence]);
    },
  },
  {
    name: 'completes a text',
    answer: (response) =>
      json(response, {
        id: 'cmpl-1',
        object: 'text_completion',
        created: 1,
        model,
        choices: [{ index: 0, text: 'Hello', logprobs: null, finish_reason: 'stop' }],
      }),
    async run(_, client) {
      const { choices } = await client.completions.create({ model, prompt: 'Say' });
      return choices.map(({ text }) => text);
    },
  },
  {
    name: 'lists models',
    answer: (response) =>
      json(response, { object: 'list', data: [{ id: 'b', object: 'model', created: 1, owned_by: 'x' }] }),
    async run(_, client) {
      const ids: string[] = [];
      for await (const one of client.models.list()) ids.push(one.id);
      return [ids, (await client.models.list()).data.length];
    },
  },
  {
    name: 'draws, and changes a drawing',
    answer: drawing,
    async run({ toFile }, client) {
      const made = await client.images.generate({ model, prompt: 'A cat' });
      const image = await toFile(PNG, 'cat.png', { type: 'image/png' });
      const changed = await client.images.edit({ model, prompt: 'A dog', image: [image] });
      return [made.data?.[0]?.b64_json, changed.data?.[0]?.b64_json];
    },
  },
  {
    name: 'speaks',
    answer: (response) =>
      response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(Buffer.from('ID3 sound')),
    async run(_, client) {
      const speech = await client.audio.speech.create({ model, voice: 'alloy', input: 'Hello' });
      return [
        speech.ok,
        speech.headers.get('content-type'),
        Buffer.from(await speech.arrayBuffer()).toString(),
      ];
    },
  },
  {
    name: 'hears a file that was opened, and one that was made',
    answer: heard,
    async run({ toFile }, client) {
      const opened = createReadStream(new URL('fixtures/sound.mp3', import.meta.url));
      const first = await client.audio.transcriptions.create({ model, file: opened });
      const made = await toFile(Buffer.from('ID3 sound'), 'sound.mp3');
      const second = await client.audio.transcriptions.create({ model, file: made });
      return [first.text, second.text];
    },
  },
  {
    name: 'makes files of bytes, texts, Blobs, responses and streams',
    answer: heard,
    async run({ toFile }) {
      const made = [
        await toFile(Buffer.from('abc'), 'a.txt', { type: 'text/plain' }),
        await toFile(new Blob(['abc'], { type: 'text/html' }), 'b.html', { type: 'text/html' }),
        await toFile(createReadStream(new URL('fixtures/sound.mp3', import.meta.url))),
        await toFile(new File(['abc'], 'c.txt')),
        await toFile(Promise.resolve(new Response('abc')), 'd.txt', { type: 'text/plain' }),
      ];
      return Promise.all(made.map(async (file) => [file.name, file.type, await file.text()]));
    },
  },
];
