// Gemini's payloads as the service and its proxies really send them: what is said is never lost, and never called good when it is not.
import { extraOf } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { gemini } from '../../src/wires/gemini/index.ts';
import { folded, hearWire, textOf } from './hear-wire.ts';

const sse = (...payloads: readonly (object | string)[]): string =>
  payloads
    .map((payload) => `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\r\n\r\n`)
    .join('');
const hear = (...payloads: readonly (object | string)[]) => hearWire(gemini, sse(...payloads));
const hearWhole = (body: object | string) =>
  hearWire(
    gemini,
    typeof body === 'string' ? body : JSON.stringify(body),
    { type: 'application/json' },
    { stream: false },
  );
const says = (content: unknown, more: object = {}): object => ({ candidates: [{ content, ...more }] });
const part = (value: unknown, more: object = {}): object => says({ parts: [value] }, more);
const ends = (finishReason: string, more: object = {}): object => ({
  candidates: [{ finishReason, ...more }],
});
const END = ends('STOP');

describe('text', () => {
  it.each<[string, unknown, string]>([
    ['a number', { parts: [{ text: '[' }, { text: 1 }, { text: ']' }] }, '[1]'],
    ['a list', { parts: [{ text: ['a', { type: 'text', text: 'b' }] }] }, 'ab'],
    ['a part that is text alone', { parts: ['a', 'b'] }, 'ab'],
    ['parts that are one part', { parts: { text: 'a' } }, 'a'],
    ['a content that is text alone', 'a', 'a'],
  ])('as %s is text', async (_name, content, said) => {
    expect(textOf(await hear(says(content), END))).toBe(said);
    expect(textOf(await hearWhole(says(content, { finishReason: 'STOP' })))).toBe(said);
  });

  it('that nobody can read is no answer', async () => {
    const heard = await hear(part({ text: 'a' }), part({ text: { odd: 1 } }), END);
    expect(textOf(heard)).toBe('a');
    expect(heard.error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('odd') });
  });
});

describe('a call', () => {
  const argumentsIn = async (...payloads: readonly (object | string)[]) =>
    (await folded(await hear(...payloads, END))).choices[0]?.message.tool_calls?.map(
      (call) => call.function.arguments,
    );
  const BIG = '2512292042121000001';

  it('keeps the digits of its numbers, whole, in pieces and in a whole answer', async () => {
    const whole = JSON.stringify(part({ functionCall: { name: 'f', args: { id: 0 } } })).replace(
      '"id":0',
      `"id":${BIG}`,
    );
    expect(await argumentsIn(whole)).toEqual([`{"id":${BIG}}`]);
    const { choices } = await folded(await hearWhole(whole));
    expect(choices[0]?.message.tool_calls?.[0]?.function.arguments).toBe(`{"id":${BIG}}`);
    const piece = JSON.stringify(
      part({ functionCall: { partialArgs: [{ jsonPath: '$.id', numberValue: 0 }], willContinue: true } }),
    ).replace('"numberValue":0', `"numberValue":${BIG}`);
    expect(
      await argumentsIn(
        part({ functionCall: { name: 'f', willContinue: true } }),
        piece,
        part({ functionCall: {} }),
      ),
    ).toEqual([`{"id":${BIG}}`]);
  });

  it('takes arguments that are text, or null', async () => {
    expect(await argumentsIn(part({ functionCall: { name: 'f', args: '{"a": 1}' } }))).toEqual(['{"a": 1}']);
    expect(await argumentsIn(part({ functionCall: { name: 'f', args: null } }))).toEqual(['{}']);
  });

  it('that nobody knows the name of is no answer', async () => {
    expect((await hear(part({ functionCall: { args: { a: 1 } } }), END)).error?.code).toBe('bad-response');
    expect((await hear(part({ functionCall: 'f()' }), END)).error?.code).toBe('bad-response');
    expect((await hear(part({ functionCall: {} }), END)).error).toBeUndefined();
    expect(await argumentsIn(part({ functionCall: [{ name: 'f' }, { name: 'g', args: { a: 1 } }] }))).toEqual(
      ['{}', '{"a":1}'],
    );
  });
});

