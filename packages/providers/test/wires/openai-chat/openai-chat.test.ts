// A good answer over the OpenAI wire: when it ends, what it cost, and what is kept of what else was said.
import { describe, expect, it, vi } from 'vitest';
import { contextOf, startService, until } from '../../http/service.ts';
import {
  acme,
  asking,
  calls,
  DONE,
  finishes,
  finishIn,
  type Heard,
  hear,
  leavesOpen,
  reasoningIn,
  says,
  sse,
  streams,
  textIn,
  usageIn,
} from '../acme.ts';

const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };

/** Reads while no timer of the 2 s fires that an unfinished end is waited for: an answer that waits for it never ends. */
const atOnce = async (answer: Parameters<typeof hear>[0]): Promise<Heard> => {
  const { setTimeout } = globalThis;
  vi.stubGlobal('setTimeout', (tell: (...told: unknown[]) => void, ms: number, ...told: unknown[]) =>
    setTimeout(tell, ms > 1500 && ms <= 2000 ? 2 ** 30 : ms, ...told),
  );
  try {
    return await hear(answer);
  } finally {
    vi.unstubAllGlobals();
  }
};

describe('the end of an answer', () => {
  it('is [DONE], at once, though the socket stays open; the socket is closed', async () => {
    const heard = await atOnce(leavesOpen(sse(says('a'), finishes('stop'), DONE)));
    expect(heard.error).toBeUndefined();
    expect(textIn(heard)).toBe('a');
    await until(() => heard.service.left.count === 1);
  });

  it('is what follows [DONE] no more', async () => {
    const heard = await hear(streams(sse(says('a', 'stop'), DONE, '{"oops', says('b'))));
    expect(heard.error).toBeUndefined();
    expect(textIn(heard)).toBe('a');
  });

  it('ends after its finish as well where all its text is held back, because it may be reasoning', async () => {
    const heard = await hear(leavesOpen(sse(says('a', 'stop'))), { model: 'deepseek-r1' });
    expect([textIn(heard), heard.error]).toEqual(['a', undefined]);
  });

  it('without [DONE] is 2 s of silence after the finish', async () => {
    const since = performance.now();
    const heard = await hear(leavesOpen(sse(says('a', 'stop'))));
    // How long exactly, a clock of its own measures in http/answer.test.ts.
    expect(performance.now() - since).toBeGreaterThan(1900);
    expect(heard.error).toBeUndefined();
    expect(finishIn(heard)).toBe('stop');
    await until(() => heard.service.left.count === 1);
  });

  it('takes the usage that comes a while after the finish', async () => {
    const heard = await hear(
      leavesOpen(sse(says('a', 'stop')), (response) => {
        setTimeout(() => response.end(sse({ choices: [], usage })), 50);
      }),
    );
    expect(usageIn(heard)).toEqual(usage);
  });

  it('takes the usage that came while the reader was slow', async () => {
    const service = await startService(
      leavesOpen(sse(says('a', 'stop')), (response) => {
        setTimeout(() => response.write(sse({ choices: [], usage }, DONE)), 100);
      }),
    );
    const events = [];
    for await (const batch of acme(service.url).chat(asking(), contextOf())) {
      events.push(...batch);
      if (events.length < 4) await new Promise((resolve) => setTimeout(resolve, 2300));
    }
    expect(usageIn({ events })).toEqual(usage);
  });

  it('comes at once for a compressed answer, too', async () => {
    const { gzipSync, constants } = await import('node:zlib');
    const heard = await atOnce((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      response.write(gzipSync(sse(says('a', 'stop'), DONE), { finishFlush: constants.Z_SYNC_FLUSH }));
    });
    expect(textIn(heard)).toBe('a');
    await until(() => heard.service.left.count === 1);
  });

  it('is left to the caller, who may break at any time', async () => {
    const service = await startService(leavesOpen(sse(says('a'))));
    for await (const _ of acme(service.url).chat(asking(), contextOf())) break;
    await until(() => service.left.count === 1);
  });

  it('hands on each piece when it comes', async () => {
    let more: (() => void) | undefined;
    const service = await startService(
      leavesOpen(sse(says('a')), (response) => {
        more = () => response.end(sse(says('b', 'stop'), DONE));
      }),
    );
    const got: string[] = [];
    for await (const batch of acme(service.url).chat(asking(), contextOf())) {
      got.push(textIn({ events: batch }));
      more?.();
    }
    expect(got).toEqual(['a', 'b']);
  });
});

