// Calls that Gemini sends in pieces or twice: handed out once and whole, or an error, and never more than was received.
import { describe, expect, it } from 'vitest';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { folded, hearWire } from '../hear-wire.ts';

const payload = (parts: readonly object[], more: object = {}): string =>
  `data: ${JSON.stringify({ candidates: [{ content: { parts }, ...more }] })}\r\n\r\n`;
const call = (functionCall: object, more: object = {}): string => payload([{ functionCall }], more);
const ends = (finishReason: string): string => payload([], { finishReason });
const OPEN = call({ name: 'f', willContinue: true });
const CLOSE = call({});
const piece = (jsonPath: string, value: object, more: object = { willContinue: true }): string =>
  call({ partialArgs: [{ jsonPath, ...value }], ...more });

/** The calls that came, and the error. */
const hear = async (...payloads: readonly string[]) => {
  const heard = await hearWire(gemini, payloads.join(''));
  const [choice] = (await folded(heard)).choices;
  return {
    calls: choice?.message.tool_calls?.map(({ function: f }) => [f.name, f.arguments]) ?? [],
    finish: choice?.finish_reason,
    code: heard.error?.code,
    text: choice?.message.content ?? '',
  };
};
/** The arguments that these pieces make. */
const argumentsOf = async (...pieces: readonly string[]) => {
  const { calls, code } = await hear(OPEN, ...pieces, CLOSE, ends('STOP'));
  return code ?? calls[0]?.[1];
};

describe('a call that is not whole', () => {
  const half = [OPEN, piece('$.path', { stringValue: '/' })];

  it('when the answer stops is no call, and no answer', async () => {
    const heard = await hear(payload([{ text: 'I delete it.' }]), ...half, ends('STOP'));
    expect(heard).toMatchObject({ calls: [], code: 'stream-truncated', text: 'I delete it.' });
    expect(await hear(OPEN, ends('STOP'))).toMatchObject({ calls: [], code: 'stream-truncated' });
  });

  it.each(['MAX_TOKENS', 'SAFETY', 'PROHIBITED_CONTENT', 'RECITATION'])(
    'when %s ends the answer is left out',
    async (reason) => {
      const finish = reason === 'MAX_TOKENS' ? 'length' : 'content_filter';
      expect(await hear(call({ name: 'a' }), ...half, ends(reason))).toMatchObject({
        calls: [['a', '{}']],
        finish,
        code: undefined,
      });
    },
  );

  it('when another begins is no answer', async () => {
    const heard = await hear(...half, call({ name: 'g', args: {} }), ends('STOP'));
    expect(heard).toMatchObject({ calls: [], code: 'stream-truncated' });
  });

  it('goes on though the service says its name once more, or that it stops too early', async () => {
    const more = piece('$.path', { stringValue: 'tmp' }, { name: 'f' });
    expect(await hear(...half, more, ends('STOP'))).toMatchObject({
      calls: [['f', '{"path":"/tmp"}']],
      finish: 'tool_calls',
    });
    const early = call({ name: 'f', willContinue: true }, { finishReason: 'STOP' });
    expect(await hear(early, piece('$.a', { boolValue: true }, {}), ends('STOP'))).toMatchObject({
      calls: [['f', '{"a":true}']],
      code: undefined,
    });
  });

  it('takes no pieces of another, nor whole arguments', async () => {
    const begun = call({ id: 'a', name: 'f', willContinue: true });
    expect((await hear(begun, piece('$.a', { boolValue: true }, { id: 'b' }))).code).toBe('bad-response');
    expect((await hear(begun, call({ args: { a: 1 } }))).code).toBe('bad-response');
    expect((await hear(call({ name: 'f', args: { a: 1 }, willContinue: true }))).code).toBe('bad-response');
  });
});

describe('a call that is sent twice', () => {
  const whole = (id: string, args: object): string => call({ id, name: 'f', args });

  it('under one id is one', async () => {
    expect(await hear(whole('a', { n: 1 }), whole('a', { n: 1 }), ends('STOP'))).toMatchObject({
      calls: [['f', '{"n":1}']],
      code: undefined,
    });
    const again = [call({ id: 'a', name: 'f', willContinue: true }), piece('$.n', { numberValue: 1 }, {})];
    expect((await hear(whole('a', { n: 1 }), ...again, ends('STOP'))).calls).toEqual([['f', '{"n":1}']]);
  });

  it('under two ids, or none, is two', async () => {
    expect((await hear(whole('a', {}), whole('b', {}), ends('STOP'))).calls).toHaveLength(2);
    expect((await hear(call({ name: 'f' }), call({ name: 'f' }), ends('STOP'))).calls).toHaveLength(2);
  });

  it('under one id with other arguments is no answer', async () => {
    expect((await hear(whole('a', { n: 1 }), whole('a', { n: 2 }), ends('STOP'))).code).toBe('bad-response');
  });
});

