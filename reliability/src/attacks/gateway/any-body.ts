// Bodies for each route of a gateway with anything in any place of them, and the events of a service that says anything.
import type { Batch } from '@g4f/core';
import type { Random } from '../attack.ts';
import { below, oneOf } from '../scratch.ts';
import { SAMPLE_BODIES } from './sample-bodies.ts';

/** What is put in any place. */
const ODD: readonly [unknown, ...unknown[]] = [
  null,
  ...[0, -1, 1e308, -1e308, 1.5, 2 ** 53, '', ' ', 'x', '\ud800', '\u0000', '\u202e', '__proto__'],
  ...['constructor', true, false, [], {}, [[]], [null], [{}], '9'.repeat(400), 'a'.repeat(5000)],
  ...['http://127.0.0.1:1/', 'data:image/png;base64,AAAA', 'data:,', 'file:///etc/passwd', { toString: 'x' }],
  ...[{ toJSON: 1 }, { length: 5 }],
];

/** The routes that take one; `MODEL` stands for a name. */
export const BODY_ROUTES = Object.keys(SAMPLE_BODIES) as [string, ...string[]];

/** A body of the route, changed in one or two places. */
export const anyBody = (route: string, model: string, random: Random): unknown => {
  const made = { ...SAMPLE_BODIES[route]?.() };
  const body = { root: 'model' in made ? { ...made, model } : made };
  for (let times = below(3, random); times >= 0; times -= 1) change(body, random);
  if (random() < 0.4 && typeof body.root === 'object' && body.root !== null)
    return { ...body.root, stream: true };
  return body.root;
};

/** Puts something else in one place of what it holds. */
export function change(body: object, random: Random): void {
  let holder: object = body;
  let name = 'root';
  for (let depth = 0; depth < 8; depth += 1) {
    const at: unknown = Reflect.get(holder, name);
    if (typeof at !== 'object' || at === null || random() < 0.15) break;
    const names = Object.keys(at);
    if (names.length === 0) break;
    holder = at;
    name = names[below(names.length, random)] ?? '';
  }
  const kind = below(6, random);
  const before: unknown = Reflect.get(holder, name);
  if (kind === 0 && name !== 'root') Reflect.deleteProperty(holder, name);
  else if (kind === 1 && Array.isArray(before))
    Reflect.set(holder, name, [...before, ...before, structuredClone(oneOf(ODD, random))]);
  else if (kind === 2 && typeof before === 'object' && before !== null)
    Reflect.set(holder, name, {
      ...before,
      [oneOf(['toString', 'type', 'role', 'id', 'name', 'constructor', 'then', 'x_'], random)]:
        structuredClone(oneOf(ODD, random)),
    });
  else Reflect.set(holder, name, structuredClone(oneOf(ODD, random)));
}

/** An answer of events that may stand in it, with anything in them. */
export const anyEvents = (random: Random): Batch => {
  const count = (): number => oneOf([1, Number.NaN, -5, Number.POSITIVE_INFINITY, 1e308, 1.5], random);
  const event = (): object =>
    oneOf<() => object>(
      [
        () => ({
          type: 'text-delta',
          text: oneOf(['well', '\ud800', '\r\n\r\ndata: x', '\u2028', 'data: [DONE]\n\n', ''], random),
        }),
        () => ({ type: 'reasoning-delta', text: 'hm' }),
        () => ({
          type: 'usage',
          usage: { prompt_tokens: count(), completion_tokens: count(), total_tokens: count() },
        }),
        () => ({
          type: 'extra',
          scope: 'choice',
          fields: { logprobs: oneOf([null, 5, {}, { content: [{}] }], random) },
        }),
        () => ({
          type: 'tool-call-start',
          index: 0,
          id: oneOf(['a', '', 'x\ny'], random),
          name: oneOf(['f', '', '\u0000', '__proto__'], random),
        }),
        () => ({
          type: 'tool-call-delta',
          index: 0,
          arguments: oneOf(['{}', '{', 'null', '[]', '1e999'], random),
        }),
      ],
      random,
    )();
  const events = [
    { type: 'answer-start', model: oneOf(['m', '\u001b[2J', 'x\r\ny', '\ud800', ''], random) },
    ...Array.from({ length: below(6, random) }, event),
    { type: 'finish', reason: oneOf(['stop', 'length', 'tool_calls', 'content_filter'], random) },
  ];
  // A provider that keeps to no type.
  return events as unknown as Batch;
};
