// From events to chunks: one each, in OpenAI's shape, nothing dropped on the way.
import { describe, expect, it } from 'vitest';
import type { ChatCompletionChunk, StreamEvent } from '../src/index.ts';
import { createProjector } from '../src/index.ts';

const START = {
  type: 'answer-start',
  id: 'a1',
  model: 'm',
  provider: 'acme',
  created: 7,
} as const satisfies StreamEvent;
const USAGE = {
  type: 'usage',
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
} as const satisfies StreamEvent;
const FRAME = { id: 'a1', object: 'chat.completion.chunk', created: 7, model: 'm', provider: 'acme' };

const project = (events: readonly StreamEvent[], usageAlone = false): readonly ChatCompletionChunk[] =>
  [START, ...events].map(createProjector(usageAlone)).slice(1);
const choice = (event: StreamEvent) => project([event])[0]?.choices[0];

describe('the frame', () => {
  it('opens with the role and names who answers, in every chunk', () => {
    const chunks = [START, { type: 'text-delta', text: 'Hi' } as const].map(createProjector());
    expect(chunks).toEqual([
      { ...FRAME, choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] },
      { ...FRAME, choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] },
    ]);
  });

  it('says in every chunk which model was asked for, where another one answers, and else has no such field', () => {
    const said: StreamEvent = { type: 'text-delta', text: 'Hi' };
    const chunks = [{ ...START, requestedModel: 'asked' }, said, USAGE].map(createProjector());
    expect(chunks.map((chunk) => chunk.requested_model)).toEqual(['asked', 'asked', 'asked']);
    expect([START, said].map(createProjector()).filter((chunk) => 'requested_model' in chunk)).toEqual([]);
  });

  it('keeps one made-up id and time through the stream where the service gave none', () => {
    const projector = createProjector();
    const first = projector({ type: 'answer-start', model: 'm' });
    const second = projector({ type: 'text-delta', text: 'Hi' });
    expect(first.id).toMatch(/^chatcmpl-[0-9a-f-]{36}$/);
    expect(second.id).toBe(first.id);
    expect(first.created).toBeGreaterThan(1_700_000_000);
    expect(second.created).toBe(first.created);
  });
});

describe('the deltas', () => {
  it.each<[string, StreamEvent, object]>([
    ['text', { type: 'text-delta', text: 'a' }, { content: 'a' }],
    ['reasoning', { type: 'reasoning-delta', text: 'a' }, { reasoning: 'a' }],
    [
      'a picture',
      { type: 'media', mediaType: 'image/png', url: 'https://p.example' },
      { images: [{ type: 'image_url', image_url: { url: 'https://p.example' } }] },
    ],
    [
      'a source',
      { type: 'source', url: 'https://s.example', title: 'S' },
      { annotations: [{ type: 'url_citation', url_citation: { url: 'https://s.example', title: 'S' } }] },
    ],
  ])('%s', (_, event, delta) => {
    expect(choice(event)).toEqual({ index: 0, delta, finish_reason: null });
  });

  it('tells the finish reason, and which choice it belongs to', () => {
    const finished = choice({ type: 'finish', reason: 'length', rawReason: 'MAX_TOKENS', choice: 2 });
    expect(finished).toEqual({
      index: 2,
      delta: {},
      finish_reason: 'length',
      native_finish_reason: 'MAX_TOKENS',
    });
  });

  it('names the reason in the words of the service only where they are others', () => {
    expect(choice({ type: 'finish', reason: 'stop', rawReason: 'stop' })).not.toHaveProperty(
      'native_finish_reason',
    );
    expect(choice({ type: 'finish', reason: 'stop' })).not.toHaveProperty('native_finish_reason');
    expect(choice({ type: 'text-delta', text: 'a' })).not.toHaveProperty('native_finish_reason');
  });

  it('says of a source what is known, and nothing of the rest', () => {
    const sources: StreamEvent[] = [
      { type: 'source', url: 'https://s.example' },
      { type: 'source', title: 'S' },
    ];
    expect(sources.map((source) => choice(source)?.delta.annotations)).toStrictEqual([
      [{ type: 'url_citation', url_citation: { url: 'https://s.example' } }],
      [{ type: 'file_citation', file_citation: { title: 'S' } }],
    ]);
  });

  it('gives tool calls an index each, and the name only once', () => {
    const calls = project([
      { type: 'tool-call-delta', key: 'b', id: 'c1', name: 'add' },
      { type: 'tool-call-delta', key: 'a', id: 'c2', name: 'now', arguments: '{}' },
      { type: 'tool-call-delta', key: 'b', arguments: '{"a":1}' },
    ]).map((chunk) => chunk.choices[0]?.delta.tool_calls?.[0]);
    expect(calls).toEqual([
      { index: 0, id: 'c1', type: 'function', function: { name: 'add', arguments: '' } },
      { index: 1, id: 'c2', type: 'function', function: { name: 'now', arguments: '{}' } },
      { index: 0, function: { arguments: '{"a":1}' } },
    ]);
  });
});

