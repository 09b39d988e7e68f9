// Attacks on what an answer makes of few bytes: paths of partial arguments, nesting, and the parts of one answer.
import { type Batch, type ChatCompletion, type Context, fold, isG4FError, LIMITS } from '@g4f/core';
import { loadWire, overWire, type WireName } from '@g4f/providers';
import { WIRES } from '../wires.ts';
import type { Attack, Random } from './attack.ts';
import { checkTime } from './bounded-time.ts';

const BOUNDED_MEMORY =
  'A call’s arguments take no more memory than was received for them, and a fixed amount more.';
const NESTING = 'What is nested deeper than the limit is refused before anything walks it, on every wire.';
const PARTS =
  'Every number of things that a service may send in one answer has a limit, above which it is an error.';
const WHOLE = 'A call is handed out only when the service has said all of it.';

/** The answer to this body, or the error: everything but the network. */
const answerTo = async (wire: WireName, body: string, stream: boolean): Promise<ChatCompletion | Error> => {
  const context: Context = {
    signal: new AbortController().signal,
    env: {},
    enter: () => undefined,
    warn: () => undefined,
    send: async () => ({
      status: 200,
      headers: { 'content-type': stream ? 'text/event-stream' : 'application/json' },
      release: () => undefined,
      body: (async function* () {
        yield new TextEncoder().encode(body);
      })(),
    }),
  };
  const service = overWire(await loadWire(wire), { id: 'attacked', baseURL: 'http://127.0.0.1:9/v1' });
  const request = { model: 'm', messages: [{ role: 'user', content: 'x' }], stream } as const;
  const batches: AsyncIterable<Batch> = service.chat(request, context);
  return fold(batches).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
};

/**
 * Whether some step grows faster than its input. Only that: these bodies come in one read, which takes its time, and the
 * first of a program is slow.
 */
const checkGrowth = async (name: string, work: () => Promise<unknown>): Promise<void> => {
  if (process.env.G4F_ATTACK_STRICT === '1') await work();
  else await checkTime(name, work);
};

const sse = (...payloads: readonly object[]): string =>
  payloads.map((payload) => `data: ${JSON.stringify(payload)}\n\n`).join('');

const part = (functionCall: object): object => ({ candidates: [{ content: { parts: [{ functionCall }] } }] });
const STOP = { candidates: [{ finishReason: 'STOP' }] };
const piece = (jsonPath: string): object =>
  part({ partialArgs: [{ jsonPath, boolValue: true }], willContinue: true });

const whole = (random: Random, most: number): number => Math.floor(random() * (most + 1));

/** A path as somebody makes it who wants much of few characters. */
const greedyPath = (random: Random): string => {
  let path = '$.a';
  for (let left = 1 + whole(random, 30); left > 0; left--)
    path += random() < 0.7 ? `[${whole(random, 10 ** (1 + whole(random, 11)))}]` : '.a';
  return path;
};

const codeOf = (answer: ChatCompletion | Error): string | undefined =>
  isG4FError(answer)
    ? answer.code
    : answer instanceof Error
      ? `${answer.name}: ${answer.message}`
      : undefined;

const expectCode = (answer: ChatCompletion | Error, code: string, what: string): void => {
  if (codeOf(answer) !== code)
    throw new Error(`${what} gave ${codeOf(answer) ?? 'an answer'} and no ${code}`);
};

/** What holes in lists may take besides: `null,` for each place up to the limit. */
const HOLES = 6 * LIMITS.pathIndex;

const greedyPaths: Attack = {
  name: 'paths of partial arguments that name far places',
  promise: BOUNDED_MEMORY,
  async run(random) {
    const paths = Array.from({ length: 1 + whole(random, 20) }, () => greedyPath(random));
    const body = sse(part({ name: 'f', willContinue: true }), ...paths.map(piece), part({}), STOP);
    await checkGrowth(this.name, async () => {
      const answer = await answerTo('gemini', body, true);
      if (answer instanceof Error) return expectCode(answer, 'bad-response', paths.join(' '));
      const made = answer.choices[0]?.message.tool_calls?.[0]?.function.arguments.length ?? 0;
      if (made > 3 * body.length + HOLES)
        throw new Error(`${body.length} characters became ${made}: ${paths}`);
    });
  },
};

const farPlaces: Attack = {
  name: 'one path that names a place beyond the limit',
  promise: BOUNDED_MEMORY,
  async run(random) {
    const place = LIMITS.pathIndex + 1 + whole(random, 10 ** whole(random, 15));
    const body = sse(part({ name: 'f', willContinue: true }), piece(`$.a[${place}]`), part({}), STOP);
    await checkGrowth(this.name, async () =>
      expectCode(await answerTo('gemini', body, true), 'bad-response', `place ${place}`),
    );
  },
};

