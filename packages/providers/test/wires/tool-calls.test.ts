// Tool calls come out whole, none merged and none lost, however the service numbers their pieces.
import { type Batch, type ChatCompletion, fold } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { calls, DONE, finishes, hear, sse, streams } from './acme.ts';

const callsIn = async (
  payloads: readonly unknown[],
): Promise<readonly (readonly [string, string, string?])[]> => {
  const { events, error } = await hear(streams(sse(...payloads, finishes('tool_calls'), DONE)));
  expect(error).toBeUndefined();
  const whole: ChatCompletion = await fold(
    (async function* (): AsyncGenerator<Batch> {
      yield events;
    })(),
  );
  return (whole.choices[0]?.message.tool_calls ?? []).map(({ id, function: { name, arguments: text } }) =>
    id.startsWith('call_') ? [name, text] : [name, text, id],
  );
};

const piece = (index: number | undefined, id?: string | null, name?: string | null, text?: unknown) => ({
  ...(index !== undefined && { index }),
  ...(id !== undefined && { id, type: 'function' }),
  function: { ...(name !== undefined && { name }), ...(text !== undefined && { arguments: text }) },
});

const whole = (index: number | undefined, id: string | undefined, name: string, text: unknown) =>
  piece(index, id, name, text);

describe('tool calls', () => {
  const A = ['f', '{"a":1}', 'A'];
  const B = ['g', '{"b":2}', 'B'];

  it.each<[string, readonly unknown[], readonly unknown[]]>([
    [
      'in pieces, one after the other, by index',
      [
        calls(piece(0, 'A', 'f', '')),
        calls(piece(0, undefined, undefined, '{"a"')),
        calls(piece(0, undefined, undefined, ':1}')),
        calls(piece(1, 'B', 'g', '{"b"')),
        calls(piece(1, undefined, undefined, ':2}')),
      ],
      [A, B],
    ],
    [
      'in pieces, mixed, by index',
      [
        calls(piece(0, 'A', 'f', ''), piece(1, 'B', 'g', '')),
        calls(piece(1, undefined, undefined, '{"b"'), piece(0, undefined, undefined, '{"a"')),
        calls(piece(0, undefined, undefined, ':1}'), piece(1, undefined, undefined, ':2}')),
      ],
      [A, B],
    ],
    ['whole', [calls(whole(0, 'A', 'f', '{"a":1}'), whole(1, 'B', 'g', '{"b":2}'))], [A, B]],
    [
      'whole, all with index 0',
      [calls(whole(0, 'A', 'f', '{"a":1}')), calls(whole(0, 'B', 'g', '{"b":2}'))],
      [A, B],
    ],
    [
      'one index, two ids, in pieces that come mixed',
      [
        calls(piece(0, 'A', 'f', '{"a"')),
        calls(piece(0, 'B', 'g', '{"b"')),
        calls(piece(0, 'A', undefined, ':1}')),
        calls(piece(0, 'B', undefined, ':2}')),
      ],
      [A, B],
    ],
    [
      'no index, in pieces',
      [
        calls(piece(undefined, 'A', 'f', '{"a"')),
        calls(piece(undefined, undefined, undefined, ':1}')),
        calls(piece(undefined, 'B', 'g', '')),
        calls(piece(undefined, 'B', undefined, '{"b":2}')),
      ],
      [A, B],
    ],
    [
      'no index, whole',
      [calls(whole(undefined, 'A', 'f', '{"a":1}'), whole(undefined, 'B', 'g', '{"b":2}'))],
      [A, B],
    ],
    [
      'no index and no id',
      [calls(whole(undefined, undefined, 'f', '{}'), whole(undefined, undefined, 'f', '{"x":1}'))],
      [
        ['f', '{}'],
        ['f', '{"x":1}'],
      ],
    ],
    [
      'no index, no id, and no arguments',
      [calls(whole(undefined, undefined, 'f', ''), whole(undefined, undefined, 'g', ''))],
      [
        ['f', ''],
        ['g', ''],
      ],
    ],
    [
      'the same id for each',
      [calls(whole(0, 'X', 'f', '{"a":1}'), whole(1, 'X', 'g', '{"b":2}'))],
      [
        ['f', '{"a":1}', 'X'],
        ['g', '{"b":2}', 'X'],
      ],
    ],
    [
      'a new id with every piece',
      [calls(piece(0, 'A', 'f', '{"a"')), calls(piece(0, 'A2', undefined, ':1}'))],
      [A],
    ],
    [
      'id and name with every piece',
      [calls(piece(0, 'A', 'f', '{"a"')), calls(piece(0, 'A', 'f', ':1}'))],
      [A],
    ],
    [
      'an empty id and name in later pieces',
      [calls(piece(0, 'A', 'f', '{"a"')), calls(piece(0, '', '', ':1}')), calls(piece(0, null, null, ''))],
      [A],
    ],
    [
      'an index that begins at 1',
      [calls(whole(1, 'A', 'f', '{"a":1}'), whole(2, 'B', 'g', '{"b":2}'))],
      [A, B],
    ],
    ['arguments as an object', [calls(whole(0, 'A', 'f', { a: 1 }))], [A]],
    [
      'arguments that are null',
      [calls(piece(0, 'A', 'f', null)), calls(piece(0, undefined, undefined, '{"a":1}'))],
      [A],
    ],
    ['arguments that are not JSON, as they are', [calls(whole(0, 'A', 'f', '{a:1'))], [['f', '{a:1', 'A']]],
    [
      'items that say nothing',
      [calls(null, {}, { index: 3, function: { arguments: '' } }, whole(0, 'A', 'f', '{"a":1}'))],
      [A],
    ],
    [
      'an empty object first, which is a placeholder',
      [calls(piece(0, 'A', 'f', '{}')), calls(piece(0, undefined, undefined, '{"a":1}'))],
      [A],
    ],
    [
      'an empty object first, as an object, and the arguments in pieces with the name',
      [calls(piece(0, 'A', 'f', {})), calls(piece(0, 'A', 'f', '{"a"')), calls(piece(0, 'A', 'f', ':1}'))],
      [A],
    ],
    ['an empty object, which is all', [calls(piece(0, 'A', 'f', '{}'))], [['f', '{}', 'A']]],
    [
      'an empty object with the first of two',
      [calls(piece(0, 'A', 'f', '{}'), piece(1, 'B', 'g', '{"b":2}')), calls(piece(0, 'A', 'f', '{}'))],
      [['f', '{}', 'A'], B],
    ],
    [
      'whole arguments once more',
      [
        calls(piece(0, 'A', 'f', '{"a"')),
        calls(piece(0, undefined, undefined, ':1}')),
        calls(piece(0, 'A', 'f', '{"a": 1}')),
      ],
      [A],
    ],
    [
      'whole arguments once more, without ids',
      [calls(piece(0, undefined, 'f', '{"a":1}')), calls(piece(0, undefined, 'f', '{"a":1}'))],
      [['f', '{"a":1}']],
    ],
    [
      'equal pieces that are no repetition',
      [
        calls(piece(0, 'A', 'f', '{"a":"')),
        calls(piece(0, undefined, undefined, 'ha')),
        calls(piece(0, undefined, undefined, 'ha')),
        calls(piece(0, undefined, undefined, '"}')),
      ],
      [['f', '{"a":"haha"}', 'A']],
    ],
    [
      'an id whose index points elsewhere',
      [
        calls(piece(0, 'A', 'f', '{"a"'), piece(1, 'B', 'g', '{"b"')),
        calls(piece(0, 'B', undefined, ':2}'), piece(1, 'A', undefined, ':1}')),
      ],
      [A, B],
    ],
    [
      'one id for all, and the same function',
      [calls(whole(0, 'X', 'f', '{"a":1}'), whole(1, 'X', 'f', '{"a":2}'))],
      [
        ['f', '{"a":1}', 'X'],
        ['f', '{"a":2}', 'X'],
      ],
    ],
    [
      'a whole message after the pieces',
      [
        calls(piece(0, 'A', 'f', '{"a"')),
        calls(piece(0, undefined, undefined, ':1}')),
        {
          choices: [
            {
              message: {
                tool_calls: [whole(undefined, 'A', 'f', '{"a":1}'), whole(undefined, 'B', 'g', '{"b":2}')],
              },
            },
          ],
        },
      ],
      [A, B],
    ],
    [
      'a whole message after a part of the pieces, without ids',
      [
        calls(piece(0, 'A', 'f', '{"a"')),
        { choices: [{ message: { tool_calls: [whole(undefined, undefined, 'f', '{"a":1}')] } }] },
      ],
      [A],
    ],
    [
      'by an index that is written as text',
      [
        calls({ ...piece(undefined, 'A', 'f', '{"a"'), index: '0' }),
        calls({ ...piece(undefined, 'B', 'g', '{"b"'), index: '1' }),
        calls({ ...piece(undefined, undefined, undefined, ':1}'), index: '0' }),
        calls({ ...piece(undefined, undefined, undefined, ':2}'), index: '1' }),
      ],
      [A, B],
    ],
    [
      'all so far with each piece',
      [
        calls(piece(0, 'A', 'f', '{"a')),
        calls(piece(0, 'A', 'f', '{"a":')),
        calls(piece(0, 'A', 'f', '{"a":1}')),
      ],
      [A],
    ],
    [
      'arguments that differ in a digit JavaScript rounds, under one id',
      [
        calls(whole(0, 'X', 'f', '{"a":2512292042121000001}')),
        calls(whole(1, 'X', 'f', '{"a":2512292042121000002}')),
      ],
      [
        ['f', '{"a":2512292042121000001}', 'X'],
        ['f', '{"a":2512292042121000002}', 'X'],
      ],
    ],
    ['arguments as a list', [calls(whole(0, 'A', 'f', [1, 'x']))], [['f', '[1,"x"]', 'A']]],
    ['arguments as a number', [calls(whole(0, 'A', 'f', 7))], [['f', '7', 'A']]],
    [
      'in a whole message',
      [{ choices: [{ message: { tool_calls: [whole(undefined, 'A', 'f', '{"a":1}')] } }] }],
      [A],
    ],
  ])('%s', async (_name, payloads, expected) => {
    expect(await callsIn(payloads)).toEqual(expected);
  });

  it('keep the digits of arguments that come as an object', async () => {
    const body = sse(calls(whole(0, 'A', 'f', { id: 0 })), finishes('tool_calls'), DONE);
    const { events } = await hear(streams(body.replace('"id":0', '"id":2512292042121000001')));
    expect(events[1]).toMatchObject({ arguments: '{"id":2512292042121000001}' });
  });

  it('are not added to once they are whole', async () => {
    const { error } = await hear(
      streams(sse(calls(piece(0, 'A', 'f', '{"a":1}')), calls(piece(0, null, null, '{"b":2}')), DONE)),
    );
    expect(error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('for f') });
  });

  it('that are cut are no finished call where only the end mark follows', async () => {
    const cut = await hear(streams(sse(calls(piece(0, 'A', 'f', '{"city":"Par')), DONE)));
    expect(cut.error?.code).toBe('stream-truncated');
    const whole = await hear(streams(sse(calls(piece(0, 'A', 'f', '{"city":"Paris"}')), DONE)));
    expect([whole.error, whole.events.at(-1)]).toMatchObject([undefined, { reason: 'tool_calls' }]);
    const bare = await hear(streams(sse(calls(piece(0, 'A', 'f', '')), DONE)));
    expect([bare.error, bare.events.at(-1)]).toMatchObject([undefined, { reason: 'tool_calls' }]);
  });

  it('that are cut never become a finished call', async () => {
    const { events, error } = await hear(streams(sse(calls(piece(0, 'A', 'f', '{"city":"Par')))));
    expect(error?.code).toBe('stream-truncated');
    expect(events.map(({ type }) => type)).toEqual(['answer-start', 'tool-call-delta']);
  });
});
