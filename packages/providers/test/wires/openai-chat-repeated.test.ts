// A payload that comes again with another text (http/repeated-json.ts) means the same as one that was parsed anew.
import { type ChatRequest, isContent, type StreamEvent } from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../src/wires/openai-chat/chat-decoder.ts';

const request: ChatRequest = { model: 'm', messages: [], stream: true, n: 1 };
const asked = { provider: 'acme', model: 'm', url: 'https://acme.test/v1/chat/completions' };

/** A payload, and the texts with which it comes again. */
interface Repeated {
  readonly payload: { choices: { delta: { content: string } }[] };
  readonly texts: readonly string[];
}

/** What is heard if a payload that comes again is the same object, or one of its own each time. */
const hear = (repeated: readonly Repeated[], isSame: boolean): StreamEvent[] => {
  const decoder = createDecoder(request, asked, {});
  const events: StreamEvent[] = [];
  for (const { payload, texts } of repeated) {
    const shared = structuredClone(payload);
    for (const text of texts) {
      const json = isSame ? shared : structuredClone(payload);
      for (const { delta } of json.choices) delta.content = text;
      decoder.payload(json, 'message', events);
    }
  }
  decoder.payload({ choices: [{ delta: {}, finish_reason: 'stop' }] }, 'message', events);
  decoder.close(events);
  return events;
};

const text = fc.constantFrom(
  'a',
  ' b',
  '<think>',
  'x</think>',
  '<',
  'th',
  '`',
  '``',
  '>',
  'ink>',
  '</thi',
  '.',
);
const texts = fc.array(text, { minLength: 1, maxLength: 6 });
const extra = fc.constantFrom({}, { logprobs: { content: [] } }, { seed: 1 }, { logprobs: null });
const repeated = fc
  .record({
    texts,
    more: extra,
    beside: fc.constantFrom(
      {},
      { system_fingerprint: 'fp' },
      { usage: { prompt_tokens: 1, completion_tokens: 2 } },
    ),
    inDelta: fc.constantFrom({}, { role: 'assistant' }, { reasoning: 'hm' }, { refusal: null }),
    finish_reason: fc.constantFrom(null, null, null, 'stop'),
  })
  .map(({ texts, more, beside, inDelta, finish_reason }) => ({
    texts,
    payload: {
      id: 'c1',
      model: 'm',
      ...beside,
      choices: [{ index: 0, delta: { content: '', ...inDelta }, finish_reason, ...more }],
    },
  }));

describe('a repeated payload', () => {
  it('is read as if it had been parsed anew, whatever it holds besides its text', () => {
    let heard = 0;
    fc.assert(
      fc.property(fc.array(repeated, { minLength: 1, maxLength: 4 }), (all) => {
        const events = hear(all, true);
        heard += events.filter(isContent).length;
        expect(events).toEqual(hear(all, false));
      }),
      { numRuns: 3000 },
    );
    expect(heard).toBeGreaterThan(3000);
  });
});
