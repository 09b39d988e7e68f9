// Programs that do something else than chat.
import { createReadStream } from 'node:fs';
import { type Answer, events, json } from '../service.ts';
import { model, type Program } from './program.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const drawing: Answer = (response) =>
  json(response, { created: 1_700_000_000, data: [{ b64_json: PNG.toString('base64') }] });
const heard: Answer = (response) => json(response, { text: 'Hello' });

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
    name: 'reads a response by a schema',
    provider: 'openai',
    answer: (response) => json(response, kept('{"city":"Bonn"}')),
    async run(_, client) {
      const format = {
        type: 'json_schema',
        name: 'place',
        strict: true,
        schema: { type: 'object' },
      } as const;
      const read = Object.assign({}, format);
      Object.defineProperties(read, {
        $brand: { value: 'auto-parseable-response-format', enumerable: false },
        $parseRaw: { value: (text: string) => Object.keys(JSON.parse(text)), enumerable: false },
      });
      const { output_parsed } = await client.responses.parse({
        model,
        input: 'Where?',
        text: { format: read },
      });
      return output_parsed;
    },
  },
  {
    name: 'asks for a response that is kept, cancels it and deletes it',
    provider: 'openai',
    answer: (response, { method, path }) =>
      path.includes('/input_items')
        ? json(response, {
            object: 'list',
            data: [
              { type: 'message', id: 'msg_0', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
            ],
            first_id: 'msg_0',
            last_id: 'msg_0',
            has_more: false,
          })
        : json(
            response,
            method === 'DELETE' ? { id: 'resp_1', object: 'response', deleted: true } : kept('Hi'),
          ),
    async run(_, client) {
      const { output_text, status } = await client.responses.retrieve('resp_1');
      const cancelled = await client.responses.cancel('resp_1');
      await client.responses.delete('resp_1');
      const items: unknown[] = [];
      for await (const item of client.responses.inputItems.list('resp_1')) items.push(item.id);
      return [output_text, status, cancelled.id, items];
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
      const opened = createReadStream(new URL('../fixtures/sound.mp3', import.meta.url));
      const first = await client.audio.transcriptions.create({ model, file: opened });
      const made = await toFile(Buffer.from('ID3 sound'), 'sound.mp3');
      const second = await client.audio.transcriptions.create({ model, file: made });
      return [first.text, second.text];
    },
  },
  {
    name: 'tells the response to what it heard',
    answer: heard,
    async run({ toFile }, client) {
      const file = await toFile(Buffer.from('ID3 sound'), 'sound.mp3');
      const told = [
        await client.audio.transcriptions.create({ model, file }).withResponse(),
        await client.audio.translations.create({ model, file }).withResponse(),
      ];
      return told.map(({ data, response }) => [data.text, response.status]);
    },
  },
  {
    name: 'tells the response to what it says',
    answer: (response) =>
      response
        .writeHead(200, { 'content-type': 'audio/mpeg', 'x-request-id': 'req-1' })
        .end(Buffer.from('ID3 sound')),
    async run(_, client) {
      const asked = client.audio.speech.create({ model, voice: 'alloy', input: 'Hello' });
      const { data, response, request_id } = await asked.withResponse();
      return [response.status, request_id, Buffer.from(await data.arrayBuffer()).toString()];
    },
  },
  {
    name: 'makes files of bytes, texts, Blobs, responses and streams',
    answer: heard,
    async run({ toFile }) {
      const made = [
        await toFile(Buffer.from('abc'), 'a.txt', { type: 'text/plain' }),
        await toFile(new Blob(['abc'], { type: 'text/html' }), 'b.html', { type: 'text/html' }),
        await toFile(createReadStream(new URL('../fixtures/sound.mp3', import.meta.url))),
        await toFile(new File(['abc'], 'c.txt')),
        await toFile(Promise.resolve(new Response('abc')), 'd.txt', { type: 'text/plain' }),
      ];
      return Promise.all(made.map(async (file) => [file.name, file.type, await file.text()]));
    },
  },
];

/** A response that says this. */
function kept(text: string): object {
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return {
    ...{
      id: 'resp_1',
      object: 'response',
      created_at: 1,
      status: 'completed',
      model,
      error: null,
      tools: [],
    },
    output: [{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content }],
    usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
  };
}
