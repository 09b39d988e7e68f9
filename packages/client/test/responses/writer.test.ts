// The events of a chat told as a response: whatever a chat says, the response says the same, in the order of its own grammar.
import {
  type Batch,
  fold,
  type ModelResponse,
  type ResponseRequest,
  type ResponseStreamEvent,
  type StreamEvent,
} from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResponseGrammar } from '../../src/responses/response-grammar.ts';
import { ResponseWriter } from '../../src/responses/response-writer.ts';
import { isResponseState } from '../../src/streams/response-stream.ts';
import { start, stop, text } from '../fake-provider.ts';

const REQUEST: ResponseRequest = { model: 'm', input: 'hi', stream: true };

/** All events of a response, checked against the grammar, and the response that its last holds. */
function written(batches: readonly Batch[]): {
  events: readonly ResponseStreamEvent[];
  response: ModelResponse;
} {
  const writer = new ResponseWriter(REQUEST, 'fake');
  const events = [...batches.flatMap((batch) => writer.write(batch)), ...writer.end()];
  const grammar = createResponseGrammar('fake', true);
  for (const event of events) grammar.accept(event);
  grammar.end();
  const last = events.at(-1);
  if (last === undefined || !isResponseState(last)) throw new Error('no response');
  return { events, response: last.response };
}

/** What a reader of the events alone puts together: items by their places, from their pieces and never from the last event. */
function readByPieces(events: readonly ResponseStreamEvent[]) {
  const items = new Map<number, { readonly type: string; text: string; refusal: string; isDone: boolean }>();
  const open = (place: number) => {
    const item = items.get(place);
    if (item === undefined || item.isDone) throw new Error(`nothing is open at ${place}`);
    return item;
  };
  for (const event of events) {
    switch (event.type) {
      case 'response.output_item.added':
        expect(event.output_index).toBe(items.size);
        items.set(event.output_index, { type: event.item.type, text: '', refusal: '', isDone: false });
        break;
      case 'response.output_item.done':
        open(event.output_index).isDone = true;
        break;
      case 'response.refusal.delta':
        open(event.output_index).refusal += event.delta;
        break;
      case 'response.output_text.delta':
      case 'response.reasoning_summary_text.delta':
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        open(event.output_index).text += event.delta;
        break;
      default:
    }
  }
  expect([...items.values()].every(({ isDone }) => isDone)).toBe(true);
  const joined = (type: string, field: 'text' | 'refusal' = 'text'): string =>
    [...items.values()].flatMap((item) => (item.type === type ? item[field] : [])).join('');
  return {
    content: joined('message'),
    refusal: joined('message', 'refusal'),
    reasoning: joined('reasoning'),
    calls: [...items.values()].flatMap((item) => (item.type.endsWith('_call') ? item.text : [])),
  };
}

const words = fc.string({ unit: 'grapheme', maxLength: 8 });
const key = fc.constantFrom('a', 'b', 'c');
const piece: fc.Arbitrary<StreamEvent> = fc.oneof(
  words.map(text),
  words.map((said): StreamEvent => ({ type: 'reasoning-delta', text: said })),
  fc.tuple(key, words).map(
    ([name, more]): StreamEvent => ({
      type: 'tool-call-delta',
      key: name,
      id: `call-${name}`,
      name: `tool-${name}`,
      arguments: more,
      ...(name === 'c' && { custom: true }),
    }),
  ),
  words.map((refusal): StreamEvent => ({ type: 'aside', extra: { delta: { refusal } } })),
  words.map(
    (data): StreamEvent => ({
      type: 'aside',
      extra: { delta: { reasoning_details: [{ type: 'reasoning.encrypted', data }] } },
    }),
  ),
  words.map((title): StreamEvent => ({ type: 'source', url: 'https://example.com/', title })),
);
const ending = fc.record({
  reason: fc.constantFrom('stop', 'length', 'content_filter', 'tool_calls'),
  prompt: fc.nat(),
  completion: fc.nat(),
});

/** Cut into batches anywhere. */
const chat = fc
  .tuple(fc.array(fc.tuple(piece, fc.boolean()), { maxLength: 40 }), ending)
  .map(([pieces, { reason, prompt, completion }]): readonly Batch[] => {
    const batches: StreamEvent[][] = [[start('m')]];
    for (const [event, begins] of pieces) {
      if (begins) batches.push([]);
      batches.at(-1)?.push(event);
    }
    const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
    batches.push([{ type: 'finish', reason, usage }]);
    return batches;
  });

async function* streamed(batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches;
}

describe('a chat told as a response', () => {
  it('says the same text, reasoning, refusal, calls and counts, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(chat, async (batches) => {
        const completion = await fold(streamed(batches));
        const [choice] = completion.choices;
        const { events, response } = written(batches);
        const read = readByPieces(events);
        expect(read.content).toBe(choice?.message.content ?? '');
        expect(read.refusal).toBe(choice?.message.refusal ?? '');
        expect(read.reasoning).toBe(choice?.message.reasoning ?? '');
        expect(read.calls).toEqual(
          (choice?.message.tool_calls ?? []).map(({ function: called }) => called.arguments),
        );
        expect(response.usage).toMatchObject({
          input_tokens: completion.usage?.prompt_tokens,
          output_tokens: completion.usage?.completion_tokens,
        });
        // The last event says what the pieces said.
        expect(
          response.output.flatMap((item) => {
            if (item.type === 'function_call') return [[item.call_id, item.name, item.arguments]];
            return item.type === 'custom_tool_call' ? [[item.call_id, item.name, item.input]] : [];
          }),
        ).toEqual(
          (choice?.message.tool_calls ?? []).map(({ id, function: called }) => [
            id,
            called.name,
            called.arguments,
          ]),
        );
        const done = events.flatMap((event) => (event.type === 'response.output_item.done' ? [event] : []));
        expect(response.output).toEqual(
          done.sort((a, b) => a.output_index - b.output_index).map(({ item }) => item),
        );
        expect(
          response.output.flatMap((item) =>
            item.type === 'message'
              ? item.content.flatMap((part) => (part.type === 'output_text' ? part.annotations : []))
              : [],
          ),
        ).toHaveLength((choice?.message.annotations ?? []).length);
      }),
    );
  });

  it('opens and closes every item and part in OpenAI’s order', () => {
    const { events } = written([
      [start('m'), { type: 'reasoning-delta', text: 'Hm.' }, text('Hel'), text('lo')],
      [stop],
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.reasoning_summary_part.added',
      'response.reasoning_summary_text.delta',
      'response.reasoning_summary_text.done',
      'response.reasoning_summary_part.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it('keeps what it has said: an event does not change after it was handed on', () => {
    const writer = new ResponseWriter(REQUEST, 'fake');
    const first = writer.write([start('m'), text('a')]);
    const copy = structuredClone(first);
    writer.write([text('b'), { type: 'source', url: 'https://example.com/' }]);
    writer.end();
    expect(first).toEqual(copy);
  });

  it('is incomplete where the answer was cut short', () => {
    const { response } = written([[start('m'), text('Hel')], [{ type: 'finish', reason: 'length' }]]);
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ type: 'message', status: 'incomplete' }],
    });
  });

  it('gives a picture as the tool for pictures does', () => {
    const { response } = written([
      [start('m'), { type: 'media', mediaType: 'image/png', url: 'data:image/png;base64,aGk=' }],
      [stop],
    ]);
    expect(response.output).toMatchObject([{ type: 'image_generation_call', result: 'aGk=' }]);
  });
});
