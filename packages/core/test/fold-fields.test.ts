// Fields that have no type, folded: joined in place, without a change to what they came in.
import { expect, it } from 'vitest';
import type { StreamEvent } from '../src/index.ts';
import { extraOf } from '../src/index.ts';
import { folded } from './folded.ts';

const message = async (...events: readonly StreamEvent[]) => (await folded(...events)).choices[0]?.message;

it('joins fields that come in pieces, and changes none of them', async () => {
  const aside = (delta: Record<string, unknown>): StreamEvent => ({ type: 'aside', extra: { delta } });
  const pieces = [
    { plan: 'a', pages: [1], audio: { id: 'x', data: 'A', times: [1] } },
    { plan: 'b', pages: [2], audio: { id: 'x', data: 'B', times: [2] } },
    { plan: null, pages: [3], audio: { data: 'C' } },
  ];
  const before = structuredClone(pieces);
  const said = await message(...pieces.map(aside));
  expect(said).toMatchObject({
    plan: null,
    pages: [1, 2, 3],
    audio: { id: 'x', data: 'ABC', times: [1, 2] },
  });
  expect(pieces).toEqual(before);
});

it('takes no field for a prototype', async () => {
  const evil: Record<string, unknown> = JSON.parse('{"__proto__":{"a":1},"inside":{"__proto__":{"b":1}}}');
  const extra = { delta: evil, choice: evil, chunk: evil };
  const answer = await folded({ type: 'aside', extra }, { type: 'aside', extra });
  const choice = answer.choices[0];
  for (const one of [
    answer,
    choice,
    choice?.message,
    extraOf(answer).inside,
    extraOf(choice?.message ?? {}).inside,
  ])
    expect([Object.getPrototypeOf(one), Reflect.get(Object(one), 'a')]).toEqual([
      Object.prototype,
      undefined,
    ]);
});
