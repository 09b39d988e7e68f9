// The pages of an answer are told once each, however often the service names them: Perplexity's and xAI's shapes.
import type { Source, StreamEvent } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { openaiChat } from '../../../src/wires/openai-chat/index.ts';
import { DONE, finishes, says, sse } from '../acme.ts';
import { folded, hearWire } from '../hear-wire.ts';

const A = 'https://a.example';
const B = 'https://b.example';

const hear = (...payloads: readonly unknown[]) => hearWire(openaiChat, sse(...payloads, DONE));
const sourcesIn = (events: readonly StreamEvent[]): readonly Source[] =>
  events.filter((event) => event.type === 'source');
const citing = (content: string, beside: object): object => ({ ...Object(says(content)), ...beside });

describe('the pages of an answer', () => {
  it('are told once, where every payload repeats them', async () => {
    const beside = {
      citations: [A, B],
      search_results: [
        { title: 'First', url: A, date: '2026-01-01' },
        { title: null, url: B },
      ],
    };
    const { events } = await hear(
      citing('a', beside),
      citing('b', beside),
      citing('c', beside),
      finishes('stop'),
    );
    expect(sourcesIn(events)).toEqual([
      { type: 'source', url: A, title: 'First' },
      { type: 'source', url: B },
    ]);
    expect(events.every(({ extra }) => extra?.chunk === undefined)).toBe(true);
  });

  it('may come one after the other, and as late as the last payload', async () => {
    const { events, error } = await hear(citing('a', { citations: [A] }), says('b'), {
      ...Object(finishes('stop')),
      citations: [A, B],
    });
    expect(error).toBeUndefined();
    expect(sourcesIn(events).map(({ url }) => url)).toEqual([A, B]);
  });

  it('may have long addresses that differ in one character', async () => {
    const pages = [...'abcd'].map((letter) => `${A}/${'x'.repeat(9000)}${letter}${'x'.repeat(9000)}`);
    const { events } = await hear(
      citing('a', { citations: pages }),
      citing('b', { citations: pages }),
      finishes('stop'),
    );
    expect(sourcesIn(events).map(({ url }) => url)).toEqual(pages);
  });

  it('may be objects', async () => {
    const { events } = await hear(citing('a', { citations: [{ url: A, title: 'First' }] }), finishes('stop'));
    expect(sourcesIn(events)).toEqual([{ type: 'source', url: A, title: 'First' }]);
  });

  it('that come after the finish reason still come before the end', async () => {
    const { events, error } = await hear(says('a', 'stop'), { choices: [], citations: [A] });
    expect(error).toBeUndefined();
    expect(events.slice(-2)).toMatchObject([{ type: 'source', url: A }, { type: 'finish' }]);
  });

  it('stand in a whole body as well', async () => {
    const body = {
      ...Object(says('a', 'stop')),
      choices: [{ index: 0, message: { content: 'a' }, finish_reason: 'stop' }],
      citations: [A],
    };
    const { events } = await hearWire(openaiChat, JSON.stringify(body), { type: 'application/json' });
    expect(sourcesIn(events)).toEqual([{ type: 'source', url: A }]);
    await expect(folded({ events })).resolves.toBeDefined();
  });

  it.each([[null], [[]], ['x'], [[null, 1, {}, { url: '' }]], [{}]])('%j names none', async (citations) => {
    const { events, error } = await hear(
      citing('a', { citations, search_results: citations }),
      finishes('stop'),
    );
    expect(error).toBeUndefined();
    expect(sourcesIn(events)).toEqual([]);
  });
});