const openCalls: Attack = {
  name: 'calls that are still open when the answer stops',
  promise: WHOLE,
  async run(random) {
    const pieces = Array.from({ length: whole(random, 5) }, (_, at) => piece(`$.a${at}`));
    const next = random() < 0.5 ? [part({ name: 'g', args: {} })] : [];
    const body = sse(part({ name: 'f', willContinue: true }), ...pieces, ...next, STOP);
    expectCode(await answerTo('gemini', body, true), 'stream-truncated', body);
  },
};

const nested = (wire: WireName): Attack => ({
  name: `lists and objects inside each other over ${wire}`,
  promise: NESTING,
  async run(random) {
    const depth = LIMITS.nesting + 1 + whole(random, 10 ** (1 + whole(random, 4)));
    const kinds = Array.from({ length: depth }, () => random() < 0.5);
    const open = kinds.map((isList) => (isList ? '[' : '{"a":')).join('');
    const close = kinds
      .map((isList) => (isList ? ']' : '}'))
      .reverse()
      .join('');
    const field = ['message', 'candidates', 'choices', 'output', 'content', 'error', 'usage'][
      whole(random, 6)
    ];
    const json = `{"type":"response.completed","${field}":${open}1${close}}`;
    for (const [body, stream] of [
      [json, false],
      [`data: ${json}\n\n`, true],
    ] as const)
      await checkGrowth(this.name, async () =>
        expectCode(await answerTo(wire, body, stream), 'bad-response', `${depth} levels in ${field}`),
      );
  },
});

/** One payload, or the streamed payloads, with so many parts. */
const MANY_PARTS: readonly (readonly [string, WireName, (count: number) => string, boolean])[] = [
  [
    'candidates',
    'gemini',
    (count) =>
      sse({
        candidates: Array.from({ length: count }, (_, index) => ({
          index,
          content: { parts: [{ text: 'a' }] },
        })),
      }),
    true,
  ],
  [
    'calls',
    'gemini',
    (count) => sse(...Array.from({ length: count }, () => part({ name: 'f' })), STOP),
    true,
  ],
  [
    'items',
    'openai-responses',
    (count) =>
      sse(
        ...Array.from({ length: count }, (_, output_index) => ({
          type: 'response.output_text.delta',
          output_index,
          delta: 'a',
        })),
      ),
    true,
  ],
  [
    'items',
    'openai-responses',
    (count) =>
      JSON.stringify({
        status: 'completed',
        output: Array.from({ length: count }, () => ({ type: 'message', content: 'a' })),
      }),
    false,
  ],
  [
    'blocks',
    'anthropic-messages',
    (count) =>
      sse(
        { type: 'message_start', message: {} },
        ...Array.from({ length: count }, (_, index) => ({
          type: 'content_block_start',
          index,
          content_block: { type: 'tool_use', id: `t${index}`, name: 'f', input: {} },
        })),
      ),
    true,
  ],
];

const manyParts = MANY_PARTS.map(
  ([what, wire, body, stream]): Attack => ({
    name: `${what} without end over ${wire}${stream ? '' : ', whole'}`,
    promise: PARTS,
    async run(random) {
      const count = LIMITS.items + 1 + whole(random, 20_000);
      const text = body(count);
      await checkGrowth(this.name, async () =>
        expectCode(await answerTo(wire, text, stream), 'bad-response', `${count} ${what}`),
      );
    },
  }),
);

/** After the end of an answer the decoder is asked after each payload whether it is over. */
const lateness: Attack = {
  name: 'events that follow the end while a call is open',
  promise: 'Nothing that a service, a user or a file says blocks the event loop for 50 ms.',
  async run(random) {
    const text = `{"a":"${'x'.repeat(100_000 + whole(random, 100_000))}`;
    const pings = Array.from({ length: 20_000 }, () => ({ type: 'ping' }));
    const body = sse(
      { type: 'message_start', message: {} },
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't', name: 'f' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: text } },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
      ...pings,
    );
    await checkGrowth(this.name, () => answerTo('anthropic-messages', body, true));
  },
};

export const PATH_ATTACKS: readonly Attack[] = [
  greedyPaths,
  farPlaces,
  openCalls,
  ...WIRES.map(({ wire }) => nested(wire)),
  ...manyParts,
  lateness,
];
