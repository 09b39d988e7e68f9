// Attacks on redaction in pieces: what stands for something private is cut at any place, repeated in other forms, and told over several
// choices, reasoning and arguments at once.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AsyncClient, type ChatCompletionChunk, Client, withRedaction } from '@g4f/client';
import type { Batch, StreamEvent } from '@g4f/core';
import type { Attack, Random } from './attack.ts';
import { checkGrowth, isStrict } from './bounded-time.ts';
import { below, inScratch, mustHold, oneOf } from './scratch.ts';

const HIDDEN =
  'What withRedaction hides reaches no provider, and is put back wherever the answer is cut; nothing else of the answer changes.';

/** What is private, and what stands for it. */
const PRIVATE: Readonly<Record<string, string>> = {
  // The first stands in the question already, and is nobody's.
  '[EMAIL_2]': 'jo.doe@example.com',
  '[KEY_1]': 'sk-proj-abcdefghijklmnopqrstuvwxyz012345',
  '[PHONE_1]': '+41 44 668 18 00',
  '[CARD_1]': '4111 1111 1111 1111',
  '[PROJECT_1]': 'Fal\\con\n"[EMAIL_1]"',
};
const VALUES = Object.values(PRIVATE);
const QUESTION = `Write to ${PRIVATE['[EMAIL_2]']}, with ${PRIVATE['[KEY_1]']}, call ${PRIVATE['[PHONE_1]']}, pay by ${PRIVATE['[CARD_1]']}, for ${PRIVATE['[PROJECT_1]']}.`;

const own = { PROJECT: PRIVATE['[PROJECT_1]'] ?? '' };

/** A piece of what a model says. */
const anyWords = (random: Random): string =>
  oneOf<() => string>(
    [
      () => oneOf([...Object.keys(PRIVATE)] as [string, ...string[]], random),
      () => oneOf([...Object.keys(PRIVATE)] as [string, ...string[]], random),
      () => oneOf([...Object.keys(PRIVATE)] as [string, ...string[]], random).toLowerCase(),
      () => oneOf([...Object.keys(PRIVATE)] as [string, ...string[]], random).slice(0, 1 + below(9, random)),
      () => `[EMAIL_${below(100, random)}]`,
      () =>
        oneOf(
          [
            '[',
            ']',
            '[[',
            '[[EMAIL_1]]',
            '[EMAIL_',
            '[EMAIL_1',
            '_1]',
            '[EMAIL_01]',
            '[ EMAIL_1]',
            '[EMAIL_1 ]',
          ],
          random,
        ),
      () =>
        oneOf(
          [
            '[KEY_',
            '[PHONE_1[PHONE_1]',
            '[CARD_1][',
            '[P',
            '[toString_1]',
            '[__proto___1]',
            '\ud83d\ude00',
            'ß',
            ' ',
          ],
          random,
        ),
      () => 'word ',
    ],
    random,
  )();

const anyText = (random: Random): string =>
  Array.from({ length: below(12, random) }, () => anyWords(random)).join('');

const put = (text: string, write: (value: string) => string): string =>
  text.replace(/\[[A-Z]+_\d+\]/g, (found) => {
    const known = PRIVATE[found];
    return known === undefined ? found : write(known);
  });

/** The text in pieces, cut anywhere, in the middle of a character as well. */
const cut = (text: string, random: Random): readonly string[] => {
  const size = oneOf([1, 2, 5, 1000], random);
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + below(size, random);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
};

/** What is told of one choice, and as whose pieces it comes. */
interface Told {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly string[];
}

const anyTold = (random: Random): Told => ({
  text: anyText(random),
  reasoning: random() < 0.5 ? anyText(random) : '',
  calls: Array.from({ length: below(3, random) }, () => JSON.stringify({ a: anyText(random) })),
});

/** The events of all choices, in any order that keeps each text in its own. */
const eventsOf = (choices: readonly Told[], random: Random): readonly StreamEvent[] => {
  const queues: StreamEvent[][] = choices.flatMap(({ text, reasoning, calls }, choice) => [
    cut(text, random).map((piece): StreamEvent => ({ type: 'text-delta', choice, text: piece })),
    cut(reasoning, random).map((piece): StreamEvent => ({ type: 'reasoning-delta', choice, text: piece })),
    ...calls.map((call, at) => [
      { type: 'tool-call-delta', choice, key: `${at}`, id: `c${at}`, name: 'f' } as const,
      ...cut(call, random).map(
        (piece): StreamEvent => ({ type: 'tool-call-delta', choice, key: `${at}`, arguments: piece }),
      ),
    ]),
  ]);
  const events: StreamEvent[] = [{ type: 'answer-start', model: 'm' }];
  for (
    let left = queues.filter((queue) => queue.length > 0);
    left.length > 0;
    left = left.filter((queue) => queue.length > 0)
  ) {
    const event = left[below(left.length, random)]?.shift();
    if (event !== undefined) events.push(event);
  }
  for (const [choice, { calls }] of choices.entries())
    events.push({ type: 'finish', choice, reason: calls.length > 0 ? 'tool_calls' : 'stop' });
  return events;
};

