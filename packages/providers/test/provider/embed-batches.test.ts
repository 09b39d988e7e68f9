// Many inputs in one request for embeddings: how they are cut, sent at once, stopped, and put together.
import { LIMITS } from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmbedFacts } from '../../src/wires/embed-endpoint.ts';
import {
  acme,
  ask,
  createEmbedContext,
  type EmbedContext,
  embedded,
  inputsOf,
  listOf,
} from './embed-context.ts';

/** The vector of `text 7` is [7, 0.5]. */
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `text ${at}`);
const vectorOf = (text: string): readonly number[] => [Number(text.slice(5)), 0.5];
const good = (): EmbedContext =>
  createEmbedContext((request) => ({ body: listOf(...inputsOf(request).map(vectorOf)) }));
const countsOf = ({ requests }: EmbedContext) => requests.map((request) => inputsOf(request).length);

describe('many inputs', () => {
  it('are cut into batches of at most maxInputs, 96 where nothing is documented, and put together in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
        async (count, maxInputs) => {
          const context = good();
          const provider = acme(maxInputs === undefined ? {} : { maxInputs });
          const { data } = await embedded(provider, ask(numbered(count)), context);
          expect(data.map(({ embedding }) => embedding)).toEqual(numbered(count).map(vectorOf));
          expect(data.map(({ index }) => index)).toEqual(data.map((_, at) => at));
          const most = Math.min(maxInputs ?? 96, 102);
          expect(context.requests).toHaveLength(Math.ceil(count / most));
          expect(context.released.count).toBe(context.requests.length);
          expect(Math.max(...countsOf(context))).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are cut where their tokens are too many: a character counts as one, and so does a token of a list', async () => {
    const context = createEmbedContext((request) => ({ body: listOf(...inputsOf(request).map(() => [1])) }));
    await embedded(acme({ maxTokens: 10 }), ask(['aaaa', 'bbbb', 'cccc', 'd', 'a'.repeat(30), 'e']), context);
    expect(context.requests.map(inputsOf)).toEqual([
      ['aaaa', 'bbbb'],
      ['cccc', 'd'],
      ['a'.repeat(30)],
      ['e'],
    ]);
    const tokens = createEmbedContext((request) => ({ body: listOf(...inputsOf(request).map(() => [1])) }));
    await embedded(acme({ maxTokens: 3 }), ask([[1, 2], [3], [4, 5]]), tokens);
    expect(tokens.requests.map(inputsOf)).toEqual([[[1, 2], [3]], [[4, 5]]]);
  });

  it('are cut so that an answer stays far below its limit, by the size of the vectors that is asked for', async () => {
    const counts = async (dimensions: number, facts: EmbedFacts = {}) => {
      const context = createEmbedContext(() => ({ status: 418, body: '' }));
      const asked = embedded(
        acme({ maxInputs: 5000, ...facts }),
        ask(numbered(5000), { dimensions }),
        context,
      );
      await asked.catch(() => undefined);
      return countsOf(context)[0];
    };
    expect(await counts(1024)).toBe(Math.floor(LIMITS.answerBytes / 4 / 1024 / 20));
    expect(await counts(4096)).toBe(Math.floor(LIMITS.answerBytes / 4 / 4096 / 20));
    expect(await counts(10_000_000)).toBe(1);
    expect(await counts(1024, { takes: ['base64', 'dimensions'] })).toBe(
      Math.floor(LIMITS.answerBytes / 4 / 1024 / 12),
    );
  });

  it('are asked for four requests at a time, each as soon as another is answered', async () => {
    const open: (() => void)[] = [];
    const context = createEmbedContext(async (request) => {
      await new Promise<void>((resolve) => open.push(resolve));
      return { body: listOf(...inputsOf(request).map(vectorOf)) };
    });
    const answer = embedded(acme({ maxInputs: 1 }), ask(numbered(6)), context);
    await expect.poll(() => open.length).toBe(4);
    // The last one first: order is not that of the answers.
    open[3]?.();
    await expect.poll(() => open.length).toBe(5);
    expect(context.requests).toHaveLength(5);
    open[4]?.();
    await expect.poll(() => open.length).toBe(6);
    for (const answerOne of open) answerOne();
    expect((await answer).data.map(({ embedding }) => embedding)).toEqual(numbered(6).map(vectorOf));
  });

  it('fail together: the first failure stops the others, asks for no more, and is the one that is told', async () => {
    const gone: unknown[] = [];
    const context = createEmbedContext(({ signal }, at) => {
      if (at === 1)
        return { status: 429, headers: { 'retry-after': '7' }, body: '{"error":{"message":"Slow down."}}' };
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          gone.push(signal.reason);
          reject(signal.reason);
        });
      });
    });
    const failure = await embedded(acme({ maxInputs: 1 }), ask(numbered(20)), context).catch(
      (error) => error,
    );
    expect(failure).toMatchObject({ code: 'rate-limit', retryAfterMs: 7000, provider: 'acme' });
    expect(context.requests).toHaveLength(4);
    expect(gone).toEqual([failure, failure, failure]);
  });

  it('are sent again one by one, as the caller allows, and the others not at all', async () => {
    const asked = new Map<string, number>();
    const context = createEmbedContext(
      (request) => {
        const [text = ''] = inputsOf(request);
        asked.set(text, (asked.get(text) ?? 0) + 1);
        const isRefused = text === 'text 3' && asked.get(text) === 1;
        return isRefused
          ? { status: 429, body: '{"error":{"message":"Slow down."}}' }
          : { body: listOf(...inputsOf(request).map(vectorOf)) };
      },
      { retryDelayMs: (_, retries) => (retries < 1 ? 0 : undefined) },
    );
    const { data } = await embedded(acme({ maxInputs: 1 }), ask(numbered(9)), context);
    expect(data.map(({ embedding }) => embedding)).toEqual(numbered(9).map(vectorOf));
    expect([...asked.values()]).toEqual([1, 1, 1, 2, 1, 1, 1, 1, 1]);
  });

  it('wait for no second chance once the caller has left', async () => {
    const leaving = new AbortController();
    const context = createEmbedContext(() => ({ status: 429, body: '{}' }), {
      signal: leaving.signal,
      retryDelayMs: () => 1_000_000,
    });
    const answer = embedded(acme({ maxInputs: 1 }), ask(numbered(2)), context).catch((error) => error);
    await expect.poll(() => context.requests.length).toBe(2);
    leaving.abort();
    expect(await answer).toMatchObject({ code: 'rate-limit' });
  });

  it('have one sum of tokens, and none where one answer has no count', async () => {
    const usage = async (counts: readonly (number | undefined)[]) => {
      const context = createEmbedContext((request, at) => {
        const answer = JSON.parse(listOf(...inputsOf(request).map(vectorOf)));
        return { body: JSON.stringify({ ...answer, usage: { prompt_tokens: counts[at] } }) };
      });
      return (await embedded(acme({ maxInputs: 1 }), ask(numbered(counts.length)), context)).usage;
    };
    expect(await usage([1, 2, 4])).toEqual({ prompt_tokens: 7, total_tokens: 7 });
    expect(await usage([1, undefined, 4])).toBeUndefined();
  });
});
