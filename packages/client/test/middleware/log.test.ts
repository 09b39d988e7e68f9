// withLog: one line for each call, in which nothing of the prompt, the answer or a key is.
import type { Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import { withLog } from '../../src/middleware/with-log.ts';
import type { CallFields } from '../../src/surface/middleware.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { turns } from '../clock.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import { collect, failing, fakeProvider, start, stop, text } from '../fake-provider.ts';
import { json, startService } from '../fake-service.ts';

const usage = { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 };
const good = fakeProvider('good', async function* ({ model }) {
  yield [start(model), text('the answer')];
  yield [{ type: 'usage', usage }, stop];
});

const logging = (provider: Provider, lines: string[]) =>
  new AsyncClient({
    env: {},
    provider,
    maxRetries: 0,
    use: [withLog((line) => lines.push(line)), withCache()],
  });
const stream = (client: AsyncClient, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'the prompt', stream: true }, options);
/** Without the time, which differs. */
const timeless = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/ ms=\d+/, ' ms=0'));

describe('withLog', () => {
  it('tells of each call in one line: whole, streamed, kept, embedded', async () => {
    const lines: string[] = [];
    const client = logging(good, lines);
    await client.chat.completions.create(
      { model: 'family', messages: 'the prompt' },
      { apiKey: 'sk-the-key-itself' },
    );
    await collect(stream(client));
    await logging(fakeEmbedder('vectors'), lines).embeddings.create({
      model: 'vectors',
      input: 'the prompt',
    });
    const chat =
      'operation=chat model=good-model requested_model=family provider=good ms=0 prompt_tokens=12 completion_tokens=34';
    expect(timeless(lines)).toEqual([
      chat,
      `${chat} cached=true`,
      'operation=embed model=vectors-vectors requested_model=vectors provider=vectors ms=0 prompt_tokens=3',
    ]);
    expect(lines.join()).not.toMatch(/the prompt|the answer|the-key/);
  });

  it('tells why a call failed, and that its reader left', async () => {
    const lines: string[] = [];
    await collect(stream(logging(fakeProvider('down', failing('rate-limit')), lines))).catch(() => undefined);
    for await (const _ of stream(logging(good, lines))) break;
    await turns();
    expect(timeless(lines)).toEqual([
      'operation=chat model=family provider=down ms=0 code=rate-limit',
      'operation=chat model=good-model requested_model=family provider=good ms=0 code=aborted',
    ]);
  });

  it('keeps a name that an end user wrote to one line, without a key', async () => {
    const lines: string[] = [];
    const client = logging(good, lines);
    const model = 'good:a\nb="c" sk-abcdefghijklmnopqrstuvwxyz0123456789\u001b[2J';
    await client.chat.completions.create({ model, messages: 'x' });
    expect(lines).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(lines[0]).not.toMatch(/[\n\u001b]|abcdefghijkl/);
  });

  it.each([
    ['the prompt, an answer and the key', () => 'my own diagnosis and more: Zk3mPq8LrT2xW9vN', '[no name]'],
    ['the key', () => 'gpt-Zk3mPq8LrT2xW9vN', 'gpt-[redacted]'],
    ['the key in base64', () => btoa('gpt-Zk3mPq8LrT2xW9vN'), '[redacted]'],
    ['the prompt', () => 'my-own-diagnosis-and-more', '[prompt]'],
    ['another script', () => 'ฉันป่วยหนัก', '[no name]'],
    ['a line that is not to be one', () => 'm\nx', '[no name]'],
    ['much', () => 'm'.repeat(300), '[no name]'],
    ['a name', () => '@cf/meta/llama-3.1:8b~a_(x)', '@cf/meta/llama-3.1:8b~a_(x)'],
  ])('shows of a name that a service gave only what a name may be: %s', async (_, model, shown) => {
    const told: unknown[] = [];
    const lines: string[] = [];
    const service = await startService();
    const answer = {
      id: 'x',
      object: 'chat.completion',
      created: 1,
      model: model(),
      choices: [{ index: 0, message: { role: 'assistant', content: 'the answer' }, finish_reason: 'stop' }],
    };
    service.answer = (response) => json(response, answer);
    const log = (fields: CallFields) => told.push(fields.model);
    const use = [withLog((line) => lines.push(line)), withLog({ info: log, warn: log, error: log })];
    const client = new AsyncClient({ env: {}, baseURL: service.url, apiKey: 'Zk3mPq8LrT2xW9vN', use });
    const messages = 'my-own-diagnosis-and-more';
    expect(await client.chat.completions.create({ model: 'asked', messages })).toMatchObject({
      model: model(),
    });
    await service.close();
    expect(told).toEqual([shown]);
    expect(lines.join()).not.toMatch(/diagnosis|Zk3m|W9vN|ป่วย/);
  });

  it('gives a logger fields, by levels: what came, what is wrong with the call, what failed', async () => {
    const told: unknown[] = [];
    const at =
      (level: string) =>
      ({ ms: _, ...fields }: CallFields, message: string) =>
        told.push([level, fields, message]);
    const use = [withLog({ info: at('info'), warn: at('warn'), error: at('error') })];
    const ask = (provider: Provider, model: string) =>
      new AsyncClient({ env: {}, provider, maxRetries: 0, use }).chat.completions
        .create({ model, messages: 'the prompt' })
        .catch(() => undefined);
    await ask(good, 'good:sk-abcdefghijklmnopqrstuvwxyz0123456789');
    await ask(fakeProvider('picky', failing('context-length')), 'family');
    await ask(fakeProvider('down', failing('server')), 'family');
    for await (const _ of stream(new AsyncClient({ env: {}, provider: good, use }))) break;
    await turns();
    const chat = { operation: 'chat', model: 'family' };
    const of = { provider: 'good', prompt_tokens: 12, completion_tokens: 34 };
    expect(told).toEqual([
      [
        'info',
        { operation: 'chat', model: '[redacted]', requested_model: 'good:[redacted]', ...of },
        'chat answered',
      ],
      ['warn', { ...chat, provider: 'picky', code: 'context-length' }, 'chat failed: context-length'],
      ['error', { ...chat, provider: 'down', code: 'server' }, 'chat failed: server'],
      [
        'info',
        {
          operation: 'chat',
          model: 'good-model',
          requested_model: 'family',
          provider: 'good',
          code: 'aborted',
        },
        'chat left by its reader',
      ],
    ]);
  });

  it('refuses a log that is no function where it is written', () => {
    expect(() => withLog(5 as never)).toThrow(
      'withLog must be given a function that takes a line, or a logger with info, warn and error; it is 5.',
    );
    expect(() => withLog(undefined as never)).toThrow(/given a function/);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('the disk is full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the disk is full'))],
  ])('harms no call by a log that %s', async (_, log) => {
    const client = new AsyncClient({ env: {}, provider: good, use: [withLog(log)] });
    const answer = await client.chat.completions.create({ model: 'family', messages: 'x' });
    expect(answer.choices[0]?.message.content).toBe('the answer');
  });
});
