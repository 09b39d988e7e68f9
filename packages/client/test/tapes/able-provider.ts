// A provider that can do everything, and the same when nobody may ask it.
import type { Provider } from '@g4f/core';
import { fakeProvider, start, text } from '../fake-provider.ts';

const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
let answers = 0;

/** Can do everything, and answers otherwise each time. */
export const one: Provider = {
  ...fakeProvider('one', async function* ({ model }, { warn }) {
    answers += 1;
    warn('something was left out');
    yield [{ ...start(model), extra: { chunk: { system_fingerprint: `f${answers}` } } }, text('he')];
    yield [text('llo 🙂')];
    yield [{ type: 'tool-call-delta', key: 'a', id: 'a', name: 'f', arguments: '{"a":1}' }];
    yield [
      { type: 'finish', reason: 'tool_calls' },
      { type: 'usage', usage },
    ];
  }),
  modelsFor: {
    embed: { family: 'e' },
    moderate: { family: 'm' },
    image: { family: 'i' },
    speech: { family: 's' },
    transcribe: { family: 't' },
    complete: { family: 'c' },
  },
  async *embed({ model }) {
    yield { object: 'list', model, data: [{ object: 'embedding', index: 0, embedding: [0.1, 1 / 3] }] };
  },
  async *moderate({ model }) {
    yield {
      id: 'm',
      model,
      results: [{ flagged: true, categories: { a: true }, category_scores: { a: 1 } }],
    };
  },
  async *image() {
    yield { created: 1, data: [{ b64_json: `iVBORw0KGgoAAAAN${'A'.repeat(200)}` }] };
  },
  async *speech() {
    yield { audio: Uint8Array.of(0x49, 0x44, 0x33, 0, 255), contentType: 'audio/mpeg' };
    yield { audio: Uint8Array.of(7, 8, 9) };
  },
  async *transcribe({ file }) {
    let size = 0;
    for await (const piece of file.open()) size += piece.length;
    yield { text: `${size} bytes` };
  },
  async *complete({ model }) {
    yield {
      id: 'c',
      object: 'text_completion',
      created: 5,
      model,
      choices: [{ index: 0, text: 'done', logprobs: null, finish_reason: 'stop' }],
    };
  },
};

/** The same, if anybody asks it. */
export const dead: Provider = Object.fromEntries(
  Object.entries(one).map(([name, held]) => [
    name,
    typeof held === 'function'
      ? () => {
          throw new Error(`${name} was asked`);
        }
      : held,
  ]),
) as never;
