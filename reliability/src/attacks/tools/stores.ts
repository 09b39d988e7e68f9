// Attacks on what is kept: files of conversations that others wrote, ids that leave their folder, and entries of a cache.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsyncClient, isG4FError, withCache } from '@g4f/client';
import { fileStore } from '@g4f/client/stores';
import { saying } from '../../made-up.ts';
import type { Attack, Random } from '../attack.ts';
import { checkEnds } from '../bounded-time.ts';
import { below, failureOf, inScratch, mustHold, oneOf } from '../scratch.ts';

const provider = saying('well');

const anyId = (random: Random): unknown =>
  oneOf<unknown>(['a', 'b', 'c', '__proto__', '../x', '', null, 1, {}], random);

/** A line of a conversation's file, as it is or not as it is. */
const anyLine = (random: Random): string => {
  const message = {
    kind: oneOf(['message', 'piece', 'edit', 'usage', '__proto__', 'conversation'], random),
    id: anyId(random),
    parent: anyId(random),
    createdAt: oneOf([1, -1, 1e308, 'x', null], random),
    text: oneOf<unknown>(['x', 1, null], random),
    message: oneOf<unknown>(
      [
        { role: 'user', content: 'x' },
        { role: 'assistant', content: 'x', tool_calls: [{ id: 'a' }] },
        { role: '__proto__', content: {} },
        null,
        'x',
      ],
      random,
    ),
  };
  return oneOf<() => string>(
    [
      () => JSON.stringify(message),
      () =>
        JSON.stringify(message).replace(
          '{',
          '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
        ),
      () => JSON.stringify(message).slice(0, below(80, random)),
      () => '['.repeat(100_000),
      () => `{"kind":"message","id":"a","parent":null,"message":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
      () => 'x'.repeat(1_000_000),
      () => '\u0000\ufffd\u2028',
      () => '',
    ],
    random,
  )();
};

const OUT_OF_FOLDER: readonly [unknown, ...unknown[]] = [
  '../out',
  '..',
  '.',
  '',
  'a/b',
  'a\\b',
  'a\0b',
  '/tmp/x',
  'C:\\x',
  'a\n',
  'con:',
  'x'.repeat(300),
  '％2e％2e',
  null,
  {},
  ['a'],
];

export const STORE_ATTACKS: readonly Attack[] = [
  {
    name: 'a file of a conversation that somebody else wrote',
    promise: 'What a file says is data: it is read, or refused by an error, and takes bounded time.',
    run: (random) =>
      inScratch((folder) =>
        checkEnds('a hostile conversation', async () => {
          for (let times = 20; times > 0; times -= 1) {
            const lines = Array.from({ length: below(20, random) }, () => anyLine(random));
            const header = '{"kind":"conversation","version":1,"id":"one"}';
            writeFileSync(
              join(folder, 'one.jsonl'),
              [...(random() < 0.8 ? [header] : []), ...lines, ''].join('\n'),
            );
            writeFileSync(join(folder, 'one.a.part'), `${anyLine(random)}\n${anyLine(random)}`);
            const client = new AsyncClient({ env: {}, provider });
            try {
              const chat = await client.conversation({ model: 'm', store: fileStore(folder), id: 'one' });
              const { choices } = await chat.send('x');
              const text = choices[0]?.message.content;
              mustHold(text === 'well', `it answered ${String(text)}`);
            } catch (error) {
              mustHold(
                isG4FError(error),
                `it failed by what is no error of ours: ${String(error)} ${Object(error).stack}`,
              );
            } finally {
              client.close();
            }
            mustHold(Reflect.get({}, 'polluted') === undefined, 'Object.prototype was changed');
          }
        }),
      ),
  },
  {
    name: 'an id of a conversation that leaves its folder',
    promise: 'An id that goes into a path stays one piece of it, or is refused.',
    run: () =>
      inScratch(async (folder) => {
        const inner = join(folder, 'inner');
        const store = fileStore(inner);
        const client = new AsyncClient({ env: {}, provider });
        for (const id of OUT_OF_FOLDER) {
          const { code } = await failureOf(async () => {
            const chat = await client.conversation({ model: 'm', store, id: id as string });
            await chat.send('x');
          });
          mustHold(code === 'invalid-request', `${JSON.stringify(id)} failed by ${code}`);
        }
        client.close();
        mustHold(
          readdirSync(folder).every((name) => name === 'inner'),
          `there is ${readdirSync(folder).join(', ')}`,
        );
      }),
  },
  {
    name: 'entries of a cache that somebody else wrote',
    promise: 'What a store gives is data: an entry that is none is no answer.',
    async run(random) {
      const part = oneOf<unknown>(
        [
          { type: 'text-delta', text: 'forged' },
          [{ type: 'text-delta', text: 5 }],
          [{ type: 'answer-start' }],
          [{ type: 'x' }],
          null,
          'x',
          [[]],
          JSON.parse('[{"__proto__":{"polluted":1},"type":"text-delta"}]'),
        ],
        random,
      );
      const entry = { version: oneOf<unknown>([1, 2, '1'], random), until: null, pauses: [0], parts: [part] };
      const text = oneOf<unknown>(
        [
          JSON.stringify(entry),
          '',
          '{',
          'null',
          '[]',
          5,
          null,
          {},
          '['.repeat(100_000),
          'x'.repeat(1_000_000),
        ],
        random,
      );
      const store = { get: () => text as string, set: () => undefined };
      const client = new AsyncClient({ env: {}, provider, use: [withCache({ store })], cache: true });
      const { choices } = await client.chat.completions.create({ model: 'm', messages: 'x' });
      mustHold(choices[0]?.message.content === 'well', `it answered ${JSON.stringify(choices)}`);
      mustHold(Reflect.get({}, 'polluted') === undefined, 'Object.prototype was changed');
      client.close();
    },
  },
];
