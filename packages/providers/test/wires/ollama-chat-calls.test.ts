// The calls in what Ollama says: https://docs.ollama.com/capabilities/tool-calling
import { describe, expect, it } from 'vitest';
import { ollamaChat } from '../../src/wires/ollama-chat/index.ts';
import { folded, hearWire } from './hear-wire.ts';

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
const ends = (reason = 'stop'): string => says({}, { done: true, done_reason: reason });
const calls = (name: string, args: unknown, more: object = {}): string =>
  says({ tool_calls: [{ ...more, function: { name, arguments: args } }] });

const hear = (body: string) => hearWire(ollamaChat, body);

describe('tool calls', () => {
  it('are whole, each with an id, and change why the answer ended', async () => {
    const heard = await hear(
      calls('weather', { city: 'Tokyo' }) +
        calls('weather', { city: 'Paris' }) +
        calls('clock', {}, { id: 'call_x' }) +
        ends(),
    );
    const { choices } = await folded(heard);
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    expect(choices[0]?.message.tool_calls).toEqual([
      {
        id: 'ollama-1751919739184-0',
        type: 'function',
        function: { name: 'weather', arguments: '{"city":"Tokyo"}' },
      },
      {
        id: 'ollama-1751919739184-1',
        type: 'function',
        function: { name: 'weather', arguments: '{"city":"Paris"}' },
      },
      { id: 'call_x', type: 'function', function: { name: 'clock', arguments: '{}' } },
    ]);
  });

  it.each<[string, string, readonly (readonly string[])[]]>([
    ['with arguments as text', calls('f', '{"a":1}', { id: 'A' }), [['f', '{"a":1}', 'A']]],
    ['twice', calls('f', { a: 1 }, { id: 'A' }) + calls('f', { a: 1 }, { id: 'A' }), [['f', '{"a":1}', 'A']]],
    [
      'with one id for all',
      calls('f', { a: 1 }, { id: 'A' }) + calls('f', { a: 2 }, { id: 'A' }) + calls('g', {}, { id: 'A' }),
      [
        ['f', '{"a":1}', 'A'],
        ['f', '{"a":2}', 'A'],
        ['g', '{}', 'A'],
      ],
    ],
    [
      'without ids, and the same',
      calls('f', {}) + calls('f', {}),
      [
        ['f', '{}', 'ollama-1751919739184-0'],
        ['f', '{}', 'ollama-1751919739184-1'],
      ],
    ],
    [
      'with numbers of many digits',
      calls('f', { id: 0 }, { id: 'A' }).replace('"id":0', '"id":2512292042121000001'),
      [['f', '{"id":2512292042121000001}', 'A']],
    ],
    [
      'as an object instead of a list',
      says({ tool_calls: { function: { name: 'f' } } }),
      [['f', '{}', 'ollama-1751919739184-0']],
    ],
  ])('%s', async (_name, lines, expected) => {
    const heard = await hear(lines + ends());
    expect(heard.error).toBeUndefined();
    const made = (await folded(heard)).choices[0]?.message.tool_calls ?? [];
    expect(made.map(({ id, function: { name, arguments: args } }) => [name, args, id])).toEqual(expected);
  });

  it('of nobody knows what are no answer', async () => {
    const nameless = says({ tool_calls: [{ function: { arguments: { a: 1 } } }] });
    expect((await hear(says({ content: 'a' }) + nameless + ends())).error?.code).toBe('bad-response');
  });

  it('that were cut by the length are not said to be complete', async () => {
    const { events } = await hear(calls('weather', { city: 'Tokyo' }) + ends('length'));
    expect(events.find(({ type }) => type === 'finish')).toMatchObject({ reason: 'length' });
  });
});