describe('an end', () => {
  it.each([
    'SAFETY',
    'RECITATION',
    'LANGUAGE',
    'BLOCKLIST',
    'PROHIBITED_CONTENT',
    'SPII',
    'IMAGE_SAFETY',
    'IMAGE_RECITATION',
  ])('by %s is the filter’s', async (reason) => {
    const { choices } = await folded(await hear(part({ text: 'a' }), ends(reason)));
    expect(choices[0]).toMatchObject({
      finish_reason: 'content_filter',
      native_finish_reason: reason,
      message: { content: 'a' },
    });
  });

  it.each([
    'OTHER',
    'NO_IMAGE',
    'IMAGE_OTHER',
    'MALFORMED_FUNCTION_CALL',
    'MALFORMED_RESPONSE',
    'UNEXPECTED_TOOL_CALL',
    'TOO_MANY_TOOL_CALLS',
    'NOBODY_KNOWS',
  ])('by %s fails after the text, in the service’s words', async (reason) => {
    const heard = await hear(part({ text: 'a' }), ends(reason, { finishMessage: 'because' }));
    expect(textOf(heard)).toBe('a');
    expect(heard.error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('because') });
    expect((await hear(ends(reason))).error?.code).toBe('bad-response');
    expect((await hearWhole(ends(reason))).error?.code).toBe('bad-response');
  });

  it('for want of a signature is not asked again', async () => {
    const { error } = await hear(ends('MISSING_THOUGHT_SIGNATURE'));
    expect(error).toMatchObject({ code: 'invalid-request', scope: 'provider', retryable: false });
  });

  it.each(['SAFETY', 'OTHER', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'IMAGE_SAFETY'])(
    'by a prompt that is blocked for %s',
    async (blockReason) => {
      const blocked = { promptFeedback: { blockReason } };
      expect((await hear(blocked)).error?.code).toBe('content-filter');
      expect((await hearWhole(blocked)).error?.code).toBe('content-filter');
      const late = await hear(part({ text: 'a' }), blocked);
      expect([textOf(late), late.error?.code]).toEqual(['a', 'content-filter']);
    },
  );

  it('by a prompt that is blocked does not repeat the prompt', async () => {
    const prompt = 'My diagnosis is lupus, and my name is Jane Roe';
    const blockReasonMessage = `The prompt "${prompt}" was blocked`;
    const blocked = { promptFeedback: { blockReason: 'SAFETY', blockReasonMessage } };
    const messages = [{ role: 'user', content: prompt }] as const;
    const { error } = await hearWire(gemini, sse(blocked), {}, { messages });
    expect(error?.message).toMatch(/^\w+: the service refuses the prompt \(SAFETY: The prompt/);
    expect(error?.message).not.toContain('lupus');
  });

  it('without a reason is good in a whole answer that says something', async () => {
    expect((await hearWhole(part({ text: 'a' }))).error).toBeUndefined();
    expect((await hearWhole({ candidates: [{ content: { role: 'model' } }] })).error?.code).toBe(
      'bad-response',
    );
  });

  it('by a failure comes after what was said', async () => {
    const failure = { error: { code: 503, message: 'busy', status: 'UNAVAILABLE' } };
    for (const heard of [
      await hear(part({ text: 'a' }), END, failure),
      await hear({ ...part({ text: 'a' }), ...failure }),
      await hear(part({ text: 'a' }), JSON.stringify([failure])),
      await hear(part({ text: 'a' }), { message: 'upstream unavailable' }),
      await hearWhole({ ...part({ text: 'a' }), ...failure }),
    ]) {
      expect(textOf(heard)).toBe('a');
      expect(heard.error?.code).toBe('server');
    }
  });
});

