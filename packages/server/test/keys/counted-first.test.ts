// The order of things at the end of an answer: its row is written, then its caller sees the end.
import { expect, it, onTestFinished } from 'vitest';
import { Caller } from '../../src/keys/caller.ts';
import { Gate } from '../../src/keys/gate.ts';
import type { State } from '../../src/state/state.ts';
import { createMemoryState } from '../../src/state-engines/memory-state.ts';

it('a call is over for its caller when its row is written', async () => {
  const memory = createMemoryState();
  let write = (): void => undefined;
  const mayWrite = new Promise<void>((resolve) => {
    write = resolve;
  });
  const state: State = Object.assign(Object.create(memory), {
    settle: (given: Parameters<State['settle']>[0]) => mayWrite.then(() => memory.settle(given)),
  });
  const terms = { url: 'memory', onStateDown: 'closed', timeout: 60_000, days: 1 } as const;
  const gate = new Gate(state, terms);
  onTestFinished(() => gate.close());
  const key = { id: 'k', name: 'k', hash: 'h', ending: 'abcd', createdAt: 1, limits: [], isDisabled: false };
  const call = {
    operation: 'embed',
    request: { model: 'm', input: ['x'] },
    signal: new AbortController().signal,
    route: [],
    redact: (text: string) => text,
    moderate: () => Promise.reject(new Error('nobody moderates here')),
    options: { provider: [], headers: {}, cache: true, ...NO_OPTIONS },
  } as const;
  const need = { amount: 1, isBound: true };
  const end = await gate.within(new Caller('req_1', key), () =>
    gate.begin(call, { prompt_tokens: 1, tokens: need, dollars: need }),
  );
  const used = { prompt_tokens: 1, completion_tokens: 0, dollars: 0, isCached: false, isWhole: true };
  const order: string[] = [];
  const over = Promise.resolve(end({ ...used, error: undefined })).then(() => order.push('over'));
  await new Promise((resolve) => setImmediate(resolve));
  order.push('may be written');
  write();
  await over;
  expect(order).toEqual(['may be written', 'over']);
  expect(await memory.rows({}, 9)).toMatchObject([{ id: 'req_1', model: 'm', status: 200 }]);
});

const NO_OPTIONS = { baseURL: undefined, extraBody: undefined, fallback: undefined, retired: undefined };
