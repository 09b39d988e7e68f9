// The places of tool calls: index, id, type and name once per call, then only what is new.
import { expect, it } from 'vitest';
import { createToolCallOrder } from '../src/tool-call-order.ts';

it('gives calls their indexes in the order in which they began, whatever their keys', () => {
  const order = createToolCallOrder();
  const piece = (key: string) => order.place({ type: 'tool-call-delta', key }).index;
  expect([piece('b'), piece('a'), piece('b'), piece('c'), piece('a')]).toEqual([0, 1, 0, 2, 1]);
});

it('counts each choice by itself', () => {
  const order = createToolCallOrder();
  expect(order.place({ type: 'tool-call-delta', key: 'a' }).index).toBe(0);
  expect(order.place({ type: 'tool-call-delta', key: 'a', choice: 1 }).index).toBe(0);
  expect(order.place({ type: 'tool-call-delta', key: 'b', choice: 1 }).index).toBe(1);
});

it('says id, type and name with the first piece and only arguments after it', () => {
  const order = createToolCallOrder();
  const first = order.place({ type: 'tool-call-delta', key: '0', id: 'call_1', name: 'add' });
  expect(first).toEqual({
    index: 0,
    id: 'call_1',
    type: 'function',
    function: { name: 'add', arguments: '' },
  });
  const more = order.place({ type: 'tool-call-delta', key: '0', id: 'call_1', arguments: '{}' });
  expect(more).toEqual({ index: 0, function: { arguments: '{}' } });
});

it.each([undefined, ''])('makes an id up where the service gave %j', (id) => {
  const order = createToolCallOrder();
  const named = (key: string) =>
    order.place({ type: 'tool-call-delta', key, ...(id !== undefined && { id }) }).id;
  const ids = [named('0'), named('1')];
  expect(ids[0]).toMatch(/^call_[0-9a-f]{32}$/);
  expect(ids[0]).not.toBe(ids[1]);
});

it('says the input of a custom tool as OpenAI does, beside the function that others read', () => {
  const order = createToolCallOrder();
  const event = { type: 'tool-call-delta', key: '0', custom: true } as const;
  expect(order.place({ ...event, id: 'call_1', name: 'shell' })).toStrictEqual({
    index: 0,
    id: 'call_1',
    type: 'custom',
    custom: { name: 'shell' },
    function: { name: 'shell', arguments: '' },
  });
  expect(order.place({ ...event, arguments: 'ls' })).toStrictEqual({
    index: 0,
    custom: { input: 'ls' },
    function: { arguments: 'ls' },
  });
});

it('says nothing of custom tools in a call of a function', () => {
  const piece = { type: 'tool-call-delta', key: '0', id: 'call_1' } as const;
  expect(createToolCallOrder().place(piece)).toStrictEqual({
    index: 0,
    id: 'call_1',
    type: 'function',
    function: { arguments: '' },
  });
});
