// Api.airforce says "Ratelimit Exceeded!" as if it were an answer: it is none, however it is cut, and nothing else is taken for it.
import { describe, expect, it } from 'vitest';
import airforce from '../../src/backends/airforce.ts';
import { collect, createFakeContext, type FakeAnswer } from './fake-context.ts';

const says = (...pieces: readonly string[]): FakeAnswer => ({
  type: 'text/event-stream',
  body: `${pieces.map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`).join('')}data: [DONE]\n\n`,
});
const ASKING = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true } as const;
const ask = (answer: FakeAnswer) => collect(airforce.chat(ASKING, createFakeContext(answer)));

describe('airforce', () => {
  it.each([
    [['Ratelimit Exceeded!']],
    [['Rate', 'limit Exceeded!', '\nPlease join our Discord']],
    [[' ratelimit exceeded! ']],
    [['Ratelimit Exceeded!\nPlease join: https://discord.gg/airforce']],
  ])('fails with rate-limit: %j', async (pieces) => {
    await expect(ask(says(...pieces))).rejects.toMatchObject({ code: 'rate-limit', provider: 'airforce' });
  });

  it.each([[['Rate', 'limits are numbers.']], [['R']], [['Hello', ' Ratelimit Exceeded!']]])(
    'answers: %j',
    async (pieces) => {
      const events = await ask(says(...pieces));
      const text = events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('');
      expect(text).toBe(pieces.join(''));
      expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
    },
  );

  it.each([
    ['a call', { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{}' } }] }],
    ['reasoning', { reasoning: 'hm' }],
    ['text', { content: 'Hello' }],
  ])('does not hold back what can be no false answer: %s', async (_name, delta) => {
    let readOn = false;
    const body = (async function* () {
      yield Buffer.from(`data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`);
      readOn = true;
      yield Buffer.from('data: [DONE]\n\n');
    })();
    const headers = { 'content-type': 'text/event-stream' };
    const context = {
      ...createFakeContext(),
      send: async () => ({ status: 200, headers, body, release: () => undefined }),
    };
    const first = await airforce.chat(ASKING, context)[Symbol.asyncIterator]().next();
    expect(first.value?.length).toBeGreaterThan(1);
    expect(readOn).toBe(false);
  });

  it('hands out what it held when the stream breaks off', async () => {
    const body = `data: ${JSON.stringify({ choices: [{ delta: { content: 'Rate' } }] })}\n\n`;
    const heard: unknown[] = [];
    const reading = (async () => {
      for await (const batch of airforce.chat(ASKING, createFakeContext({ type: 'text/event-stream', body })))
        heard.push(...batch);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'stream-truncated' });
    expect(heard).toContainEqual({ type: 'text-delta', text: 'Rate' });
  });
});