describe('arguments in pieces', () => {
  const big = (path: string, digits: string): string =>
    piece(path, { numberValue: 0 }).replace('"numberValue":0', `"numberValue":${digits}`);

  it('keep digits, though a number is sent twice', async () => {
    const id = '2512292042121000001';
    expect(await argumentsOf(big('$.id', id), big('$.id', id))).toBe(`{"id":${id}}`);
    expect(await argumentsOf(big('$.id', id), big('$.id', '1'))).toBe('bad-response');
  });

  it.each<[string, readonly string[], string]>([
    [
      'names in quotes',
      [piece(`$['a b']["c'd"]['e\\'f']`, { stringValue: 'x' })],
      `{"a b":{"c'd":{"e'f":"x"}}}`,
    ],
    ['names of objects that are digits', [piece(`$['0']`, { stringValue: 'x' })], '{"0":"x"}'],
    [
      'places of lists that are passed over',
      [piece('$.a[2]', { boolValue: false })],
      '{"a":[null,null,false]}',
    ],
    ['names that all objects have', [piece('$.toString', { stringValue: 'x' })], '{"toString":"x"}'],
    ['a prototype', [piece('$.__proto__.a', { stringValue: 'x' })], '{"__proto__":{"a":"x"}}'],
    [
      'null where an object follows',
      [piece('$.a', {}), piece('$.a.b', { boolValue: true })],
      '{"a":{"b":true}}',
    ],
    ['an end without a value', [piece('$.a', { stringValue: 'x' }), piece('$.a', {})], '{"a":"x"}'],
  ])('have %s', async (_name, pieces, expected) => {
    expect(await argumentsOf(...pieces)).toBe(expected);
  });

  it.each<[string, readonly string[]]>([
    ['a wildcard', [piece('$.a[*]', { stringValue: 'x' })]],
    ['an index from the end', [piece('$.a[-1]', { stringValue: 'x' })]],
    ['no root', [piece('a', { stringValue: 'x' })]],
    ['no path', [piece('', { stringValue: 'x' })]],
    ['the whole', [piece('$', { stringValue: 'x' })]],
    ['an index of an object', [piece('$[0]', { stringValue: 'x' })]],
    ['a name of a list', [piece('$.a[0]', { boolValue: true }), piece('$.a.length', { numberValue: 4e9 })]],
    ['something inside a text', [piece('$.a', { stringValue: 'x' }), piece('$.a.b', { stringValue: 'x' })]],
    ['two values for one place', [piece('$.a', { stringValue: 'x' }), piece('$.a', { boolValue: true })]],
    ['a value for an object', [piece('$.a.b', { boolValue: true }), piece('$.a', { stringValue: 'x' })]],
    ['an index beyond the limit', [piece('$.a[10001]', { boolValue: true })]],
    ['an index that takes all memory', [piece('$.a[30000000]', { boolValue: true })]],
    ['an index beyond all lists', [piece(`$.a[${'9'.repeat(400)}]`, { boolValue: true })]],
    ['many lists that are nearly empty', [0, 1].map((at) => piece(`$.a[${at}][9000]`, { boolValue: true }))],
    ['200 levels', [piece(`$${'.a'.repeat(201)}`, { boolValue: true })]],
  ])('cannot have %s', async (_name, pieces) => {
    expect(await argumentsOf(...pieces)).toBe('bad-response');
  });
});

describe('a limit holds', () => {
  const many = (count: number, one: (at: number) => object): string =>
    `data: ${JSON.stringify({ candidates: Array.from({ length: count }, (_, at) => one(at)) })}\r\n\r\n`;
  const says = (index: unknown): object => ({
    index,
    content: { parts: [{ text: 'a' }] },
    finishReason: 'STOP',
  });

  it('for candidates and their numbers', async () => {
    expect((await hear(many(128, says))).code).toBeUndefined();
    expect((await hear(many(129, says))).code).toBe('bad-response');
    for (const index of [-1, 0.5, 1e300, 'x', {}])
      expect((await hear(many(1, () => says(index)))).code).toBe('bad-response');
  });

  it('for calls', async () => {
    const calls = (count: number): string =>
      payload(Array.from({ length: count }, () => ({ functionCall: { name: 'f' } })));
    expect((await hear(calls(1024), ends('STOP'))).calls).toHaveLength(1024);
    expect((await hear(calls(1025), ends('STOP'))).code).toBe('bad-response');
  });
});
