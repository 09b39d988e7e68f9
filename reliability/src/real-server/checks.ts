// What is asked of a real llama-server, and what must come of it. The model is small: what it says is not judged.
import assert from 'node:assert/strict';
import { isG4FError } from '@g4f/client';
import type { Asker } from './askers.ts';

/** One thing that must hold. */
export interface Check {
  readonly about: string;
  readonly run: (asker: Asker) => Promise<void>;
}

const model = 'SmolLM2-135M';
const HELLO = { model, messages: 'Say hello.', max_tokens: 12, temperature: 0, seed: 1 } as const;
const TOO_LONG = 'word '.repeat(5000);
const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';
const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
} as const;
const called = {
  id: 'call_1',
  type: 'function',
  function: { name: 'get_weather', arguments: '{"city":"Bonn"}' },
} as const;

const all = async <Part>(stream: AsyncIterable<Part> | Iterable<Part>): Promise<readonly Part[]> => {
  const parts: Part[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
};

const refuses = async (asked: () => Promise<unknown>, code: string, words: RegExp): Promise<void> => {
  try {
    await asked();
  } catch (error) {
    assert.ok(isG4FError(error), String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return;
  }
  assert.fail('it was answered');
};

/** Of a server that chats. */
export const CHATS: readonly Check[] = [
  {
    about: 'lists its model',
    run: async ({ models }) => assert.ok((await models()).some(({ id }) => id === model)),
  },
  {
    about: 'a chat is the same streamed and whole',
    run: async (asker) => {
      const whole = await asker.chat(HELLO);
      const chunks = await all(asker.chatStream({ ...HELLO, stream_options: { include_usage: true } }));
      const [choice] = whole.choices;
      assert.equal(
        chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''),
        choice?.message.content,
      );
      assert.ok(choice?.message.content);
      assert.equal(chunks.at(-1)?.usage?.completion_tokens, whole.usage?.completion_tokens);
    },
  },
  {
    about: 'leaving a stream in its middle leaves the client well',
    run: async (asker) => {
      for await (const chunk of asker.chatStream({ ...HELLO, max_tokens: 400 }))
        if (chunk.choices[0]?.delta.content) break;
      assert.ok((await asker.chat(HELLO)).choices[0]?.message.content);
    },
  },
  {
    about: 'log probabilities stand in the choice',
    run: async (asker) => {
      const { choices } = await asker.chat({ ...HELLO, logprobs: true, top_logprobs: 2 });
      assert.equal(choices[0]?.logprobs?.content?.[0]?.top_logprobs?.length, 2);
    },
  },
  {
    about: 'a schema is kept to, streamed as well',
    run: async (asker) => {
      const schema = {
        type: 'object',
        properties: { n: { enum: [7] } },
        required: ['n'],
        additionalProperties: false,
      };
      const response_format = { type: 'json_schema', json_schema: { name: 'n', schema } } as const;
      const asked = { ...HELLO, max_tokens: 80, response_format };
      const { choices } = await asker.chat(asked);
      assert.deepEqual(JSON.parse(choices[0]?.message.content ?? ''), { n: 7 });
      const chunks = await all(asker.chatStream(asked));
      const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
      assert.deepEqual(JSON.parse(text), { n: 7 });
    },
  },
  {
    about: 'tools, and a conversation with a call and its result, are taken',
    run: async (asker) => {
      const messages = [
        { role: 'user', content: 'The weather in Bonn?' },
        { role: 'assistant', content: null, tool_calls: [called] },
        { role: 'tool', tool_call_id: 'call_1', content: 'sunny' },
      ] as const;
      const { choices } = await asker.chat({ ...HELLO, messages, tools: [weather] });
      assert.ok(choices[0]?.message.content || choices[0]?.message.tool_calls);
    },
  },
  {
    about: 'several choices come',
    run: async (asker) => assert.equal((await asker.chat({ ...HELLO, n: 2 })).choices.length, 2),
  },
  {
    about: 'a text goes on, whole and streamed, and what would be passed over is a warning',
    run: async (asker) => {
      const asked = { model, prompt: 'Once upon', max_tokens: 5, temperature: 0 } as const;
      const { choices, warnings } = await asker.complete({ ...asked, suffix: 'end' });
      assert.deepEqual(warnings, ['llamacpp does not take suffix: not sent.']);
      const chunks = await all(asker.completeStream(asked));
      assert.equal(chunks.map((chunk) => chunk.choices[0]?.text ?? '').join(''), choices[0]?.text);
      assert.equal(chunks.findLast((chunk) => chunk.choices.length > 0)?.choices[0]?.finish_reason, 'length');
      const two = await asker.complete({ ...asked, prompt: ['Once upon', 'The sky'] });
      assert.deepEqual(
        two.choices.map(({ index }) => index),
        [0, 1],
      );
    },
  },
  {
    about: 'a conversation that is too long is context-length: chat, stream, completion',
    run: async (asker) => {
      const long = { ...HELLO, messages: TOO_LONG };
      await refuses(() => asker.chat(long), 'context-length', /available context size/);
      await refuses(() => all(asker.chatStream(long)), 'context-length', /available context size/);
      const asked = { model, prompt: TOO_LONG, max_tokens: 1 };
      await refuses(() => asker.complete(asked), 'context-length', /available context size/);
    },
  },
  {
    about: 'what it was not started for is told, and not tried again',
    run: async (asker) => {
      const content = [{ type: 'image_url', image_url: { url: PIXEL } }] as const;
      const looked = { ...HELLO, messages: [{ role: 'user', content }] } as const;
      await refuses(() => asker.chat(looked), 'invalid-request', /image input is not supported/);
      await refuses(() => asker.embed({ model, input: 'a' }), 'invalid-request', /support embeddings/);
    },
  },
  {
    about: 'a schema and a grammar that are none are told',
    run: async (asker) => {
      const schema = { type: 'nonsense' };
      const response_format = { type: 'json_schema', json_schema: { name: 'n', schema } } as const;
      await refuses(() => asker.chat({ ...HELLO, response_format }), 'invalid-request', /schema/i);
      const extraBody = { grammar: 'root ::= (((' };
      await refuses(() => asker.chat({ ...HELLO, extraBody }), 'invalid-request', /grammar/i);
    },
  },
];

/** Of `/v1/responses`, native or over the chat. */
export const RESPONSES: readonly Check[] = [
  {
    about: 'a response has all fields that OpenAI’s has, and its events their numbers and places',
    run: async (asker) => {
      const asked = { model, input: 'Say hello.', max_output_tokens: 12, temperature: 0 } as const;
      const whole = await asker.respond(asked);
      assert.equal(whole.error, null);
      assert.deepEqual(whole.tools, []);
      assert.ok(whole.output_text);
      const events = await all(asker.respondStream(asked));
      assert.deepEqual(
        events.map(({ sequence_number }) => sequence_number),
        [...events.keys()],
      );
      const deltas = events.flatMap((event) => (event.type === 'response.output_text.delta' ? [event] : []));
      assert.equal(deltas.map(({ delta }) => delta).join(''), whole.output_text);
      assert.ok(deltas.every(({ output_index, content_index }) => output_index === 0 && content_index === 0));
    },
  },
  {
    about: 'an input that is too long is context-length',
    run: async (asker) =>
      refuses(() => asker.respond({ model, input: TOO_LONG }), 'context-length', /available context size/),
  },
];

/** Of a server that embeds. */
export const EMBEDS: readonly Check[] = [
  {
    about: 'like texts have like vectors, as numbers and as base64',
    run: async (asker) => {
      const asked = { model: 'all-MiniLM-L6-v2', input: ['a cat', 'a kitten', 'the stock market'] };
      const { data, usage } = await asker.embed(asked);
      const [cat, kitten, stock] = data.map(({ embedding }) => embedding);
      assert.ok(Array.isArray(cat) && Array.isArray(kitten) && Array.isArray(stock));
      assert.ok(likeness(cat, kitten) > likeness(cat, stock) + 0.2);
      assert.ok((usage?.prompt_tokens ?? 0) > 0);
      const encoded = await asker.embed({ ...asked, encoding_format: 'base64' });
      const text = encoded.data[0]?.embedding;
      assert.ok(typeof text === 'string');
      assert.equal(Buffer.from(text, 'base64').length, 4 * cat.length);
    },
  },
  {
    about: 'a text that is too long is context-length, and a chat is not tried again',
    run: async (asker) => {
      const long = { model: 'all-MiniLM-L6-v2', input: TOO_LONG };
      await refuses(() => asker.embed(long), 'context-length', /too large to process/);
      await refuses(() => asker.chat({ ...HELLO }), 'invalid-request', /logits/);
    },
  },
];

const likeness = (a: readonly number[], b: readonly number[]): number => {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