describe('documents of a search', () => {
  const groundingChunks = [
    {
      retrievedContext: { title: 'Manual', text: 'Press the button.', fileSearchStore: 'fileSearchStores/1' },
    },
    { retrievedContext: { title: 'Manual', text: 'Wait.' } },
    { web: { uri: 'https://e.example', title: 'E' } },
  ];
  const groundingMetadata = {
    groundingChunks,
    groundingSupports: [
      { segment: { startIndex: 0, endIndex: 3, text: 'Yes' }, groundingChunkIndices: [1, 2] },
    ],
  };

  const annotationsIn = async (...payloads: readonly object[]) =>
    (await folded(await hear(...payloads, END))).choices[0]?.message.annotations;

  it('without an address keep title and text, and what they support its place', async () => {
    for (const heard of [
      await hear(part({ text: 'Yes' }), ends('STOP', { groundingMetadata })),
      await hear(part({ text: 'Yes' }, { groundingMetadata }), ends('STOP', { groundingMetadata })),
      await hearWhole(part({ text: 'Yes' }, { finishReason: 'STOP', groundingMetadata })),
    ]) {
      const [choice] = (await folded(heard)).choices;
      const place = { start_index: 0, end_index: 3 };
      expect(choice?.message.annotations).toEqual([
        { type: 'file_citation', file_citation: { title: 'Manual', text: 'Press the button.' } },
        { type: 'file_citation', file_citation: { title: 'Manual', text: 'Wait.', ...place } },
        { type: 'url_citation', url_citation: { url: 'https://e.example', title: 'E', ...place } },
      ]);
      expect(extraOf(choice).groundingMetadata).toEqual(groundingMetadata);
    }
  });

  it('with a long address are told once, and again only for so many places', async () => {
    const places = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        segment: { endIndex: at + 1 },
        groundingChunkIndices: [0, 1, 0],
      }));
    const pages = [`https://e.example/${'x'.repeat(20_000)}`, 'https://f.example'];
    const given = (count: number) => ({
      groundingChunks: pages.map((uri) => ({ web: { uri } })),
      groundingSupports: places(count),
    });
    const told = async (count: number) => {
      const annotations = await annotationsIn(
        part({ text: 'a'.repeat(1000) }),
        part({ text: '' }, { groundingMetadata: given(count) }),
      );
      return pages.map((page) => annotations?.filter((one) => JSON.stringify(one).includes(page)).length);
    };
    expect(await told(40)).toEqual([40, 40]);
    const [long = 0, short] = await told(1000);
    expect(long * 20_000).toBeLessThan(1_100_000);
    expect(short).toBeGreaterThan(0);
  });

  it('support places that are counted in bytes, over all pieces of the text', async () => {
    const text = ['Grüße ', '😀. ', 'Von ', 'mir.'];
    const whole = Buffer.from(text.join(''));
    const support = (words: string, more: object = {}): object => {
      const startIndex = whole.indexOf(words);
      const endIndex = startIndex + Buffer.byteLength(words);
      return {
        segment: { ...(startIndex > 0 && { startIndex }), endIndex, ...more },
        groundingChunkIndices: [0],
      };
    };
    const supports = [support('Grüße'), support('😀.', { text: '😀.' }), support('Von', { text: 'Nov' })];
    const given = {
      groundingChunks: [{ web: { uri: 'https://e.example' } }],
      groundingSupports: [...supports, { segment: { endIndex: 999 }, groundingChunkIndices: [0, 7] }],
    };
    const cited = (start_index: number, end_index: number) => ({
      type: 'url_citation',
      url_citation: { url: 'https://e.example', start_index, end_index },
    });
    expect(
      await annotationsIn(
        part({ text: 'Hm: ', thought: true }),
        ...text.map((piece) => part({ text: piece })),
        part({ text: '' }, { groundingMetadata: given }),
        part({ text: '' }, { groundingMetadata: { ...given, webSearchQueries: ['x'] } }),
      ),
    ).toEqual([cited(0, 5), cited(6, 9)]);
  });
});
