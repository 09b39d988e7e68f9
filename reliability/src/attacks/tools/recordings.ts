// Attacks by recordings: entries of caches, tapes of a client and of the kit, changed in any place, damaged, or huge.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsyncClient, type CacheStore, isG4FError, type Middleware, withCache } from '@g4f/client';
import { withRecording, withReplay } from '@g4f/client/middleware';
import type { Provider } from '@g4f/core';
import { parseTape } from '@g4f/testing';
import { answering } from '../../made-up.ts';
import type { Attack, Random } from '../attack.ts';
import { isStrict } from '../bounded-time.ts';
import { change } from '../gateway/any-body.ts';
import { below, inScratch, mustHold, oneOf } from '../scratch.ts';

const DATA =
  'What a recording says is data: what is none is refused or passed over, and changes nothing but that answer.';

const COUNTS = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };

const COMPLETION = { id: 'a', object: 'text_completion', created: 1, model: 'm' } as const;

/** Says all that an answer may hold. */
const provider: Provider = {
  ...answering(async function* ({ model }) {
    yield [{ type: 'answer-start', id: 'a', model, created: 1, extra: { chunk: { x: [1] } } }];
    yield [{ type: 'reasoning-delta', text: 'hm' }];
    yield [
      { type: 'text-delta', text: 'we' },
      { type: 'text-delta', text: 'll' },
    ];
    yield [{ type: 'tool-call-delta', key: 'c', id: 'c', name: 'f', arguments: '{"a":1}' }];
    yield [
      { type: 'finish', reason: 'tool_calls' },
      { type: 'usage', usage: COUNTS },
    ];
  }),
  async *embed() {
    yield {
      ...{ object: 'list', model: 'm', usage: { prompt_tokens: 1, total_tokens: 1 } },
      data: [{ object: 'embedding', index: 0, embedding: [1, 2] }],
    };
  },
  async *moderate() {
    yield {
      id: 'a',
      model: 'm',
      results: [{ flagged: true, categories: { a: true }, category_scores: { a: 1 } }],
    };
  },
  async *complete() {
    yield { ...COMPLETION, choices: [{ index: 0, text: 'well', finish_reason: null, logprobs: null }] };
    yield {
      ...COMPLETION,
      choices: [{ index: 0, text: '', finish_reason: 'stop', logprobs: null }],
      usage: COUNTS,
    };
  },
};

const OTHER_TEXTS: readonly [string, ...string[]] = [
  '',
  ...[
    '{',
    'null',
    '[]',
    '5',
    '"x"',
    '\u0000',
    '[['.repeat(50_000),
    '{"a":'.repeat(50_000),
    'x'.repeat(40_000_000),
  ],
  `{"version":1,"tape":1,"until":null,"operation":"chat","request":${'['.repeat(50_000)}${']'.repeat(50_000)},"parts":[],"pauses":[],"end":"whole"}`,
];

/** The JSON, changed in a few places, or another text. */
const spoiled = (text: string, random: Random): string => {
  if (random() < 0.15) return oneOf(OTHER_TEXTS, random);
  if (random() < 0.1) return text.slice(0, below(text.length, random));
  if (random() < 0.1) return text.replace('{', '{"__proto__":{"polluted":1},');
  const body = { root: JSON.parse(text) as unknown };
  for (let times = below(3, random); times >= 0; times -= 1) change(body, random);
  return JSON.stringify(body.root) ?? 'null';
};

type Ask = (client: AsyncClient) => Promise<unknown>;

const CHAT = { model: 'm', messages: 'x' } as const;
const ASKS: Readonly<Record<string, Ask>> = {
  whole: (client) => client.chat.completions.create(CHAT),
  async streamed(client) {
    const chunks: unknown[] = [];
    for await (const chunk of client.chat.completions.create({ ...CHAT, stream: true })) chunks.push(chunk);
    return chunks;
  },
  responded: (client) => client.responses.create({ model: 'm', input: 'x' }),
  completed: (client) => client.completions.create({ model: 'm', prompt: 'x' }),
  moderated: (client) => client.moderations.create({ model: 'm', input: 'x' }),
  embedded: (client) => client.embeddings.create({ model: 'm', input: 'x' }),
};

