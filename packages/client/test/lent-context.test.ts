// What a provider is lent can be handed on, as a provider does that wraps another: a copy holds all of it.
import type { Context } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { fakeProvider, start, stop, text } from './fake-provider.ts';

describe('a copy of the context', () => {
  it('has the signal by a proxy and as a prototype too', async () => {
    const seen: unknown[] = [];
    const provider = fakeProvider('wrapper', async function* (_request, context) {
      const handedOn: Context[] = [new Proxy(context, {}), Object.create(context)];
      seen.push(...handedOn.map(({ signal }) => signal === context.signal));
      yield [start(), text('hi'), stop];
    });
    await new AsyncClient({ env: {}, provider }).chat.completions.create({ model: 'family', messages: 'x' });
    expect(seen).toEqual([true, true]);
  });

  it('is told when the reader leaves, by the same signal', async () => {
    const lent: Context[] = [];
    const provider = fakeProvider('wrapper', async function* (_request, context) {
      lent.push(context, { ...context });
      yield [start(), text('hi')];
      await new Promise(() => undefined);
    });
    const client = new AsyncClient({ env: {}, provider });
    for await (const chunk of client.chat.completions.create({
      model: 'family',
      messages: 'x',
      stream: true,
    }))
      if (chunk.choices[0]?.delta.content) break;
    const [context, copy] = lent;
    expect(Object.keys(copy ?? {}).sort()).toEqual(
      ['apiKey', 'baseURL', 'enter', 'env', 'extraBody', 'headers', 'send', 'signal', 'warn'].sort(),
    );
    expect(copy?.signal).toBe(context?.signal);
    expect(copy?.signal).toMatchObject({ aborted: true, constructor: AbortSignal });
  });
});
