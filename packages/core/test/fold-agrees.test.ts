// One answer, two ways to get it: folding the events equals adding up the chunks.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Batch, ChatCompletionChunk, StreamEvent } from '../src/index.ts';
import { createGrammar, createProjector, fold } from '../src/index.ts';

const CHOICES = 3;
const text = fc.string({ unit: 'grapheme', maxLength: 6 });
const choice = fc.nat(CHOICES - 1);
const extra = fc.record(
  {
    chunk: fc.record({ system_fingerprint: text }),
    choice: fc.record({ logprobs: fc.record({ content: fc.array(text, { maxLength: 2 }) }) }),
    delta: fc.record({ refusal: text }),
  },
  { requiredKeys: [] },
);
const delta: fc.Arbitrary<StreamEvent> = fc.oneof(
  fc.record({ type: fc.constant('text-delta' as const), text, choice }),
  fc.record({ type: fc.constant('text-delta' as const), text, choice, extra }),
  fc.record({ type: fc.constant('reasoning-delta' as const), text, choice }),
  fc.record(
    {
      type: fc.constant('tool-call-delta' as const),
      key: fc.constantFrom('0', '1', 'x'),
      id: text,
      name: text,
      arguments: text,
      choice,
    },
    { requiredKeys: ['type', 'key', 'choice'] },
  ),
  fc.record({ type: fc.constant('media' as const), mediaType: fc.constant('image/png'), url: text, choice }),
  fc.record({ type: fc.constant('source' as const), url: text, choice }),
  fc.record({ type: fc.constant('source' as const), title: text, text, choice }),
  fc.record({ type: fc.constant('aside' as const), extra, choice }),
  fc.nat(99).map(
    (n): StreamEvent => ({
      type: 'usage',
      usage: { prompt_tokens: n, completion_tokens: n, total_tokens: 2 * n },
    }),
  ),
);

/** Any stream that keeps the grammar: a start, anything, then a finish for every choice, and what comes late. */
const stream = fc
  .tuple(
    fc.array(delta, { maxLength: 40 }),
    fc.constantFrom('stop' as const, 'length' as const),
    fc.constantFrom('stop', 'MAX_TOKENS'),
    extra,
  )
  .map(([said, reason, rawReason, late]): readonly StreamEvent[] => [
    { type: 'answer-start', id: 'a1', model: 'm', provider: 'acme', created: 7 },
    ...said.map((event) => (event.type === 'tool-call-delta' && !event.id ? { ...event, id: 'c' } : event)),
    ...[0, 1, 2].map((index): StreamEvent => ({ type: 'finish', reason, rawReason, choice: index })),
    { type: 'aside', extra: late },
  ]);

/** Adds up chunks as a reader of OpenAI's API would, knowing nothing of events. */
const addUp = (chunks: readonly ChatCompletionChunk[]) => {
  const part = (index: number) => chunks.flatMap((c) => c.choices).filter((c) => c.index === index);
  const last = <T>(values: readonly T[]): T | undefined =>
    values.filter((v) => v !== undefined && v !== null).at(-1);
  return {
    usage: last(chunks.map((c) => c.usage)),
    fingerprint: last(chunks.map((c) => c.system_fingerprint)),
    choices: [0, 1, 2].map((index) => {
      const deltas = part(index).map((c) => c.delta);
      const pieces = deltas.flatMap((d) => d.tool_calls ?? []);
      const calls = [...new Set(pieces.map((p) => p.index))].map((at) => {
        const mine = pieces.filter((p) => p.index === at);
        return {
          id: mine[0]?.id,
          name: last(mine.map((p) => p.function.name)) ?? '',
          arguments: mine.map((p) => p.function.arguments ?? '').join(''),
        };
      });
      return {
        content: deltas.map((d) => d.content ?? '').join(''),
        reasoning: deltas.map((d) => d.reasoning ?? '').join(''),
        refusal: deltas.map((d) => d.refusal ?? '').join(''),
        logprobs: part(index).flatMap((c) => tokensOf(c.logprobs)),
        images: deltas.flatMap((d) => d.images ?? []),
        annotations: deltas.flatMap((d) => d.annotations ?? []),
        finish: last(part(index).map((c) => c.finish_reason)),
        native: last(part(index).map((c) => c.native_finish_reason)),
        calls,
      };
    }),
  };
};

const tokensOf = (logprobs: unknown): readonly unknown[] =>
  typeof logprobs === 'object' && logprobs !== null && 'content' in logprobs ? [logprobs.content].flat() : [];

async function* inBatches(events: readonly StreamEvent[], size: number): AsyncGenerator<Batch> {
  for (let at = 0; at < events.length; at += size) yield events.slice(at, at + size);
}

it('folding equals adding up the chunks, for any stream that keeps the grammar', async () => {
  await fc.assert(
    fc.asyncProperty(stream, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (events, size, alone) => {
      const grammar = createGrammar('acme');
      for (const event of events) grammar.accept(event);
      grammar.end();
      const answer = await fold(inBatches(events, size));
      const heard = addUp(events.map(createProjector(alone)));
      expect(answer.usage).toEqual(heard.usage);
      expect(answer.system_fingerprint).toEqual(heard.fingerprint);
      expect(answer.choices).toHaveLength(CHOICES);
      for (const [index, said] of heard.choices.entries()) {
        const folded = answer.choices[index];
        expect({
          content: folded?.message.content ?? '',
          reasoning: folded?.message.reasoning ?? '',
          refusal: folded?.message.refusal ?? '',
          logprobs: tokensOf(folded?.logprobs),
          images: folded?.message.images ?? [],
          annotations: folded?.message.annotations ?? [],
          finish: folded?.finish_reason,
          native: folded?.native_finish_reason,
          calls: folded?.message.tool_calls?.map(({ id, function: call }) => ({ id, ...call })) ?? [],
        }).toEqual(said);
      }
    }),
    { numRuns: 300 },
  );
});
