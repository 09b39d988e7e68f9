// Calls of tools without a schema, names that are repeated, and what services say of a call besides: none is lost or told twice.
import { LIMITS } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { calls, DONE, finishes, hear, sse, streams } from './acme.ts';
import { folded } from './hear-wire.ts';

const piece = (text: string, fields: object = {}) => ({
  index: 0,
  id: 'A',
  type: 'function',
  function: { name: 'f', arguments: text },
  ...fields,
});

describe('tool calls', () => {
  it('names each once, however often a piece does', async () => {
    const { events } = await hear(
      streams(sse(calls(piece('{"a"')), calls(piece(':1}')), finishes('tool_calls'))),
    );
    const names = events.flatMap((event) =>
      event.type === 'tool-call-delta' && event.name ? [event.name] : [],
    );
    expect(names).toEqual(['f']);
  });

  it.each([
    [
      'streamed',
      [
        calls({ index: 0, id: 'A', type: 'custom', custom: { name: 'sql', input: 'SELECT ' } }),
        calls({ index: 0, custom: { input: '{}' } }),
        calls({ index: 0, custom: { input: '{}' } }),
      ],
    ],
    [
      'whole',
      [
        {
          choices: [
            {
              message: {
                tool_calls: [{ id: 'A', type: 'custom', custom: { name: 'sql', input: 'SELECT {}{}' } }],
              },
            },
          ],
        },
      ],
    ],
  ])('of tools without a schema survive, %s', async (_name, payloads) => {
    const heard = await hear(streams(sse(...payloads, finishes('tool_calls'), DONE)));
    expect((await folded(heard)).choices[0]?.message.tool_calls).toEqual([
      {
        id: 'A',
        type: 'custom',
        custom: { name: 'sql', input: 'SELECT {}{}' },
        function: { name: 'sql', arguments: 'SELECT {}{}' },
      },
    ]);
  });

  it('keep what else the service says of them', async () => {
    const extra_content = { google: { thought_signature: 'sealed' } };
    const heard = await hear(
      streams(sse(calls({ ...piece('{"a"'), extra_content }), calls(piece(':1}')), finishes('tool_calls'))),
    );
    expect((await folded(heard)).choices[0]?.message.tool_calls).toEqual([
      { id: 'A', type: 'function', function: { name: 'f', arguments: '{"a":1}' }, extra_content },
    ]);
  });

  it.each<[string, unknown]>([
    ['as an object instead of a list', { tool_calls: { ...piece('{"a":1}') } }],
    ['without an object for the function', { tool_calls: [{ id: 'A', name: 'f', arguments: '{"a":1}' }] }],
    [
      'without one, and arguments as an object',
      { tool_calls: [{ index: '0', id: 'A', name: 'f', arguments: { a: 1 } }] },
    ],
  ])('are read %s', async (_name, said) => {
    for (const choice of [{ delta: said }, { message: said }]) {
      const body = sse({ choices: [{ index: 0, ...choice }] }, finishes('tool_calls'), DONE);
      expect((await folded(await hear(streams(body)))).choices[0]?.message.tool_calls).toEqual([
        { id: 'A', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
      ]);
    }
  });

  it('of no function are an error', async () => {
    const nameless = calls({ index: 0, id: 'A', function: { arguments: '{"a":1}' } });
    const { error } = await hear(streams(sse(nameless, finishes('tool_calls'), DONE)));
    expect(error?.code).toBe('bad-response');
  });

  it('are as many as there may be, and no more', async () => {
    const some = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...piece('{}'), index, id: `c${index}` }));
    const hearAll = (count: number) =>
      hear(streams(sse(calls(...some(count)), finishes('tool_calls'), DONE)));
    expect((await hearAll(LIMITS.toolCalls)).error).toBeUndefined();
    expect((await hearAll(LIMITS.toolCalls + 1)).error).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining(`${LIMITS.toolCalls} tool calls`),
    });
  });
});

