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
