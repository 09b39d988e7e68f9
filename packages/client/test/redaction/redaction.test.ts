// withRedaction: no provider sees what is private, and the reader gets it back, wherever the answer was cut.
import type { Batch, ChatRequest, Provider, StreamEvent } from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { RedactionOptions } from '../../src/redaction/options.ts';
import { withRedaction } from '../../src/redaction/with-redaction.ts';
import type { WholeParams } from '../../src/surface/chat.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import {
  collect,
  failing,
  failureOf,
  fakeProvider,
  recording,
  start,
  stop,
  text,
  wordsOf,
} from '../fake-provider.ts';

const MAIL = 'ann@example.com';

/** A client whose provider answers with these batches, and what it was asked. */
const asking = (batches: readonly Batch[], options?: RedactionOptions) => {
  const asked: { request: ChatRequest }[] = [];
  const provider = fakeProvider(
    'seen',
    recording(asked as never, async function* ({ model }) {
      yield [start(model)];
      yield* batches;
      yield [stop];
    }),
  );
  const client = new AsyncClient({ env: {}, provider, wrap: withRedaction(options) });
  const ask = (params: Partial<WholeParams>) =>
    client.chat.completions.create({ model: 'family', messages: 'x', ...params });
  return { asked, client, ask };
};

/** As a program writes what no literal of TypeScript may be. */
const written = (source: string): RegExp => new RegExp(source);

/** A text cut at random places. */
const cut = (whole: string) =>
  fc.array(fc.nat(whole.length), { maxLength: 12 }).map((places) => {
    const ends = [...new Set([0, ...places, whole.length])].toSorted((one, other) => one - other);
    return ends.slice(1).map((end, at) => whole.slice(ends[at], end));
  });