describe('a name that comes in pieces', () => {
  const named = (name: string, text = '', fields: object = { index: 0, id: 'A' }) =>
    calls({ type: 'function', function: { name, arguments: text }, ...fields });
  const argued = (text: string, index = 0) => calls({ index, function: { arguments: text } });
  const tool = (name: string) => ({ type: 'function' as const, function: { name } });
  const callsIn = async (payloads: readonly unknown[], tools?: readonly ReturnType<typeof tool>[]) => {
    const body = sse(...payloads, finishes('tool_calls'), DONE);
    const { choices } = await folded(await hear(streams(body), tools && { tools }));
    return choices[0]?.message.tool_calls?.map((call) => `${call.function.name}(${call.function.arguments})`);
  };

  it.each<[string, readonly unknown[]]>([
    ['under one id', [named('get_'), named('weather'), argued('{"a":1}')]],
    ['with an id on the first alone', [named('get_'), named('weather', '', { index: 0 }), argued('{"a":1}')]],
    ['the last with the arguments', [named('get_'), named('weather', '{"a":1}')]],
    ['without ids', [named('get_', '', { index: 0 }), named('weather', '', { index: 0 }), argued('{"a":1}')]],
    ['each with all so far', [named('get'), named('get_weather'), argued('{"a":1}')]],
    ['after an empty one', [named(''), named('get_weather'), argued('{"a":1}')]],
    [
      'with a field of its own on the first',
      [named('get_', '', { index: 0, id: 'A', x: 1 }), named('weather'), argued('{"a":1}')],
    ],
    ['again and again', [named('get_weather'), named('get_weather'), argued('{"a":1}')]],
  ])('is one name: %s', async (_name, payloads) => {
    expect(await callsIn(payloads)).toEqual(['get_weather({"a":1})']);
    expect(await callsIn(payloads, [tool('get_weather')])).toEqual(['get_weather({"a":1})']);
  });

  it('goes on where a tool of a longer name begins with it, whatever else the tools say', async () => {
    const search = {
      ...tool('search_web'),
      function: { name: 'search_web', parameters: { properties: { search: { type: 'function' } } } },
    };
    const pieces = [named('search'), named('_web'), argued('{"a":1}')];
    expect(await callsIn(pieces, [search])).toEqual(['search_web({"a":1})']);
    expect(await callsIn(pieces, [tool('search'), search])).toEqual(['search_web({"a":1})']);
    const whole = [named('search'), argued('{"a":1}')];
    expect(await callsIn(whole, [tool('search'), search])).toEqual(['search({"a":1})']);
  });

  it('is whole where no tool goes on so: two calls that nobody offered stay two', async () => {
    const pieces = [named('foo', '', { index: 0 }), named('bar', '', { index: 0 })];
    expect(await callsIn(pieces, [tool('get_weather')])).toEqual(['foo()', 'bar()']);
  });

  it('ends where another call begins, and no call changes its place', async () => {
    const pieces = [
      named('f'),
      named('g', '', { index: 1, id: 'B' }),
      argued('{"b":2}', 1),
      argued('{"a":1}'),
    ];
    expect(await callsIn(pieces)).toEqual(['f({"a":1})', 'g({"b":2})']);
    expect(await callsIn([named('f'), named('g', '', { index: 0, id: 'B' })])).toEqual(['f()', 'g()']);
  });

  it('is handed out at once where it is that of a tool, and at the end where nothing follows', async () => {
    const first = async (tools: readonly ReturnType<typeof tool>[]) =>
      (await hear(streams(sse(named('f'), argued('{"a"'))), { tools })).events[1];
    expect(await first([tool('f')])).toEqual({ type: 'tool-call-delta', key: '0', id: 'A', name: 'f' });
    expect(await first([tool('g')])).toEqual({ type: 'tool-call-delta', key: '0', id: 'A', name: 'f' });
    expect(await first([tool('f'), tool('fg')])).toMatchObject({ name: 'f', arguments: '{"a"' });
    const bare = await hear(streams(sse(named('f'), DONE)));
    expect(bare.events.at(-1)).toMatchObject({ type: 'finish', reason: 'tool_calls' });
  });
});
