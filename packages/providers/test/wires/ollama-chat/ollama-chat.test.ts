// What Ollama says, line by line, as its documentation shows it: https://docs.ollama.com/api/chat
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ollamaChat } from '../../../src/wires/ollama-chat/index.ts';
import { folded, hearWire, type Said, textOf } from '../hear-wire.ts';

const AT = '2025-07-07T20:22:19.184789Z';
const line = (payload: unknown): string => `${JSON.stringify(payload)}\n`;
const says = (message: object, more: object = {}): string =>
  line({
    model: 'qwen3',
    created_at: AT,
    message: { role: 'assistant', content: '', ...message },
    done: false,
    ...more,
  });
const COUNTS = {
  total_duration: 182242375,
  load_duration: 41295167,
  prompt_eval_count: 169,
  prompt_eval_duration: 24573166,
  eval_count: 15,
  eval_duration: 115959084,
};
const ends = (reason: string | undefined = 'stop', more: object = COUNTS): string =>
  says({}, { done: true, ...(reason !== '' && { done_reason: reason }), ...more });
const calls = (name: string, args: unknown, more: object = {}): string =>
  says({ tool_calls: [{ ...more, function: { name, arguments: args } }] });

const hear = (body: string, said: Said = {}, request = {}) => hearWire(ollamaChat, body, said, request);

describe('an answer', () => {
  it('is text, and what it cost', async () => {
    const { events, error } = await hear(says({ content: 'Hel' }) + says({ content: 'lo' }) + ends());
    expect(error).toBeUndefined();
    expect(events).toEqual([
      { type: 'answer-start', model: 'qwen3', created: 1751919739 },
      { type: 'text-delta', text: 'Hel' },
      { type: 'text-delta', text: 'lo' },
      { type: 'finish', reason: 'stop', rawReason: 'stop' },
      {
        type: 'usage',
        usage: {
          prompt_tokens: 169,
          completion_tokens: 15,
          total_tokens: 184,
          total_duration: 182242375,
          load_duration: 41295167,
          prompt_eval_duration: 24573166,
          eval_duration: 115959084,
          native: COUNTS,
        },
      },
    ]);
  });

  it('comes in one piece when it is asked to', async () => {
    const body = says({ content: 'Hello', thinking: 'hm' }, { done: true, done_reason: 'stop' });
    const answer = await folded(
      await hear(body.trim(), { type: 'application/json; charset=utf-8' }, { stream: false }),
    );
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: 'Hello', reasoning: 'hm' },
    });
  });

  it('has its reasoning apart, named or in tags', async () => {
    const heard = await hear(
      says({ thinking: 'Let me ' }) +
        says({ thinking: 'see.' }) +
        says({ content: '<thi' }) +
        says({ content: 'nk> more</think>42' }) +
        ends(),
    );
    expect(textOf(heard, 'reasoning-delta')).toBe('Let me see. more');
    expect(textOf(heard)).toBe('42');
  });

  it('is text, of whatever JSON type', async () => {
    const odd = [1, true, ['a', { type: 'text', text: 'b' }], { text: 'c' }].map((content) =>
      says({ content }),
    );
    const heard = await hear(odd.join('') + line({ message: 'd' }) + says({ thinking: ['h', 'm'] }) + ends());
    expect([textOf(heard), textOf(heard, 'reasoning-delta')]).toEqual(['1trueabcd', 'hm']);
    const unreadable = await hear(says({ content: 'a' }) + says({ content: { odd: 1 } }) + ends());
    expect([textOf(unreadable), unreadable.error?.code]).toEqual(['a', 'bad-response']);
  });

  it('is given before the failure that stands beside it', async () => {
    const heard = await hear(says({ content: 'a' }, { error: 'out of memory' }));
    expect([textOf(heard), heard.error?.code]).toEqual(['a', 'server']);
  });

  it.each([
    ['stop', 'stop', 'stop'],
    ['length', 'length', 'length'],
    ['tool_calls', 'tool_calls', 'tool_calls'],
    ['', 'stop', undefined],
  ])('that ends with %j finishes with %s', async (done_reason, reason, rawReason) => {
    const { events } = await hear(says({ content: 'a' }) + ends(done_reason, {}));
    expect(events.at(-1)).toEqual({
      type: 'finish',
      reason,
      ...(rawReason !== undefined && { rawReason }),
    });
  });

  it('is over at its end line, though the connection stays open or breaks', async () => {
    const { events, error } = await hear(`${says({ content: 'a' })}${ends()}`, { breaks: true });
    expect(error).toBeUndefined();
    expect(events.at(-1)?.type).toBe('usage');
  });

  it.each(['load', 'unload', 'error', 'cancelled', 'nobody knows'])(
    'that ends with %j fails after its text',
    async (reason) => {
      const heard = await hear(says({ content: 'a' }) + ends(reason));
      expect(textOf(heard)).toBe('a');
      expect(heard.error?.code).toMatch(/^(bad-response|server)$/);
      expect((await hear(ends(reason))).error?.code).toMatch(/^(bad-response|server)$/);
    },
  );

  it.each([3, { type: 'stop' }, ['stop', '?']])(
    'that ends with %j, which is no word, fails',
    async (done_reason) => {
      const heard = await hear(says({ content: 'a' }) + says({}, { done: true, done_reason }));
      expect([textOf(heard), heard.error?.code]).toEqual(['a', 'bad-response']);
    },
  );

  it('that says nothing and not why it ended is none', async () => {
    expect((await hear(ends(''))).error?.code).toBe('bad-response');
    expect((await hear(ends('stop'))).error).toBeUndefined();
  });

  it('may hold nothing: a model that was only to be loaded', async () => {
    const { events, error } = await hear(ends('load', {}), {}, { messages: [] });
    expect(error).toBeUndefined();
    expect(events.map(({ type }) => type)).toEqual(['answer-start', 'finish']);
  });
});