/** A module whose provider says these events, and fails where it is shown what is private. */
const moduleOf = (batches: readonly Batch[]): string => `
  const values = ${JSON.stringify(VALUES)};
  export default { id: 'told', name: 'Told', website: 'https://example.org/', key: 'none', models: {},
    async *chat(request, context) {
      const seen = JSON.stringify([request, context.extraBody]);
      const shown = values.find((value) => seen.includes(JSON.stringify(value).slice(1, -1)));
      if (shown !== undefined) throw new Error('it was shown what is private: ' + shown.length + ' ' + seen);
      yield* ${JSON.stringify(batches)};
    } };`;

/** The chunks as what they tell. */
const heardIn = (chunks: readonly ChatCompletionChunk[], many: number): readonly Told[] =>
  Array.from({ length: many }, (_, choice) => {
    const deltas = chunks
      .flatMap(({ choices }) => choices.filter(({ index }) => index === choice))
      .map(({ delta }) => delta);
    const calls: string[] = [];
    for (const { index, function: called } of deltas.flatMap(({ tool_calls = [] }) => tool_calls))
      calls[index] = (calls[index] ?? '') + (called?.arguments ?? '');
    return {
      text: deltas.map(({ content }) => content ?? '').join(''),
      reasoning: deltas.map(({ reasoning }) => reasoning ?? '').join(''),
      calls,
    };
  });

const expectedOf = ({ text, reasoning, calls }: Told): Told => ({
  text: put(text, (value) => value),
  reasoning: put(reasoning, (value) => value),
  calls: calls.map((call) => put(call, (value) => JSON.stringify(value).slice(1, -1))),
});

const sorted = (told: readonly Told[]): string =>
  JSON.stringify(told.map((one) => ({ ...one, calls: one.calls.toSorted() })));

const times = (): number => (isStrict() ? 30 : 10);

export const REDACTION_PIECES_ATTACKS: readonly Attack[] = [
  {
    name: 'placeholders that are cut, changed or invented, in every text of an answer',
    promise: HIDDEN,
    run: (random) =>
      inScratch(async (folder) => {
        for (let left = times(); left > 0; left -= 1) {
          const choices = Array.from({ length: 1 + below(3, random) }, () => anyTold(random));
          const events = eventsOf(choices, random);
          const size = 1 + below(5, random);
          const batches = Array.from({ length: Math.ceil(events.length / size) }, (_, at) =>
            events.slice(at * size, (at + 1) * size),
          );
          const file = join(folder, `told-${left}.mjs`);
          writeFileSync(file, moduleOf(batches));
          const options = {
            env: {},
            provider: pathToFileURL(file),
            wrap: withRedaction({ own }),
            maxRetries: 0,
          };
          const params = {
            model: 'm',
            messages: [{ role: 'user', content: QUESTION }],
            n: choices.length,
            stream: true,
          } as const;
          const chunks: ChatCompletionChunk[] = [];
          const isBlocking = left % 5 === 0;
          const client = isBlocking ? new Client(options) : new AsyncClient(options);
          try {
            if (client instanceof Client)
              for (const chunk of client.chat.completions.create(params)) chunks.push(chunk);
            else for await (const chunk of client.chat.completions.create(params)) chunks.push(chunk);
          } finally {
            client.close();
          }
          const heard = sorted(heardIn(chunks, choices.length));
          const expected = sorted(choices.map(expectedOf));
          mustHold(
            heard === expected,
            `${isBlocking ? 'Client' : 'AsyncClient'} heard ${heard}, not ${expected}, of ${JSON.stringify(batches)}`,
          );
        }
      }),
  },
  {
    name: 'an answer of nothing but placeholders and their beginnings',
    promise: 'To put back what was private takes time in proportion to the answer.',
    async run(random) {
      for (const piece of [
        '[',
        '[EMAIL_',
        '[EMAIL_1]',
        '[EMAIL_1',
        '[[',
        oneOf(Object.keys(PRIVATE) as [string, ...string[]], random),
      ])
        await checkGrowth(`an answer of ${piece}`, (count) => async () => {
          const client = new AsyncClient({
            env: {},
            wrap: withRedaction({ own }),
            provider: {
              ...{ id: 'told', name: 'Told', website: 'https://example.org/', key: 'none', models: {} },
              async *chat() {
                yield [{ type: 'answer-start', model: 'm' }];
                for (let at = 0; at < count; at += 100)
                  yield Array.from({ length: 100 }, () => ({ type: 'text-delta', text: piece }) as const);
                yield [{ type: 'finish', reason: 'stop' }];
              },
            },
          });
          for await (const _ of client.chat.completions.create({
            model: 'm',
            messages: QUESTION,
            stream: true,
          }));
          client.close();
        });
    },
  },
];