describe('token counts', () => {
  const after = (payload: unknown) => hear(streams(sse(says('a', 'stop'), payload, DONE)));

  it.each<[string, unknown, unknown]>([
    ['in a chunk of its own', { choices: [], usage }, usage],
    ['without choices', { usage }, usage],
    ['under x_groq', { choices: [], x_groq: { id: 'r', usage } }, usage],
    ['in the choice', { choices: [{ index: 0, delta: {}, usage }] }, usage],
    [
      'with details that are null',
      { choices: [], usage: { ...usage, prompt_tokens_details: null, completion_tokens_details: null } },
      usage,
    ],
    [
      'in Anthropic’s words',
      { usage: { input_tokens: 1, output_tokens: 2 } },
      { ...usage, input_tokens: 1, output_tokens: 2 },
    ],
    ['without a total', { usage: { prompt_tokens: 1, completion_tokens: 2 } }, usage],
    [
      'with the prompt missing',
      { usage: { prompt_tokens: null, completion_tokens: 2 } },
      { prompt_tokens: 0, completion_tokens: 2, total_tokens: 2 },
    ],
    [
      'with DeepSeek’s cache',
      { usage: { ...usage, prompt_cache_hit_tokens: 1 } },
      { ...usage, prompt_cache_hit_tokens: 1, prompt_tokens_details: { cached_tokens: 1 } },
    ],
    [
      'with reasoning beside',
      { usage: { ...usage, reasoning_tokens: 2, completion_tokens_details: { audio_tokens: 0 } } },
      { ...usage, completion_tokens_details: { audio_tokens: 0, reasoning_tokens: 2 } },
    ],
    ['that say nothing', { choices: [], usage: {} }, undefined],
    ['that are no object', { choices: [], usage: 'many' }, undefined],
  ])('%s', async (_name, payload, expected) => {
    const { native: _, ...sums } = Object(usageIn(await after(payload)));
    expect(sums).toEqual(expected ?? {});
  });

  it('are beside the service’s own where they are not those', async () => {
    const own = { ...usage, prompt_cache_hit_tokens: 1 };
    expect(usageIn(await after({ usage: own }))).toHaveProperty('native', own);
    expect(usageIn(await after({ usage }))).not.toHaveProperty('native');
  });

  it('count the last time they are told', async () => {
    const first = { ...usage, total_tokens: 1 };
    const heard = await hear(streams(sse({ choices: [], usage: first }, says('a', 'stop'), { usage }, DONE)));
    expect(heard.events.filter(({ type }) => type === 'usage')).toHaveLength(1);
    expect(usageIn(heard)).toEqual(usage);
  });
});

describe('what the answer says', () => {
  it('keeps white space as it is', async () => {
    const text = '  a\n\n\tb  \r\n ';
    expect(textIn(await hear(streams(sse(...[...text].map((one) => says(one)), DONE))))).toBe(text);
  });

  it('names id, model and time of the service', async () => {
    const { events } = await hear(streams(sse(says('a', 'stop'))));
    expect(events[0]).toEqual({ type: 'answer-start', id: 'c1', created: 7, model: 'm-1' });
  });

  it('names the model that was asked for if the service names none', async () => {
    const { events } = await hear(streams(sse(finishes('stop'))));
    expect(events[0]).toEqual({ type: 'answer-start', model: 'asked-for' });
  });

  it.each([
    [{ reasoning: 'hm' }],
    [{ reasoning_content: 'hm' }],
    [{ reasoning_content: 'hm', reasoning: 'hm' }],
    [{ content: '<think>hm</think>' }],
    [{ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }],
  ])('tells reasoning in %j from text', async (delta) => {
    const heard = await hear(streams(sse({ choices: [{ delta }] }, says('so', 'stop'))));
    expect([reasoningIn(heard), textIn(heard)]).toEqual(['hm', 'so']);
  });

  it('reads content in parts, and loses none of them', async () => {
    const reference = { type: 'reference', reference_ids: [1] };
    const content = [
      { type: 'text', text: 'a' },
      reference,
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
      { type: 'text', text: 'b' },
    ];
    const heard = await hear(streams(sse({ choices: [{ delta: { content } }] }, finishes('stop'))));
    expect(textIn(heard)).toBe('ab');
    expect(heard.events).toContainEqual({ type: 'aside', extra: { delta: { content_parts: [reference] } } });
    expect(heard.events).toContainEqual({
      type: 'media',
      mediaType: 'image/png',
      url: 'data:image/png;base64,AA',
    });
  });

  it('keeps what has no event of its own beside the event it came with', async () => {
    const { events } = await hear(
      streams(
        sse(
          { choices: [], prompt_filter_results: [1] },
          {
            system_fingerprint: 'f',
            choices: [{ index: 0, delta: { content: 'a', refusal: 'r' }, logprobs: { content: [] } }],
          },
          finishes('stop'),
        ),
      ),
    );
    expect(events[1]).toEqual({
      type: 'text-delta',
      text: 'a',
      extra: {
        chunk: { prompt_filter_results: [1], system_fingerprint: 'f' },
        choice: { logprobs: { content: [] } },
        delta: { refusal: 'r' },
      },
    });
  });

  it('lets no service slip fields in by a prototype', async () => {
    const raw =
      '{"__proto__":{"usage":1,"slipped":true},"x":1,"choices":[{"index":0,"delta":{"content":"a"}}]}';
    const { events } = await hear(streams(sse(raw, finishes('stop'))));
    const fields = events[1]?.extra?.chunk ?? {};
    expect(fields.x).toBe(1);
    expect('slipped' in fields).toBe(false);
  });

  it.each([
    ['stop', 'stop'],
    ['end_turn', 'stop'],
    ['LENGTH', 'length'],
    ['max_tokens', 'length'],
    ['tool_use', 'tool_calls'],
    ['content_filter', 'content_filter'],
    ['sensitive', 'content_filter'],
    ['TOOL_USE', 'tool_calls'],
    ['image_safety', 'content_filter'],
  ])('finish reason %s is %s', async (raw, reason) => {
    const { events } = await hear(streams(sse(says('a', raw))));
    expect(events.at(-1)).toEqual({ type: 'finish', reason, rawReason: raw });
  });

  it('without a finish reason ends as what it was', async () => {
    expect(finishIn(await hear(streams(sse(says('a'), DONE))))).toBe('stop');
    const call = calls({ index: 0, id: 'x', function: { name: 'f', arguments: '{}' } });
    expect(finishIn(await hear(streams(sse(call, DONE))))).toBe('tool_calls');
  });
});
