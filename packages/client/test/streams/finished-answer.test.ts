// The finished answer of a stream: what create() without `stream` gives, read in one way, by whoever comes first.
import type { Batch } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { AsyncChunkStream } from '../../src/surface/chat-stream.ts';
import {
  collect,
  deaf,
  failing,
  failureOf,
  fakeProvider,
  saying,
  start,
  text,
  wordsOf,
} from '../fake-provider.ts';

const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
const counted: Batch[] = [
  [start(), text('Hel')],
  [text('lo'), { type: 'usage', usage }],
  [{ type: 'finish', reason: 'length' }],
];
const TWICE = { code: 'invalid-request', message: expect.stringContaining('chunks come once') };

type Provided = Parameters<typeof fakeProvider>[1];
const hello = { model: 'family', messages: 'x' };
const clientOf = (chat: Provided) =>
  new AsyncClient({ provider: fakeProvider('a', chat), maxRetries: 0, env: {} });
const streamOf = (chat: Provided): AsyncChunkStream =>
  clientOf(chat).chat.completions.create({ ...hello, stream: true });
const keepingOf = (chat: Provided): AsyncChunkStream => clientOf(chat).chat.completions.stream(hello);
const countedChat: Provided = async function* () {
  yield* counted;
};

describe('of create()', () => {
  it('is what a whole answer is, by all its names, as often as it is asked for', async () => {
    const whole = await clientOf(countedChat).chat.completions.create(hello);
    const stream = streamOf(countedChat);
    expect(stream.usage).toBeUndefined();
    const { id: _, created: __, ...completion } = await stream.finalCompletion();
    expect(completion).toEqual({ ...whole, id: undefined, created: undefined });
    expect(await stream.finalChatCompletion()).toBe(await stream.finalCompletion());
    expect(await stream.finalMessage()).toEqual(whole.choices[0]?.message);
    expect([await stream.finalText(), await stream.finalContent()]).toEqual(['Hello', 'Hello']);
    await stream.done();
    expect([stream.usage, stream.route.map(({ provider }) => provider)]).toEqual([usage, ['a']]);
  });

  it('the token counts are there after a loop', async () => {
    const stream = streamOf(countedChat);
    for await (const _ of stream) expect(stream.usage).toBeUndefined();
    expect(stream.usage).toEqual(usage);
    const none = streamOf(saying('x'));
    await collect(none);
    expect(none.usage).toBeUndefined();
  });

  it('cannot be had after a loop, nor a loop after it: that is an error that says so', async () => {
    const looped = streamOf(saying('x'));
    await collect(looped);
    await expect(looped.finalMessage()).rejects.toMatchObject(TWICE);
    expect(() => looped.on('content', () => undefined)).toThrow(expect.objectContaining(TWICE));
    const finished = streamOf(saying('x'));
    await finished.finalMessage();
    await expect(collect(finished)).rejects.toMatchObject(TWICE);
    for (const use of [() => finished.tee(), () => finished.toReadableStream(), () => finished.toResponse()])
      expect(use).toThrow(expect.objectContaining(TWICE));
    await expect(finished.pipeTo(new WritableStream())).rejects.toMatchObject(TWICE);
  });

  it('a failure in the middle is the failure of all of them, and of nobody who did not ask', async () => {
    const stream = streamOf(failing('server', [start(), text('Hel')]));
    // Never awaited: an unhandled rejection would fail this run.
    void stream.finalText();
    void stream.done();
    const error = await failureOf(stream.finalMessage());
    expect(error).toMatchObject({ code: 'server' });
    expect(await failureOf(stream.finalCompletion())).toBe(error);
    expect(stream.usage).toBeUndefined();
  });

  it('what is known without asking is an error, too', async () => {
    const none = new AsyncClient({ env: {} }).chat.completions.create({
      ...hello,
      model: 'gpt-5.4',
      stream: true,
    });
    await expect(none.finalMessage()).rejects.toMatchObject({ code: 'no-provider' });
  });

  it('an abort ends it by `aborted`: before the first read, in the middle, by a signal, by the end of the client', async () => {
    const early = streamOf(saying('x'));
    const earlyEnd = early.finalText();
    early.abort();
    expect(await failureOf(earlyEnd)).toMatchObject({ code: 'aborted' });
    const left = streamOf(saying('x'));
    left.abort();
    expect(await failureOf(left.finalText())).toMatchObject({ code: 'aborted' });
    const leftByLoop = streamOf(saying('x', 'y'));
    for await (const _ of leftByLoop) break;
    expect(await failureOf(leftByLoop.done())).toMatchObject({ code: 'aborted' });
    const middle = streamOf(deaf([start(), text('Hel')]));
    const said = middle.emitted('content');
    const middleEnd = middle.finalText();
    expect(await said).toBe('Hel');
    middle.abort();
    expect(await failureOf(middleEnd)).toMatchObject({ code: 'aborted' });
    const controller = new AbortController();
    const client = clientOf(deaf([start(), text('Hel')]));
    const signalled = client.chat.completions.create(
      { ...hello, stream: true },
      { signal: controller.signal },
    );
    signalled.on('content', () => controller.abort());
    expect(await failureOf(signalled.finalText())).toMatchObject({ code: 'aborted' });
    const open = client.chat.completions.create({ ...hello, stream: true });
    open.on('content', () => client.close());
    expect(await failureOf(open.finalText())).toMatchObject({ code: 'aborted' });
  });
});

describe('of stream()', () => {
  it('is there after a loop, during one, and without one', async () => {
    const looped = keepingOf(countedChat);
    expect(wordsOf(await collect(looped))).toBe('Hello');
    expect(await looped.finalText()).toBe('Hello');
    expect(looped.usage).toEqual(usage);
    const during = keepingOf(countedChat);
    const end = during.finalMessage();
    expect(wordsOf(await collect(during))).toBe('Hello');
    expect((await end).content).toBe('Hello');
    expect(await keepingOf(countedChat).finalText()).toBe('Hello');
    const byHand = keepingOf(countedChat);
    while (!(await byHand.next()).done);
    expect(await byHand.finalText()).toBe('Hello');
  });

  it('is `aborted` where the loop was left, and the failure where it failed', async () => {
    const left = keepingOf(saying('a', 'b'));
    for await (const _ of left) break;
    expect(await failureOf(left.finalText())).toMatchObject({ code: 'aborted' });
    const failed = keepingOf(failing('server', [start(), text('Hel')]));
    const error = await failureOf(collect(failed));
    expect(await failureOf(failed.finalText())).toBe(error);
    const never = keepingOf(saying('a'));
    never.abort();
    expect(await failureOf(never.done())).toMatchObject({ code: 'aborted' });
  });

  it('an answer that is longer than what is kept has no finished form; its loop goes on', async () => {
    const piece = 'x'.repeat(4 * 1024 * 1024);
    const long = Array<string>(5).fill(piece);
    const looped = keepingOf(saying(...long));
    let length = 0;
    for await (const chunk of looped) length += wordsOf([chunk]).length;
    expect(length).toBe(5 * piece.length);
    const tooLong = { code: 'bad-response', message: expect.stringContaining('longer than the limit') };
    await expect(looped.finalText()).rejects.toMatchObject(tooLong);
    await expect(streamOf(saying(...long)).finalText()).rejects.toMatchObject(tooLong);
  });
});
