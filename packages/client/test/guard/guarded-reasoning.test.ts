// Reasoning in the form in which its service wants it back is guarded as any text: where it is asked, and where it is answered.
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { type GuardOptions, withGuard } from '../../src/guard/with-guard.ts';
import { collect, failureOf, fakeProvider, recording, start, stop, text } from '../fake-provider.ts';

const noWar = (given: string): boolean => !given.includes('war');
const details = [{ type: 'reasoning.text' as const, text: 'They want war.', signature: 'sealed', index: 0 }];
const sealed = [{ type: 'reasoning.encrypted' as const, data: 'war' }];

describe('reasoning_details', () => {
  it('are checked where they are sent back, but not what is sealed in them', async () => {
    const asked: Parameters<typeof recording>[0] = [];
    const client = clientOf({ input: noWar }, recording(asked));
    const ask = (reasoning_details: typeof details | typeof sealed) =>
      client.chat.completions.create({
        model: 'family',
        messages: [
          { role: 'assistant', content: 'Hm.', reasoning_details },
          { role: 'user', content: 'Go on.' },
        ],
      });
    expect(await failureOf(ask(details))).toMatchObject({ code: 'content-filter' });
    expect(asked).toEqual([]);
    await ask(sealed);
    expect(asked).toHaveLength(1);
  });

  it('are checked where they are answered', async () => {
    const said = { type: 'aside' as const, extra: { delta: { reasoning_details: details } } };
    const client = clientOf({ output: noWar }, async function* () {
      yield [start()];
      yield [said];
      yield [text('Hello'), stop];
    });
    const stream = client.chat.completions.create({ model: 'family', messages: 'x', stream: true });
    expect(await failureOf(collect(stream))).toMatchObject({ code: 'content-filter' });
  });
});

function clientOf(guard: GuardOptions, chat: Parameters<typeof fakeProvider>[1]): AsyncClient {
  return new AsyncClient({
    env: {},
    maxRetries: 0,
    provider: fakeProvider('one', chat),
    use: [withGuard(guard)],
  });
}
