// After its rest a provider is asked once to see, however many calls come at the same time.
import { G4FError, type Provider } from '@g4f/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createChatEngine } from '../chat-engine.ts';
import { pass, stopClock, turns } from '../clock.ts';
import { stock } from '../fake-catalog.ts';
import { failing, fakeProvider, saying } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

type Chat = NonNullable<Provider['chat']>;

beforeEach(() => stopClock());

/** `shaky` has failed often enough to be left alone, and its rest is over; nothing has been asked since. */
const rested = async (
  isNamed: boolean,
  others: readonly Provider[],
  facts: Partial<Provider> = {},
  before: readonly Provider[] = [],
) => {
  const asked: string[] = [];
  let answer: Chat = () => {
    throw new G4FError('it is down.', { code: 'server', status: 503 });
  };
  const watched = (provider: Provider): Provider => ({
    ...provider,
    chat: (request, context) => {
      asked.push(provider.id);
      return (provider.chat as Chat)(request, context);
    },
  });
  const shaky = fakeProvider('shaky', (request, context) => answer(request, context), facts);
  const provider = [...before, shaky, ...others].map(watched);
  if (!isNamed) stock(...provider);
  const calls = createChatEngine({
    env: {},
    ...(isNamed && { provider }),
    maxRetries: 0,
    routing: { policy: 'order', sticky: false },
  });
  const read = async (): Promise<void> => {
    for await (const _ of calls.chat({ model: 'family', messages: 'x' }));
  };
  for (let time = 0; time < 5; time++) await read().catch(() => undefined);
  const health = (): unknown => calls.health().find(({ provider: id }) => id === 'shaky');
  expect(health()).toMatchObject({ state: 'open' });
  await pass(5000);
  asked.length = 0;
  return {
    asked,
    read,
    health,
    from: (chat: Chat) => {
      answer = chat;
    },
  };
};

/** Says nothing until it is told to. */
const held = () => {
  let tell = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const chat: Chat = async function* (request, context) {
    await told;
    yield* saying('here')(request, context);
  };
  return { chat, release: () => tell() };
};

describe.each([
  ['named', true],
  ['found by the model', false],
])('one request is the probe of those that are %s', (_, isNamed) => {
  it('though twenty calls come in one tick', async () => {
    const { asked, read, from, health } = await rested(isNamed, [fakeProvider('good', saying('yes'))]);
    const probe = held();
    from(probe.chat);
    const calls = Array.from({ length: 20 }, read);
    await turns();
    expect(asked.filter((id) => id === 'shaky')).toHaveLength(1);
    expect(asked.filter((id) => id === 'good')).toHaveLength(19);
    expect(health()).toMatchObject({ state: 'half-open', requests: 6 });
    probe.release();
    await Promise.all(calls);
    await read();
    expect(asked.at(-1)).toBe('shaky');
  });

  it('where it is asked after another has failed, too', async () => {
    const good = fakeProvider('good', saying('yes'));
    const down = fakeProvider('down', failing('auth'));
    const { asked, read, from } = await rested(isNamed, [good], {}, [down]);
    const probe = held();
    from(probe.chat);
    const calls = Array.from({ length: 3 }, read);
    await turns();
    expect([...asked].sort()).toEqual(['down', 'down', 'down', 'good', 'good', 'shaky']);
    probe.release();
    await Promise.all(calls);
  });
});

it('is given back where it was not asked after all', async () => {
  let missing: string | undefined;
  const available = async (): Promise<string | undefined> => missing;
  const { asked, read, from, health } = await rested(false, [fakeProvider('good', saying('yes'))], {
    available,
  });
  from(saying('here'));
  missing = 'start it';
  await read();
  expect(asked).toEqual(['good']);
  expect(health()).toMatchObject({ state: 'half-open', requests: 5 });
  missing = undefined;
  await read();
  expect(asked).toEqual(['good', 'shaky']);
  expect(health()).toMatchObject({ state: 'closed', requests: 6 });
});
