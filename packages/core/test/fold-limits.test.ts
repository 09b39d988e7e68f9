// The limits of an answer that is awaited as a whole.
import { expect, it } from 'vitest';
import type { StreamEvent } from '../src/index.ts';
import { fold } from '../src/index.ts';
import { folded, START, text } from './folded.ts';

it('has a limit of characters and of events, and copies nothing with each piece', async () => {
  const many = (count: number, event: StreamEvent): StreamEvent[] =>
    Array.from({ length: count }, () => event);
  const long = 'x'.repeat(1024 * 1024);
  const tooLong = { code: 'bad-response', provider: 'acme', message: expect.stringContaining('limit of') };
  await expect(folded(...many(17, text(long)))).rejects.toMatchObject(tooLong);
  await expect(
    folded(...many(17, { type: 'tool-call-delta', key: 'a', arguments: long })),
  ).rejects.toMatchObject(tooLong);
  await expect(folded(...many(17, { type: 'tool-call-delta', key: 'a', name: long }))).rejects.toMatchObject(
    tooLong,
  );
  await expect(
    folded(...many(17, { type: 'source', url: 'https://a.example', text: long })),
  ).rejects.toMatchObject(tooLong);
  // Pictures are larger than texts.
  const picture: StreamEvent = { type: 'media', mediaType: 'image/png', url: long };
  expect((await folded(...many(40, picture))).choices[0]?.message.images).toHaveLength(40);
  await expect(folded(...many(49, picture))).rejects.toMatchObject(tooLong);
  const logprob = { token: 'x', logprob: -0.1 };
  const aside = { type: 'aside', extra: { choice: { logprobs: { content: [logprob] } } } } as const;
  const [choice] = (await folded(text('a'), ...many(100_000, aside))).choices;
  expect(choice?.logprobs?.content).toHaveLength(100_000);
  expect(aside.extra.choice.logprobs.content).toHaveLength(1);
  let batches = 0;
  const endless = async function* () {
    yield [START];
    for (; ; batches++) yield many(10_000, text('a'));
  };
  await expect(fold(endless())).rejects.toMatchObject(tooLong);
  // Nothing is read after the millionth event.
  expect(batches).toBe(99);
});
