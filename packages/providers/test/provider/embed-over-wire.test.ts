// Embeddings over a wire: the forms of vectors, and what is refused before or after it is sent.
import { LIMITS } from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openaiCompatible } from '../../src/provider/openai-compatible.ts';
import { acme, ask, createEmbedContext, type EmbedContext, embedded, listOf } from './embed-context.ts';

const good = (): EmbedContext => createEmbedContext(() => ({ body: listOf([1, 0.5]) }));

describe('the form of vectors', () => {
  const floats = [0.5, -1, 0.25];
  const base64 = 'AAAAPwAAgL8AAIA+';

  it.each([
    ['numbers', floats, undefined, floats],
    ['numbers', floats, 'float', floats],
    ['numbers', floats, 'base64', base64],
    ['base64', base64, undefined, floats],
    ['base64', base64, 'float', floats],
    ['base64', base64, 'base64', base64],
  ])(
    'is the one asked for, whatever came: %s %j, asked for %s',
    async (_form, came, encoding_format, expected) => {
      const context = createEmbedContext(() => ({ body: listOf(came) }));
      const { data } = await embedded(acme(), ask(['a'], { encoding_format }), context);
      expect(data).toEqual([{ object: 'embedding', index: 0, embedding: expected }]);
    },
  );

  it('is asked for as base64 exactly where the service documents it', async () => {
    for (const [takes, sent] of [
      [['base64'], 'base64'],
      [[], undefined],
    ] as const) {
      for (const encoding_format of ['base64', 'float', undefined]) {
        const context = createEmbedContext(() => ({ body: listOf(floats) }));
        await embedded(acme({ takes }), ask(['a'], { encoding_format }), context);
        expect(JSON.parse(context.requests[0]?.body ?? '').encoding_format).toBe(sent);
      }
    }
  });

  it('survives base64 and back, for every 32-bit float', async () => {
    // JSON has no negative zero.
    const float = fc.float({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0));
    await fc.assert(
      fc.asyncProperty(fc.array(float, { minLength: 1, maxLength: 50 }), async (vector) => {
        const there = createEmbedContext(() => ({ body: listOf(vector) }));
        const { data } = await embedded(acme(), ask(['a'], { encoding_format: 'base64' }), there);
        const text = String(data[0]?.embedding);
        const buffer = Buffer.from(text, 'base64');
        expect(vector.map((_, at) => buffer.readFloatLE(4 * at))).toEqual(vector);
        const back = createEmbedContext(() => ({ body: listOf(text) }));
        expect((await embedded(acme(), ask(['a']), back)).data[0]?.embedding).toEqual(vector);
      }),
    );
  });
});

