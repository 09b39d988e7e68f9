// The last chunks of a stream are OpenAI's: the last finish reason that is seen is one, with the token counts beside it.
import {
  type Batch,
  type ChatCompletionChunk,
  defineProvider,
  G4FError,
  type Provider,
  type StreamEvent,
} from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Ending } from '../../src/chat/stream-ending.ts';
import { AsyncClient as MiniClient } from '../../src/mini.ts';

const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
const START: StreamEvent = { type: 'answer-start', model: 'm' };
const TEXT: StreamEvent = { type: 'text-delta', text: 'a' };
const USAGE: StreamEvent = { type: 'usage', usage };
const FINISH: StreamEvent = { type: 'finish', reason: 'stop' };
const ASIDE: StreamEvent = { type: 'aside', extra: { chunk: { cost: 1 } } };

const saying = (batches: readonly Batch[], fails = false): Provider =>
  defineProvider({
    id: 'acme',
    name: 'Acme',
    website: 'https://acme.test',
    key: 'none',
    models: { m: 'm' },
    async *chat() {
      yield* batches;
      if (fails) throw new G4FError('acme: it broke.', { code: 'network', provider: 'acme' });
    },
  });

type Provided = ReturnType<typeof saying>;
type Create = (params: {
  model: string;
  messages: string;
  stream: true;
}) => AsyncIterable<ChatCompletionChunk>;

const read = async (create: Create, params: object = {}) => {
  const seen: unknown[] = [];
  let error: unknown;
  try {
    for await (const { choices, usage: counts } of create({
      model: 'm',
      messages: 'hi',
      stream: true,
      ...params,
    })) {
      const [choice] = choices;
      const said = choice?.delta.content || (choice === undefined ? 'none' : (choice.finish_reason ?? '-'));
      seen.push(counts === undefined ? said : `${said}+usage`);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { seen, error };
};

describe.each([
  [
    'AsyncClient',
    (provider: Provided): Create => new AsyncClient({ provider, maxRetries: 0 }).chat.completions.create,
  ],
  [
    'mini',
    (provider: Provided): Create => new MiniClient({ provider, maxRetries: 0 }).chat.completions.create,
  ],
] as const)('the end of a stream of %s', (_name, createOf) => {
  it.each<[string, readonly Batch[], readonly string[]]>([
    ['usage behind the finish', [[START, TEXT, FINISH, USAGE]], ['-', 'a', 'stop+usage']],
    ['in batches of their own', [[START], [TEXT], [FINISH], [USAGE]], ['-', 'a', 'stop+usage']],
    ['usage before the finish', [[START, TEXT], [USAGE], [FINISH]], ['-', 'a', 'stop+usage']],
    [
      'usage again and again',
      [[START, TEXT, USAGE], [TEXT, USAGE], [FINISH], [USAGE]],
      ['-', 'a', 'a', 'stop+usage'],
    ],
    ['no usage', [[START, TEXT], [FINISH]], ['-', 'a', 'stop']],
    ['something else behind it', [[START, TEXT, FINISH], [ASIDE], [USAGE]], ['-', 'a', '-', 'stop+usage']],
    [
      'two choices',
      [[START, TEXT, FINISH, { ...TEXT, choice: 1 }, { ...FINISH, choice: 1 }], [USAGE]],
      ['-', 'a', 'stop', 'a', 'stop+usage'],
    ],
    ['nothing but an end', [[START], [FINISH, USAGE]], ['-', 'stop+usage']],
  ])('%s', async (_what, batches, expected) => {
    expect(await read(createOf(saying(batches)))).toEqual({ seen: expected, error: undefined });
  });

  it.each<[readonly Batch[]]>([
    [[[START, TEXT, FINISH, USAGE]]],
    [[[START, TEXT], [USAGE], [FINISH], [ASIDE]]],
  ])('has a chunk for the usage alone where it was asked for: %j', async (batches) => {
    const { seen } = await read(createOf(saying(batches)), { stream_options: { include_usage: true } });
    expect(seen.slice(-2)).toEqual(['stop', 'none+usage']);
  });

  it('is told before a failure that follows it', async () => {
    const { seen, error } = await read(
      createOf(
        saying(
          [
            [START, TEXT],
            [FINISH, USAGE],
          ],
          true,
        ),
      ),
    );
    expect(seen).toEqual(['-', 'a', 'stop+usage']);
    expect(error).toMatchObject({ code: 'network' });
  });

  it.each<[string, readonly Batch[]]>([
    ['in its own batch', [[START, TEXT], [FINISH, USAGE], [TEXT]]],
    ['in the same batch', [[START, TEXT, FINISH, USAGE, TEXT]]],
    ['behind an aside', [[START, TEXT], [FINISH], [USAGE, ASIDE, FINISH]]],
  ])('is told before a breach of the grammar that follows it %s', async (_where, batches) => {
    const { seen, error } = await read(createOf(saying(batches)));
    expect(seen.at(-1)).toBe('stop+usage');
    expect(seen.filter((said) => said === 'a')).toEqual(['a']);
    expect(error).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('stream protocol'),
    });
  });

  it('is told before a deadline, which is told though the provider fails by it as well', async () => {
    const hanging = defineProvider({
      ...saying([]),
      async *chat(_request, { signal }) {
        yield [START, TEXT, FINISH, USAGE];
        await new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('late'))),
        );
      },
    });
    const { seen, error } = await read(createOf(hanging), { timeout: { idle: 1 } });
    expect(seen).toEqual(['-', 'a', 'stop+usage']);
    expect(error).toMatchObject({ code: 'timeout', phase: 'idle' });
  });

  it('is no content: a failure behind it is another provider’s chance', async () => {
    const { seen, error } = await read(createOf(saying([[START, FINISH, USAGE]], true)));
    expect(seen).toEqual([]);
    expect(error).toBeInstanceOf(G4FError);
  });
});

it('is not in the way of content', () => {
  const ending = new Ending(false, { bill: undefined });
  expect(ending.passes(false)).toBe(true);
  expect(ending.passes(true)).toBe(false);
  expect(ending.arrange([TEXT, FINISH, { ...TEXT, choice: 1 }])).toEqual([
    TEXT,
    FINISH,
    { ...TEXT, choice: 1 },
  ]);
});
