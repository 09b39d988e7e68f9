// Folding a stream into one answer: nothing lost, nothing twice.
import { expect, it } from 'vitest';
import { Folded } from '../src/fold.ts';
import type { Batch, StreamEvent } from '../src/index.ts';
import { extraOf, fold } from '../src/index.ts';
import { folded, inBatches, START, STOP, text } from './folded.ts';

const message = async (...events: readonly StreamEvent[]) => (await folded(...events)).choices[0]?.message;

it('is one answer in OpenAI’s shape, whatever the batches', async () => {
  const answer = await fold(inBatches([[START, text('Hel')], [], [text('lo')], [STOP]]));
  expect(answer).toEqual({
    id: 'a1',
    object: 'chat.completion',
    created: 7,
    model: 'm',
    provider: 'acme',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'Hello', refusal: null },
        finish_reason: 'stop',
        logprobs: null,
      },
    ],
  });
});

it('makes no words of what a provider says that is no text', async () => {
  const broken = [undefined, null].flatMap((none) => [
    text(none as never),
    { type: 'reasoning-delta', text: none as never } as const,
  ]);
  const said = await message({ type: 'reasoning-delta', text: 'so' }, text('it is'), ...broken);
  expect(said).toMatchObject({ content: 'it is', reasoning: 'so' });
});

it('makes an id and a time where the service gave none', async () => {
  const before = Math.floor(Date.now() / 1000);
  const answer = await fold(inBatches([[{ type: 'answer-start', model: 'm' }, STOP]]));
  expect(answer.id).toMatch(/^chatcmpl-[0-9a-f-]{36}$/);
  expect(answer.created).toBeGreaterThanOrEqual(before);
  expect(answer.created).toBeLessThanOrEqual(Date.now() / 1000);
});

it('keeps reasoning apart from the visible text', async () => {
  const said = await message({ type: 'reasoning-delta', text: 'so ' }, text('42'), {
    type: 'reasoning-delta',
    text: 'it is',
  });
  expect(said).toMatchObject({ content: '42', reasoning: 'so it is' });
});

