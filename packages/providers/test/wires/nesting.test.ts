// What a service says is never nested so deeply that reading it ends the stack: on every wire, streamed and whole.
import { describe, expect, it } from 'vitest';
import { isTooDeep } from '../../src/http/text/json-scan.ts';
import { loadWire, WIRE_NAMES } from '../../src/provider/named-wire.ts';
import { gemini } from '../../src/wires/gemini/index.ts';
import { encodedText, user } from './encoded.ts';
import { hearWire, textOf } from './hear-wire.ts';

const nested = (depth: number, [open, close] = ['[', ']']): string =>
  open.repeat(depth) + close.repeat(depth);

describe.each(WIRE_NAMES)('%s', (name) => {
  it.each([
    ['lists', ['[', ']']],
    ['objects', ['{"a":', '}']],
  ] as const)('refuses %s inside each other', async (_name, [open, close]) => {
    const wire = await loadWire(name);
    const body = `{"type":"response.created","candidates":[],"choices":[],"message":{"x":${open.repeat(20_000)}1${close.repeat(20_000)}}}`;
    for (const { error } of [
      await hearWire(wire, body, { type: 'application/json' }, { stream: false }),
      await hearWire(wire, `data: ${body}\n\n`, { type: 'text/event-stream' }),
      await hearWire(wire, `event: error\ndata: ${body}\n\n`, { type: 'text/event-stream' }),
      await hearWire(wire, `data: ${body}\ndata: ${body}\n\n`, { type: 'text/event-stream' }),
    ])
      expect(error?.code).toBe('bad-response');
  });
});

it.each(WIRE_NAMES)('sends what was nested too deeply over %s as text', async (name) => {
  const deep = `{"a":${nested(20_000)}}`;
  const call = { id: 'c', type: 'function', function: { name: 'f', arguments: deep } } as const;
  const messages = [
    user('hi'),
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'c', content: deep },
  ] as const;
  expect(encodedText(await loadWire(name), { messages }).text).toContain('[[[[');
});

it('takes what is nested as deeply as the limit', () => {
  expect([199, 200, 201].map((depth) => isTooDeep(JSON.parse(nested(depth))))).toEqual([false, false, true]);
});

it('keeps what a whole answer said before it went wrong, and what of it was held back', async () => {
  const parts = [{ text: 'hm. Hello' }, { text: { odd: 1 } }];
  const body = JSON.stringify({ candidates: [{ content: { parts }, finishReason: 'STOP' }] });
  const given = { stream: false, model: 'deepseek-r1' };
  const heard = await hearWire(gemini, body, { type: 'application/json' }, given);
  expect(textOf(heard)).toBe('hm. Hello');
  expect(heard.error?.code).toBe('bad-response');
});