describe('withRedaction', () => {
  it('looks into a message that begins as an address of data does, and leaves those that are nothing else', async () => {
    const { asked, ask } = asking([[text('ok')]]);
    await ask({ messages: `data:text/plain;base64,AAAA ${MAIL}` });
    expect(JSON.stringify(asked[0]?.request.messages)).not.toContain('ann@');
    // Digits of a card may stand by chance in a picture.
    const picture = 'data:image/png;base64,iVBORw0K4111111111111111';
    await ask({ messages: picture });
    expect(asked[1]?.request.messages).toEqual([{ role: 'user', content: picture }]);
  });

  it('hides what is private in messages of every form, and leaves the caller its own', async () => {
    const { asked, ask } = asking([[text('ok')]]);
    const messages: WholeParams['messages'] = [
      { role: 'system', content: `The boss is ${MAIL}.` },
      {
        role: 'user',
        content: [
          { type: 'text', text: `I am bob@example.com, not ${MAIL}` },
          { type: 'image_url', image_url: { url: 'https://x.example/?token=abcdefgh1' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: {
              name: 'mail',
              arguments: `{"to": "${MAIL}", "card":4111111111111111,  "password":"it's \\"s3cret\\""}`,
            },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: `{"from":"${MAIL}","token":"correct horse"}` },
    ];
    const before = structuredClone(messages);
    const more = { documents: [{ text: 'sk-abcdefghijkl' }] };
    await ask({ messages, user: MAIL, ...more });
    expect(messages).toEqual(before);
    expect(JSON.stringify(asked[0]?.request)).not.toMatch(/example\.com|4111|s3cret|horse|sk-abc/);
    expect(asked[0]?.request).toMatchObject({
      user: '[EMAIL_1]',
      documents: [{ text: expect.stringMatching(/^\[KEY_\d\]$/) }],
      messages: [
        { content: 'The boss is [EMAIL_1].' },
        {
          content: [
            { text: 'I am [EMAIL_2], not [EMAIL_1]' },
            { image_url: { url: 'https://x.example/?token=abcdefgh1' } },
          ],
        },
        {
          tool_calls: [
            {
              id: 'call_1',
              function: { arguments: '{"to": "[EMAIL_1]", "card":"[CARD_1]",  "password":"[KEY_1]"}' },
            },
          ],
        },
        { content: '{"from":"[EMAIL_1]","token":"[KEY_2]"}' },
      ],
    });
  });

  it('puts it back in text, reasoning and arguments, wherever they are cut, for each choice by itself', async () => {
    const secret = 'pass"w\\0rd1';
    const said = 'To [EMAIL_1] and [EMAIL_2], not [EMAIL_9], [EMAIL_, [] or [[EMAIL_1]]: [KEY_1]';
    const meant = `To ${MAIL} and bob@example.com, not [EMAIL_9], [EMAIL_, [] or [${MAIL}]: ${secret}`;
    const args = '{"to":"[EMAIL_2]","key":"[KEY_1]"}';
    await fc.assert(
      fc.asyncProperty(cut(said), cut(said), cut(args), async (texts, thoughts, pieces) => {
        const events: StreamEvent[] = [];
        for (let at = 0; at < Math.max(texts.length, thoughts.length, pieces.length); at++) {
          for (const choice of [0, 1])
            if (at < texts.length) events.push({ type: 'text-delta', choice, text: texts[at] ?? '' });
          if (at < thoughts.length) events.push({ type: 'reasoning-delta', text: thoughts[at] ?? '' });
          if (at < pieces.length)
            events.push({
              type: 'tool-call-delta',
              key: 'k',
              ...(at === 0 && { id: 'c', name: 'f' }),
              arguments: pieces[at] ?? '',
            });
        }
        const { ask } = asking(
          [...events.map((event) => [event]), [{ type: 'finish', choice: 1, reason: 'stop' }]],
          { own: { KEY: secret } },
        );
        const { choices } = await ask({ messages: `${MAIL} bob@example.com ${secret}`, n: 2 });
        expect(choices.map(({ message }) => message.content)).toEqual([meant, meant]);
        expect(choices[0]?.message.reasoning).toBe(meant);
        expect(JSON.parse(choices[0]?.message.tool_calls?.[0]?.function.arguments ?? '')).toEqual({
          to: 'bob@example.com',
          key: secret,
        });
      }),
      { numRuns: 50 },
    );
  });

  it('holds back nothing but what may become a placeholder', async () => {
    const { client } = asking(['a [', 'EM', 'AIL_1', '] b [E', 'x [EMAIL_'].map((words) => [text(words)]));
    const chunks = await collect(
      client.chat.completions.create({ model: 'family', messages: MAIL, stream: true }),
    );
    const words = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').filter((word) => word !== '');
    expect(words).toEqual(['a ', `${MAIL} b `, '[Ex ', '[EMAIL_']);
  });

  it('takes no text of the caller for a placeholder', async () => {
    const { asked, ask } = asking([[text('[EMAIL_1] is not [EMAIL_2]')]]);
    const { choices } = await ask({ messages: `[EMAIL_1] stands for ${MAIL}` });
    expect(asked[0]?.request.messages[0]?.content).toBe('[EMAIL_1] stands for [EMAIL_2]');
    expect(choices[0]?.message.content).toBe(`[EMAIL_1] is not ${MAIL}`);
  });

  it('moves citations with the text', async () => {
    const { ask } = asking([
      [text('See [EMAIL_1] here.')],
      [{ type: 'source', url: 'https://example.org', start: 14, end: 18 }],
    ]);
    const { choices } = await ask({ messages: MAIL });
    const { content, annotations } = choices[0]?.message ?? {};
    const cited = annotations?.[0];
    if (cited?.type !== 'url_citation') throw new Error('no citation');
    expect(content?.slice(cited.url_citation.start_index, cited.url_citation.end_index)).toBe('here');
  });

  it('tells what it held back before a failure', async () => {
    const provider = fakeProvider('cut', failing('network', [start(), text('to [EMAIL')]));
    const client = new AsyncClient({ env: {}, provider, wrap: withRedaction() });
    const chunks: Parameters<typeof wordsOf>[0][number][] = [];
    const reading = collect(
      client.chat.completions.create({ model: 'family', messages: MAIL, stream: true }),
      chunks,
    );
    expect(await failureOf(reading)).toMatchObject({ code: 'network' });
    expect(wordsOf(chunks)).toBe('to [EMAIL');
  });

  it('hides in the inputs of other operations, and in extraBody; warns of tokens', async () => {
    const inputs: unknown[] = [];
    const embedder = fakeEmbedder('vectors');
    const provider: Provider = {
      ...embedder,
      async *embed(request, context) {
        inputs.push(request.input, context.extraBody);
        yield* embedder.embed?.(request, context) ?? [];
      },
    };
    const client = new AsyncClient({ env: {}, provider, wrap: withRedaction() });
    await client.embeddings.create({ model: 'vectors', input: [MAIL, 'x'] }, { extraBody: { note: MAIL } });
    const { warnings } = await client.embeddings.create({ model: 'vectors', input: [[1, 2]] });
    expect(inputs).toEqual([['[EMAIL_1]', 'x'], { note: '[EMAIL_1]' }, [[1, 2]], undefined]);
    expect(warnings).toEqual([expect.stringContaining('cannot look into tokens')]);
  });

  it('sends signed reasoning unchanged, or not at all', async () => {
    const detail = (words: string) => ({ type: 'reasoning.text' as const, text: words, signature: 's' });
    const { asked, ask } = asking([[text('ok')]]);
    const { warnings } = await ask({
      messages: [
        { role: 'user', content: MAIL },
        {
          role: 'assistant',
          content: 'ok',
          reasoning_details: [detail('to [EMAIL_1]'), detail(`to ${MAIL}`)],
        },
        { role: 'user', content: 'go on' },
      ],
    });
    expect(asked[0]?.request.messages[1]).toMatchObject({ reasoning_details: [detail('to [EMAIL_1]')] });
    expect(warnings).toEqual([expect.stringContaining('reasoning_details')]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no object', 'email', /withRedaction must be given an object/],
    ['a field it has not', { kind: ['email'] }, /no field "kind"; it may have kinds, own/],
    [
      'kinds that are no list',
      { kinds: 'email' },
      /kinds must be a list of key, email, phone, card.*; it is "email"/,
    ],
    [
      'a kind there is not',
      { kinds: ['key', 'name'] },
      /kinds\[1\] must be one of key, email, .*; it is "name"/,
    ],
    [
      'a list with a hole',
      { own: { PROJECT: ['x', undefined] } },
      /PROJECT\[1\] must be a text or a regular expression/,
    ],
    ['a label', { own: { project: 'x' } }, /named in capitals/],
    ['an empty text', { own: { PROJECT: '' } }, /a text, a regular expression/],
    ['an unbounded pattern', { own: { PROJECT: /a+b/ } }, /may stand only at its end/],
    ['a repeated group', { own: { PROJECT: [/(a|a){2,30}b/] } }, /no group may be repeated/],
    ['a reference', { own: { PROJECT: /(a)\1/ } }, /may not refer back/],
    ['a braced escape without the flag u', { own: { X: written('\\u{1,}\\u{1,}b') } }, /is not understood/],
    ['a property without the flag u', { own: { X: written('\\p{1,}\\p{1,}b') } }, /is not understood/],
    ['a huge count', { own: { X: /a{99999,99999}b/ } }, /more than 1000 characters/],
    ['a huge count of many digits', { own: { X: /a{12345678,}/ } }, /more than 1000 characters/],
    ['too many choices', { own: { PROJECT: /a{0,40}a{0,40}b/ } }, /too many choices/],
  ])('refuses %s', (_, options, message) => {
    expect(() => withRedaction(options as RedactionOptions)).toThrow(message);
  });

  it('finds what the program names', async () => {
    const { asked, ask } = asking([[text('ok')]], {
      kinds: [],
      own: { PROJECT: ['Falcon', /FX-\d{2,4}(?:-[A-Z])?/, /(?<=\p{Lu}:)\u{58}{2,}/u], ID: /#\d+/ },
    });
    await ask({ messages: `Falcon, FX-123-A, #9912 and ${MAIL}` });
    expect(asked[0]?.request.messages[0]?.content).toBe(`[PROJECT_1], [PROJECT_2], [ID_1] and ${MAIL}`);
  });
});
