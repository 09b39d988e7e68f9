// A service that passes over `n`: its one answer is good, and the caller is told that others are missing.
import { describe, expect, it } from 'vitest';
import moonshot from '../../src/backends/moonshot.ts';
import { gemini } from '../../src/wires/gemini/index.ts';
import { openaiChat } from '../../src/wires/openai-chat/index.ts';
import { createFakeContext } from '../backends/fake-context.ts';
import { DONE, says, sse } from './acme.ts';
import { hearWire, textOf } from './hear-wire.ts';

const FEWER = 'n: 2 answers were asked for, and 1 came.';
const choice = (index: number) => ({ index, message: { content: 'Hi' }, finish_reason: 'stop' });
const candidate = (index: number) => ({
  index,
  content: { parts: [{ text: 'Hi' }] },
  finishReason: 'STOP',
});
const chat = (...indexes: readonly number[]): string => JSON.stringify({ choices: indexes.map(choice) });
const candidates = (...indexes: readonly number[]): string =>
  JSON.stringify({ candidates: indexes.map(candidate) });

describe('one answer where two were asked for', () => {
  it.each([
    ['a whole chat', openaiChat, chat(0)],
    ['a streamed chat', openaiChat, sse(says('Hi', 'stop'), DONE)],
    ['a whole answer of Gemini', gemini, candidates(0)],
  ])('%s is warned of', async (_name, wire, body) => {
    const heard = await hearWire(wire, body, {}, { n: 2 });
    expect(heard.error).toBeUndefined();
    expect(textOf(heard)).toBe('Hi');
    expect(heard.warnings).toEqual([FEWER]);
  });

  it('is told once, where the service is known not to take n', async () => {
    const warnings: string[] = [];
    const context = {
      ...createFakeContext({ body: chat(0) }, { apiKey: 'sk-1' }),
      warn: (message: string) => void warnings.push(message),
    };
    const messages = [{ role: 'user', content: 'hi' }] as const;
    const asking = { model: 'kimi-k3', messages, stream: false, n: 2 };
    for await (const _ of moonshot.chat?.(asking, context) ?? []);
    expect(warnings).toEqual(['this model does not take n: not sent.']);
  });
});

it.each([
  ['one of one', openaiChat, chat(0), 1],
  ['one where nothing was said', openaiChat, chat(0), undefined],
  ['two of two', openaiChat, chat(0, 1), 2],
  ['two of two, of Gemini', gemini, candidates(0, 1), 2],
])('nothing is told of %s', async (_name, wire, body, n) => {
  const { error, warnings } = await hearWire(wire, body, {}, n === undefined ? {} : { n });
  expect({ error, warnings }).toEqual({ error: undefined, warnings: [] });
});
