// Api.airforce says "Ratelimit Exceeded!" as if it were an answer: it is none, however it is cut, and nothing else is taken for it.
import { describe, expect, it } from 'vitest';
import airforce from '../../src/backends/airforce.ts';
import { collect, createFakeContext, type FakeAnswer } from './fake-context.ts';

const says = (...pieces: readonly string[]): FakeAnswer => ({
  type: 'text/event-stream',
  body: `${pieces.map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`).join('')}data: [DONE]\n\n`,
});
const ask = (answer: FakeAnswer) =>
  collect(
    airforce.chat(
      { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true },
      createFakeContext(answer),
    ),
  );

describe('airforce', () => {
  it.each([
    [['Ratelimit Exceeded!']],
    [['Rate', 'limit Exceeded!', '\nPlease join our Discord']],
    [[' ratelimit exceeded! ']],
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
});