describe('a wrong answer', () => {
  const fails = async (body: string, more: object = {}, input = ['a', 'b']) => {
    const context = createEmbedContext(() => ({ body }));
    const error = await embedded(acme(), ask(input, more), context).then(
      () => undefined,
      (failure) => failure,
    );
    expect(error).toMatchObject({ code: 'bad-response', provider: 'acme', model: 'm' });
    return error.message;
  };
  const indexed = (...items: readonly (readonly [unknown, unknown])[]): string =>
    JSON.stringify({ data: items.map(([index, embedding]) => ({ index, embedding })) });

  it.each<[string, string, RegExp, object?]>([
    ['too few vectors', listOf([1]), /gave 1 vector for 2 inputs/],
    ['too many vectors', listOf([1], [2], [3]), /gave 3 vectors for 2 inputs/],
    ['an index twice', indexed([0, [1]], [0, [2]]), /gave index 0 twice/],
    ['an index too high', indexed([0, [1]], [2, [2]]), /gave index 2 for 2 inputs/],
    ['an index and none', indexed([1, [1]], [undefined, [2]]), /a vector without its index/],
    ['an index below 0', indexed([1, [1]], [-1, [2]]), /a vector without its index/],
    ['vectors of two sizes', listOf([1, 2], [1]), /vectors of 2 and of 1 numbers, which cannot be compared/],
    [
      'another size than asked for',
      listOf([1, 2], [1, 2]),
      /a vector of 2 numbers where dimensions: 3/,
      { dimensions: 3 },
    ],
    [
      'no number',
      listOf([1, null], [1, 2]),
      /a list with something else than finite numbers stands where vector 0/,
    ],
    ['a number above all 32-bit floats', listOf([1, 2], [1, 1e39]), /finite numbers stands where vector 1/],
    ['an empty vector', listOf([], []), /something else stands where vector 0/],
    [
      'base64 of 6 bytes',
      listOf('AAAAAAAA', 'AAAAAAAA'),
      /not base64 of 32-bit floats stands where vector 0/,
    ],
    ['words', listOf('???', '???'), /not base64 of 32-bit floats/],
    ['base64 of no number', listOf('AADAfw==', 'AACAPw=='), /not base64 of 32-bit floats/],
    [
      'a vector for each token',
      listOf([[1], [2]], [[1]]),
      /a vector for each token, of a model without pooling/,
    ],
    ['an object', '{}', /where a list of embeddings was expected/],
    ['a page', '<html>', /where a list of embeddings was expected/],
    ['half', listOf([1], [2]).slice(0, 40), /where a list of embeddings was expected/],
  ])('of %s is refused', async (_what, body, message, more) => {
    expect(await fails(body, more)).toMatch(message);
  });

  it('of two sizes in two batches is refused as well', async () => {
    const context = createEmbedContext((_, at) => ({ body: listOf(at === 0 ? [1, 2] : [1]) }));
    await expect(embedded(acme({ maxInputs: 1 }), ask(['a', 'b']), context)).rejects.toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('vectors of 2 and of 1 numbers'),
    });
  });

  it('above the limits is refused with the limit', async () => {
    expect(await fails(' '.repeat(LIMITS.answerBytes + 1))).toContain('larger than the limit of 16 MiB');
    expect(await fails(`[${'[],'.repeat(LIMITS.values + 1)}[]]`)).toContain('values in one payload');
  });

  it('shows neither the texts nor the key that it repeats', async () => {
    const [text = '', key] = ['the secret plans of Zürich', 'acme-secret-key-1'];
    const body = JSON.stringify({ error: { message: `cannot embed ${text} for ${key}` } });
    const context = createEmbedContext(() => ({ status: 400, body }), { apiKey: key });
    const error = await embedded(acme(), ask([text]), context).catch((failure) => failure);
    expect(error.code).toBe('invalid-request');
    expect(error.message).not.toMatch(/secret/);
  });
});

describe('a request', () => {
  it('is refused before it is sent where the service cannot do what it asks for, so that another is asked', async () => {
    const context = good();
    const stateful = /^m$/g;
    const refused = { code: 'invalid-request', scope: 'provider', provider: 'acme', model: 'm' };
    for (const [facts, request] of [
      [{ takes: [] }, ask([[1, 2]])],
      [{ takes: [] }, ask(['a'], { dimensions: 3 })],
      [{ fixedSize: stateful }, ask(['a'], { dimensions: 3 })],
      [{ fixedSize: stateful }, ask(['a'], { dimensions: 3 })],
    ] as const)
      await expect(embedded(acme(facts), request, context)).rejects.toMatchObject(refused);
    expect(context.requests).toEqual([]);
  });

  it('has what is documented only, nulls left out, and parameters of the service as they are', async () => {
    const context = good();
    const more = {
      user: 'me',
      dimensions: null,
      encoding_format: null,
      input_type: 'query',
      truncate: false,
    };
    await embedded(acme({ takes: [] }), ask(['text 1'], more), context);
    expect(JSON.parse(context.requests[0]?.body ?? '')).toEqual({
      model: 'm',
      input: ['text 1'],
      input_type: 'query',
      truncate: false,
    });
    expect(context.warnings).toEqual(['acme does not take user: not sent.']);
  });

  it('has the extra fields and headers of the caller over its own', async () => {
    const context = Object.assign(good(), { extraBody: { truncate: 'END' }, headers: { 'x-team': 'red' } });
    await embedded(acme(), ask(['text 1'], { truncate: 'NONE' }), context);
    expect(JSON.parse(context.requests[0]?.body ?? '')).toMatchObject({ truncate: 'END' });
    expect(context.requests[0]?.headers).toMatchObject({ 'x-team': 'red', accept: 'application/json' });
  });

  it('goes to an endpoint of one’s own without being declared, and to none that declares an id and no embeddings', async () => {
    const own = openaiCompatible({ baseURL: 'http://127.0.0.1:1/v1' });
    expect(
      (
        await embedded(
          own,
          ask([[1, 2]], { dimensions: 2, user: 'me' }),
          createEmbedContext(() => ({ body: listOf([1, 2]) })),
        )
      ).data,
    ).toHaveLength(1);
    expect(openaiCompatible({ id: 'acme', baseURL: 'http://127.0.0.1:1/v1' }).embed).toBeUndefined();
  });
});