it('keeps tool calls apart by key, in the order they began, with null content beside them', async () => {
  const piece = (key: string, more: object): StreamEvent => ({ type: 'tool-call-delta', key, ...more });
  const said = await message(
    piece('x', { id: 'c1', name: 'add', arguments: '{"a"' }),
    piece('y', { id: 'c2', name: 'now' }),
    piece('x', { arguments: ':1}' }),
  );
  expect(said?.content).toBeNull();
  expect(said?.tool_calls).toEqual([
    { id: 'c1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } },
    { id: 'c2', type: 'function', function: { name: 'now', arguments: '' } },
  ]);
});

it('gives a call without an id one of its own, and keeps text beside calls', async () => {
  const said = await message(text('One moment.'), { type: 'tool-call-delta', key: '0', name: 'now' });
  expect(said?.content).toBe('One moment.');
  expect(said?.tool_calls?.[0]?.id).toMatch(/^call_[0-9a-f]{32}$/);
});

it('gives the call of a custom tool in both forms, and that of a function in one', async () => {
  const call = { type: 'tool-call-delta', id: 'c1' } as const;
  const said = await message(
    { ...call, key: 'a', name: 'shell', custom: true, fields: { caller: { type: 'direct' } } },
    { ...call, key: 'a', arguments: 'ls', custom: true, fields: { caller: { version: 2 }, status: 'done' } },
    { ...call, key: 'b', id: 'c2', name: 'add', arguments: '{}' },
  );
  expect(said?.tool_calls).toStrictEqual([
    {
      caller: { type: 'direct', version: 2 },
      status: 'done',
      id: 'c1',
      type: 'custom',
      function: { name: 'shell', arguments: 'ls' },
      custom: { name: 'shell', input: 'ls' },
    },
    { id: 'c2', type: 'function', function: { name: 'add', arguments: '{}' } },
  ]);
});

it('never mends arguments that were cut', async () => {
  const said = await message({ type: 'tool-call-delta', key: '0', name: 'f', arguments: '{"a":' });
  expect(said?.tool_calls?.[0]?.function.arguments).toBe('{"a":');
});

it('keeps several choices apart and sorts them, each with its own finish', async () => {
  const answer = await fold(
    inBatches([
      [START, text('B', 1), text('A', 0), text('b', 1)],
      [
        { type: 'finish', reason: 'length', choice: 1 },
        { type: 'finish', reason: 'stop', choice: 0 },
      ],
    ]),
  );
  expect(answer.choices.map((c) => [c.index, c.message.content, c.finish_reason])).toEqual([
    [0, 'A', 'stop'],
    [1, 'Bb', 'length'],
  ]);
});

it('takes the last usage', async () => {
  const usage = (n: number): StreamEvent => {
    const counts = { prompt_tokens: 1, completion_tokens: n, total_tokens: n + 1, queue_time: 0.5 };
    return { type: 'usage', usage: counts };
  };
  const answer = await folded(usage(1), usage(9));
  expect(answer.usage).toEqual({
    prompt_tokens: 1,
    completion_tokens: 9,
    total_tokens: 10,
    queue_time: 0.5,
  });
});

it('takes the usage that comes with the finish', async () => {
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
  const answer = await fold(inBatches([[START, text('a'), { ...STOP, usage }]]));
  expect(answer.usage).toEqual(usage);
});

it('has no field for what was not said', async () => {
  const answer = await folded(text('a'));
  expect(Object.keys(answer)).toEqual(['id', 'object', 'created', 'model', 'provider', 'choices']);
  const [choice] = answer.choices;
  expect(Object.keys(choice ?? {})).toEqual(['index', 'message', 'finish_reason', 'logprobs']);
  expect(Object.keys(choice?.message ?? {})).toEqual(['role', 'content', 'refusal']);
});

it('says which model was asked for, where another one answers', async () => {
  const answer = await fold(inBatches([[{ ...START, requestedModel: 'asked' }, STOP]]));
  expect(answer).toMatchObject({ model: 'm', requested_model: 'asked' });
});

it('names the reason in the words of the service only where they are others', async () => {
  const ends = async (rawReason: string) =>
    (await fold(inBatches([[START, { ...STOP, rawReason }]]))).choices[0];
  expect(await ends('END')).toMatchObject({ finish_reason: 'stop', native_finish_reason: 'END' });
  expect(await ends('stop')).not.toHaveProperty('native_finish_reason');
});

it('replaces what cannot be joined', async () => {
  const says = (value: unknown): StreamEvent => ({ type: 'aside', extra: { delta: { value } } });
  const last = async (...values: unknown[]) => extraOf(await message(...values.map(says))).value;
  expect(await last([1], { a: 1 })).toEqual({ a: 1 });
  expect(await last({ a: 1 }, [1])).toEqual([1]);
  expect(await last({ a: 1 }, null)).toBe(null);
  expect(await last(null, { a: 1 })).toEqual({ a: 1 });
  expect(await last('a', 1)).toBe(1);
});

it('takes no field called `__proto__`', async () => {
  const extra = JSON.parse('{"chunk":{"__proto__":{"forged":true}}}');
  expect(await folded({ type: 'aside', extra })).not.toHaveProperty('forged');
});

it('keeps pictures and sources', async () => {
  const said = await message(
    { type: 'media', mediaType: 'image/png', url: 'data:image/png;base64,AA' },
    { type: 'source', url: 'https://a.example', title: 'A' },
    { type: 'source', url: 'https://b.example' },
    { type: 'source', title: 'Manual', text: 'Press the button.', start: 0, end: 3 },
  );
  expect(said?.images).toEqual([{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }]);
  expect(said?.annotations).toEqual([
    { type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A' } },
    { type: 'url_citation', url_citation: { url: 'https://b.example' } },
    {
      type: 'file_citation',
      file_citation: { title: 'Manual', text: 'Press the button.', start_index: 0, end_index: 3 },
    },
  ]);
});

it('joins what came in pieces outside the known events: text and lists grow, names stay', async () => {
  const logprobs = (token: string) => ({ choice: { logprobs: { content: [{ token }] } } });
  const answer = await folded(
    { type: 'text-delta', text: 'a', extra: logprobs('a') },
    { type: 'text-delta', text: 'b', extra: { ...logprobs('b'), chunk: { service_tier: 'default' } } },
    { type: 'aside', extra: { delta: { refusal: 'I ', audio: { id: 'au1', data: 'AA' } } } },
    { type: 'aside', extra: { delta: { refusal: 'cannot', audio: { id: 'au1', data: 'BB' } } } },
    { type: 'aside', extra: { chunk: { system_fingerprint: 'f1' } } },
  );
  expect(answer).toMatchObject({ service_tier: 'default', system_fingerprint: 'f1' });
  expect(answer.choices[0]?.logprobs).toEqual({ content: [{ token: 'a' }, { token: 'b' }] });
  expect(answer.choices[0]?.message).toMatchObject({
    refusal: 'I cannot',
    audio: { id: 'au1', data: 'AABB' },
  });
});

it('keeps what rides on the start and on the usage report', async () => {
  const answer = await fold(
    inBatches([
      [{ ...START, extra: { chunk: { service_tier: 'flex' }, choice: { seed: 3 } } }],
      [
        STOP,
        {
          type: 'usage',
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
          extra: { choice: { content_filter_results: {} } },
        },
      ],
    ]),
  );
  expect(answer.service_tier).toBe('flex');
  expect(answer.choices[0]).toMatchObject({ seed: 3, content_filter_results: {} });
});

it('opens no choice for what belongs to the answer as a whole', async () => {
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  const answer = await fold(
    inBatches([
      [START, text('b', 1), { type: 'usage', usage }],
      [
        { type: 'aside', extra: { chunk: { service_tier: 'flex' } } },
        { type: 'finish', reason: 'stop', choice: 1 },
      ],
    ]),
  );
  expect(answer.choices.map((c) => c.index)).toEqual([1]);
});

it('lets no extra field overwrite what the answer says itself', async () => {
  const forged = { id: 'forged', model: 'forged', provider: 'forged', choices: [], object: 'forged' };
  const answer = await folded(
    { type: 'text-delta', text: 'a', extra: { chunk: forged, delta: { role: 'user', content: 'forged' } } },
    { type: 'aside', extra: { choice: { index: 9, finish_reason: 'forged', message: 'forged' } } },
  );
  expect(JSON.stringify(answer)).not.toContain('forged');
  expect(answer.choices[0]).toMatchObject({ index: 0, message: { role: 'assistant', content: 'a' } });
});

it('throws what the stream throws', async () => {
  async function* broken(): AsyncGenerator<Batch> {
    yield [START];
    throw new RangeError('cut');
  }
  await expect(fold(broken())).rejects.toThrow('cut');
});

it('has the text beside the tool calls, and null only where calls came without any', async () => {
  const call: StreamEvent = { type: 'tool-call-delta', key: 'a', id: 'c1', name: 'f', arguments: '{}' };
  expect(await message(text('Let me see.'), call)).toMatchObject({ content: 'Let me see.' });
  expect(await message(call)).toMatchObject({ content: null });
  expect(await message()).toMatchObject({ content: '' });
});

it('tells what a choice has said so far, and of none that has said nothing', () => {
  const folded = new Folded();
  for (const event of [START, text('Hel'), text('lo')]) folded.add(event);
  expect(folded.choice(0)?.text).toBe('Hello');
  expect(folded.choice(1)).toBeUndefined();
});