describe('what has no event of its own', () => {
  it('is kept: log probabilities, pictures, fields nobody knows', async () => {
    const logprobs = [{ token: 'a', logprob: -0.1 }];
    const { events } = await hear(
      says({ content: 'a', tone: 'warm' }, { logprobs }) + says({ images: ['iVBORw0KGgo='] }) + ends(),
    );
    expect(events).toContainEqual({ type: 'aside', extra: { choice: { logprobs: { content: logprobs } } } });
    expect(events).toContainEqual({ type: 'aside', extra: { delta: { tone: 'warm' } } });
    expect(events).toContainEqual({
      type: 'media',
      mediaType: 'image/png',
      url: 'data:image/png;base64,iVBORw0KGgo=',
    });
  });

  it('is told once where every line repeats it', async () => {
    const where = { remote_model: 'gpt-oss:120b', remote_host: 'https://ollama.com:443' };
    const { events } = await hear(
      says({ content: 'a' }, where) + says({ content: 'b' }, where) + says({ content: 'c' }, where) + ends(),
    );
    expect(events.filter(({ type }) => type === 'aside')).toEqual([
      { type: 'aside', extra: { chunk: where } },
    ]);
  });
});

describe('what goes wrong', () => {
  it.each<[string, string, string, string | RegExp]>([
    ['an error in mid-stream', says({ content: 'a' }) + line({ error: 'out of memory' }), 'a', 'server'],
    ['a service before it fails', line({ detail: 'upstream is gone' }), '', 'server'],
    ['a malformed line', `${says({ content: 'a' })}{"model":\n${ends()}`, 'a', 'bad-response'],
    ['an end without the end line', says({ content: 'a' }), 'a', 'stream-truncated'],
    ['half an end line', says({ content: 'a' }) + ends().slice(0, -20), 'a', 'stream-truncated'],
    ['calls without the end line', calls('weather', {}), '', 'stream-truncated'],
    ['nothing', '', '', 'bad-response'],
    ['a web page', '<!doctype html><title>Welcome</title>', '', 'bad-response'],
    ['a tag that never ends', says({ content: 'a <thi' }), 'a <thi', 'stream-truncated'],
  ])('%s', async (_name, body, text, code) => {
    const heard = await hear(body);
    expect(textOf(heard)).toBe(text);
    expect(heard.error?.code).toBe(code);
    expect(heard.error?.message).toMatch(/^acme: [^\n]+\.$/);
    expect(heard.events.some(({ type }) => type === 'finish')).toBe(false);
  });

  it.each([
    [400, { error: 'json: cannot unmarshal' }, 'invalid-request'],
    [404, { error: 'model "llama9" not found, try pulling it first' }, 'model-not-found'],
    [401, { error: 'unauthorized' }, 'auth'],
    [500, { error: 'llama runner process has terminated' }, 'server'],
    [503, { error: 'server busy, please try again.' }, 'server'],
  ])('a refusal with %i in its words', async (status, body, code) => {
    const { error } = await hear(JSON.stringify(body), { status, type: 'application/json' });
    expect(error).toMatchObject({ code, status, message: expect.stringContaining(body.error.slice(0, 20)) });
  });

  it.each([
    ['no message', line({ model: 'm', created_at: AT, done: false })],
    ['a message of null', line({ message: null, done: false })],
    ['no time', line({ message: { content: '' }, done: false })],
    ['a content of null', says({ content: null, thinking: null, tool_calls: null, images: null })],
    ['a call of nothing', says({ tool_calls: [null, {}, { function: null }] })],
    ['log probabilities of null', says({}, { logprobs: null })],
    ['a line that is no object', '42\n[]\nnull\n'],
    ['a line of something else', line({ status: 'loading' })],
    ['blank lines', '\n \r\n'],
  ])('%s is tolerated', async (_name, oddity) => {
    const heard = await hear(
      says({ content: 'a' }) + oddity + says({ content: 'b' }) + oddity + ends('stop', {}),
    );
    expect(heard.error).toBeUndefined();
    expect(textOf(heard)).toBe('ab');
  });
});