/** Asks by a client with this middleware. @returns what it answered @throws what it failed by */
const askWith = async (use: Middleware, ask: Ask): Promise<string> => {
  const client = new AsyncClient({ env: {}, provider, use: [use], cache: true, maxRetries: 0 });
  try {
    return JSON.stringify(await ask(client));
  } finally {
    client.close();
  }
};

const mustBePlain = (): void =>
  mustHold(Reflect.get({}, 'polluted') === undefined, 'Object.prototype was changed');

const times = (): number => (isStrict() ? 200 : 60);

export const RECORDING_ATTACKS: readonly Attack[] = [
  {
    name: 'entries of a cache that were changed in any place',
    promise: DATA,
    async run(random) {
      for (const [name, ask] of Object.entries(ASKS)) {
        const kept = new Map<string, string>();
        await askWith(withCache({ store: kept }), ask);
        const [genuine = ''] = kept.values();
        mustHold(genuine !== '', `nothing was kept of ${name}`);
        for (let left = times(); left > 0; left -= 1) {
          const text = spoiled(genuine, random);
          const store: CacheStore = { get: () => text, set: () => undefined };
          await askWith(withCache({ store, timing: random() < 0.2 && text.length < 1000 }), ask).catch(
            (error: unknown) => {
              throw new Error(
                `${name} with ${text.slice(0, 1000)} failed: ${error instanceof Error ? error.stack : String(error)}`,
              );
            },
          );
          mustBePlain();
        }
      }
    },
  },
  {
    name: 'lines of a tape that were changed in any place',
    promise: DATA,
    run: (random) =>
      inScratch(async (folder) => {
        for (const [name, ask] of Object.entries(ASKS)) {
          const path = join(folder, `${name}.jsonl`);
          await askWith(withRecording(path), ask);
          const [genuine = ''] = readFileSync(path, 'utf8').split('\n');
          for (let left = times(); left > 0; left -= 1) {
            const lines = [spoiled(genuine, random), ...(random() < 0.5 ? [genuine] : [])];
            writeFileSync(path, `${lines.join('\n')}\n`);
            await askWith(withReplay(path), ask).catch((error: unknown) =>
              mustHold(
                isG4FError(error) && error.code !== 'internal',
                `${name} with ${lines[0]?.slice(0, 1000)} failed: ${error instanceof Error ? `${error.stack} ${String(error.cause)}` : String(error)}`,
              ),
            );
            mustBePlain();
          }
        }
      }),
  },
  {
    name: 'a tape of the kit that was changed in any place',
    promise: DATA,
    run(random) {
      const genuine = JSON.stringify({
        ...{
          about: 'a text',
          request: { model: 'm', messages: [] },
          status: 200,
          headers: { a: 'b' },
          body: 'data: x',
        },
        golden: { text: 'x', toolCalls: [{ name: 'f', arguments: '{}' }], finish: 'stop' },
      });
      for (let left = times(); left > 0; left -= 1) {
        const text = spoiled(genuine, random);
        try {
          const { about, request, status, headers, body } = parseTape(text, 'one.json');
          const isTape =
            typeof about === 'string' &&
            Array.isArray(request.messages) &&
            Number.isInteger(status) &&
            typeof body === 'string' &&
            Object.values(headers).every((value) => typeof value === 'string');
          mustHold(isTape, `it was taken for a tape: ${text.slice(0, 500)}`);
        } catch (error) {
          mustHold(
            error instanceof Error && error.name === 'Error',
            `${text.slice(0, 500)}: ${String(error)}`,
          );
          mustHold(!String(error).startsWith('Error: it was taken'), String(error));
        }
        mustBePlain();
      }
    },
  },
];
