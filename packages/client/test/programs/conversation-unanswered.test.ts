// A message without an answer: one that nobody was asked with is taken back, one that was refused or cut short is kept; with both clients.
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { withBudget } from '../../src/middleware/with-budget.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { failureOf } from '../fake-provider.ts';
import { SCRIPTED, WHOLE_CLIENTS } from './both-clients.ts';
import { lines, opened, said, streamed } from './conversations.ts';

describe.each(WHOLE_CLIENTS)('%s', (_, client) => {
  it.each<readonly [string, { readonly provider?: string; readonly model?: string }, string]>([
    ['an unknown provider', { provider: 'grok' }, 'no-provider'],
    ['an unknown model', { model: 'no-such-model' }, 'model-not-found'],
    ['no key', { model: 'gpt-4o' }, 'no-provider'],
    ['an unknown model at a provider without a key', { provider: 'groq', model: 'x' }, 'no-provider'],
  ])('takes back the message that nobody was asked with: %s', async (_what, { provider, model }, code) => {
    const Made = client instanceof Client ? Client : AsyncClient;
    const elsewhere = new Made({ env: {}, ...(provider !== undefined && { provider }) });
    const store = memoryStore();
    const lost = await opened(elsewhere, [], { store, id: 'one', ...(model !== undefined && { model }) });
    expect(await failureOf(() => said(lost, 'Go.'))).toMatchObject({ code });
    expect(await failureOf(() => streamed(lost, 'Go.').result())).toMatchObject({ code });
    expect(lost.messages).toEqual([]);
    const chat = await opened(client, [{ echo: true }], { store, id: 'one' });
    expect(JSON.parse(await said(chat, 'Go.')).messages).toEqual([{ role: 'user', content: 'Go.' }]);
    elsewhere.close();
  });

  it('takes back the message for which a budget is too small', async () => {
    const Made = client instanceof Client ? Client : AsyncClient;
    const limited = new Made({
      env: {},
      provider: SCRIPTED,
      use: [withBudget({ tokens: 2, per: 'process' })],
    });
    const chat = await opened(limited, [{ content: 'Hello.' }]);
    expect(await failureOf(() => said(chat, 'One.', { max_tokens: 5 }))).toMatchObject({
      code: 'payment-required',
    });
    expect(chat.messages).toEqual([]);
    limited.close();
  });

  it('keeps the message that a service refused: it was asked, and another may answer', async () => {
    const chat = await opened(client, [{ refuses: 400 }]);
    expect(await failureOf(() => said(chat, 'Go.'))).toMatchObject({ code: 'invalid-request', status: 400 });
    expect(lines(chat.messages)).toEqual(['user: Go.']);
    const answer = await Reflect.apply(chat.retry, undefined, [{ script: [{ content: 'Well.' }] }]);
    expect(answer.choices[0].message.content).toBe('Well.');
  });

  it('keeps the answer where a retry could ask nobody', async () => {
    const store = memoryStore();
    const chat = await opened(client, [{ content: 'Well.' }], { store, id: 'one' });
    await said(chat, 'Go.');
    const retry = (params: object) => failureOf(() => Reflect.apply(chat.retry, undefined, [params]));
    expect(await retry({ provider: 'nope' })).toMatchObject({ code: 'no-provider' });
    expect(await retry({ temperature: 'x' })).toMatchObject({ code: 'invalid-request' });
    expect(lines(chat.messages)).toEqual(['user: Go.', 'assistant: Well.']);
    const again = await opened(client, [], { store, id: 'one' });
    expect(lines(again.messages)).toEqual(['user: Go.', 'assistant: Well.']);
  });

  it('keeps the message that nobody answered, and no tool call of a cut answer', async () => {
    const calls = [['1', 'a', '{"x":'] as const];
    const chat = await opened(client, [{ calls, breaks: true }]);
    expect(await failureOf(() => said(chat, 'Go.'))).toMatchObject({ code: 'internal' });
    expect(lines(chat.messages)).toEqual(['user: Go.']);
  });
});
