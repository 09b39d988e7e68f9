// Calls of tools without a schema, names that are repeated, and what services say of a call besides: none is lost or told twice.
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
});