describe('the usage', () => {
  it('rides on an empty choice, so that choices[0].delta is always there', () => {
    const [chunk] = project([USAGE]);
    expect(chunk?.choices).toEqual([{ index: 0, delta: {}, finish_reason: null }]);
    expect(chunk?.usage).toEqual({ prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 });
  });

  it('may come with the finish, in whose chunk it stays', () => {
    const { usage } = USAGE;
    const [finish, said] = project([
      { type: 'finish', reason: 'stop', usage },
      { type: 'text-delta', text: 'a' },
    ]);
    expect(finish).toEqual({
      ...FRAME,
      choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      usage,
    });
    expect(said).not.toHaveProperty('usage');
    expect(project([{ type: 'finish', reason: 'stop' }])[0]).not.toHaveProperty('usage');
  });

  it('comes alone to a reader who asked for it', () => {
    const [chunk] = project([USAGE], true);
    expect(chunk?.choices).toEqual([]);
    expect(chunk?.usage?.total_tokens).toBe(2);
  });

  it('loses nothing that came with it, even when it would have come alone', () => {
    const extra = { chunk: { x_groq: {} }, choice: { content_filter_results: {} } };
    const [chunk] = project([{ ...USAGE, choice: 1, extra }], true);
    expect(chunk).toMatchObject({ x_groq: {}, usage: { total_tokens: 2 } });
    expect(chunk?.choices).toEqual([
      { index: 1, delta: {}, finish_reason: null, content_filter_results: {} },
    ]);
  });
});

describe('what else the payload said', () => {
  const extra = {
    chunk: { system_fingerprint: 'f', model: 'forged' },
    choice: { logprobs: { content: [] }, index: 9 },
    delta: { refusal: 'no', content: 'forged' },
  };

  it('lands beside the choices, in the choice and in the delta, and overwrites nothing', () => {
    expect(project([{ type: 'text-delta', text: 'a', choice: 1, extra }])).toEqual([
      {
        ...FRAME,
        system_fingerprint: 'f',
        choices: [
          {
            index: 1,
            logprobs: { content: [] },
            delta: { refusal: 'no', content: 'a' },
            finish_reason: null,
          },
        ],
      },
    ]);
  });

  it('makes a chunk of its own when it came alone', () => {
    const [chunk] = project([{ type: 'aside', extra: { delta: { audio: { data: 'AA' } } } }]);
    expect(chunk?.choices).toEqual([{ index: 0, delta: { audio: { data: 'AA' } }, finish_reason: null }]);
  });

  it('stands in each chunk by itself where it stays the same, so that a reader may write into what he was given', () => {
    const beside = { system_fingerprint: 'f' };
    const said: StreamEvent = { type: 'text-delta', text: 'a', extra: { chunk: beside } };
    const projector = createProjector();
    const [, first, second] = [START, said, said].map(projector);
    const expected = {
      ...FRAME,
      ...beside,
      choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }],
    };
    expect([first, second]).toEqual([expected, expected]);
    Object.assign(second ?? {}, { id: 'written over', system_fingerprint: 'written over' });
    expect(projector(said)).toEqual(expected);
    const other: StreamEvent = { ...said, extra: { chunk: { service_tier: 'flex' } } };
    const { system_fingerprint: _, ...rest } = expected;
    expect([projector(other), projector(other)]).toEqual(Array(2).fill({ ...rest, service_tier: 'flex' }));
  });
});

it('has token counts only in the chunk that tells them', () => {
  expect(project([{ type: 'text-delta', text: 'a' }, { type: 'finish', reason: 'stop' }, USAGE])).toEqual([
    expect.not.objectContaining({ usage: expect.anything() }),
    expect.not.objectContaining({ usage: undefined }),
    expect.objectContaining({ usage: USAGE.usage }),
  ]);
});