describe('however it is cut', () => {
  const lines = [
    says({ thinking: 'hm é' }),
    says({ content: 'a <think>b' }),
    says({ content: 'c</think> 😀' }),
    calls('weather', { city: 'Zürich' }),
    ends(),
  ];

  it('says the same', async () => {
    const whole = (await hear(lines.join(''))).events;
    expect((await hear(lines.join(''), { cut: 1 })).events).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 12 }), async (cut) => {
        expect((await hear(lines.join(''), { cut })).events).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('is never complete before its end line', async () => {
    for (let count = 0; count < lines.length; count++) {
      const { error, events } = await hear(lines.slice(0, count).join(''));
      expect(error?.code).toMatch(/stream-truncated|bad-response/);
      expect(events.some(({ type }) => type === 'finish')).toBe(false);
    }
  });
});

describe('where it is asked', () => {
  it.each([
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434'],
    ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434'],
    ['https://box.example/ollama/v1', 'https://box.example/ollama'],
    ['https://box.example/v1x', 'https://box.example/v1x'],
  ])('%s is %s', (base, expected) => {
    expect(ollamaChat.rebase?.(base)).toBe(expected);
  });

  it('is told the models that were pulled', () => {
    expect(
      ollamaChat.readModel({
        name: 'gemma3',
        model: 'gemma3',
        modified_at: '2025-10-03T23:34:03.409490317-07:00',
      }),
    ).toEqual({ id: 'gemma3', created: 1759559643 });
    expect(ollamaChat.readModel({ name: 'llama3.2:latest' })).toEqual({ id: 'llama3.2:latest' });
    expect(ollamaChat.readModel({})).toBeUndefined();
  });
});
