// A provider that a user describes in data: it is asked as described, and a slip of the pen is named.
import { type ChatRequest, OPERATIONS } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { WIRE_NAMES } from '../../src/provider/named-wire.ts';
import { readBackendRow } from '../../src/registry/backend-row.ts';
import { collect, createFakeContext, HELLO } from '../backends/fake-context.ts';
import { ask, createEmbedContext, embedded, listOf } from '../provider/embed-context.ts';

const ROW = { id: 'acme', baseURL: 'https://api.acme.example/v1' };
const ASK: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true };

const asked = async (row: object, env: Readonly<Record<string, string>> = {}, request = ASK) => {
  const warnings: string[] = [];
  const provider = await readBackendRow(row).load();
  const context = createFakeContext(HELLO, { env });
  const warned = { ...context, warn: (message: string) => void warnings.push(message) };
  if (provider.chat === undefined) throw new Error('a row can chat');
  await collect(provider.chat(request, warned));
  const [{ body = '', ...rest } = { url: '', headers: {} }] = context.requests;
  return { ...rest, body: JSON.parse(body), warnings };
};

describe('a row', () => {
  it('needs an id and an address', async () => {
    expect(readBackendRow(ROW)).toMatchObject({ ...ROW, name: 'acme', key: 'none', models: {} });
    expect(await asked(ROW)).toMatchObject({ url: 'https://api.acme.example/v1/chat/completions' });
  });

  it('names the variable of its key, which is sent to it alone', async () => {
    const row = { ...ROW, apiKeyEnv: 'ACME_KEY' };
    expect(readBackendRow(row)).toMatchObject({ key: 'required', env: ['ACME_KEY'] });
    expect(await asked(row, { ACME_KEY: 'k1', OPENAI_API_KEY: 'k2' })).toMatchObject({
      headers: { authorization: 'Bearer k1' },
    });
    await expect(asked(row)).rejects.toThrow('acme: no API key. Set ACME_KEY, or pass apiKey.');
  });

  it('may depart from its wire', async () => {
    const quirks = {
      headers: { 'x-team': 'red' },
      keyHeader: 'api-key',
      maxTokensField: 'max_completion_tokens',
      refuses: ['user'],
    };
    const row = { ...ROW, apiKeyEnv: ['A', 'B'], quirks };
    const { headers, body, warnings } = await asked(row, { B: 'k' }, { ...ASK, user: 'me', max_tokens: 3 });
    expect(headers).toMatchObject({ 'x-team': 'red', 'api-key': 'k' });
    expect(headers).not.toHaveProperty('authorization');
    expect(body).toMatchObject({ max_completion_tokens: 3 });
    expect(body).not.toHaveProperty('user');
    expect(warnings).toEqual(['acme does not take user: not sent.']);
  });

  it('embeds as its wire does, with what it says of its embeddings', async () => {
    expect(readBackendRow(ROW)).toMatchObject({ operations: expect.arrayContaining(['chat', 'embed']) });
    expect(readBackendRow(ROW)).not.toHaveProperty('modelsFor');
    const row = { ...ROW, embed: { models: { 'bge-m3': 'bge' }, maxInputs: 1, dimensionsField: 'size' } };
    expect(readBackendRow(row)).toMatchObject({ modelsFor: { embed: { 'bge-m3': 'bge' } } });
    const context = createEmbedContext(() => ({ body: listOf([1, 2]) }));
    await embedded(await readBackendRow(row).load(), ask(['a', 'b'], { dimensions: 2 }), context);
    expect(context.requests.map(({ body = '' }) => JSON.parse(body))).toEqual(
      ['a', 'b'].map((text) => ({ model: 'm', input: [text], size: 2 })),
    );
  });

  it('embeds nothing where it says so, or where its wire cannot', async () => {
    for (const row of [
      { ...ROW, embed: false },
      { ...ROW, wire: 'anthropic-messages' },
      { ...ROW, wire: 'openai-responses', embed: false },
    ]) {
      expect(readBackendRow(row).operations).not.toContain('embed');
      expect((await readBackendRow(row).load()).embed).toBeUndefined();
    }
  });

  it.each(WIRE_NAMES)('of the wire %s is told before it is loaded what it can do', async (wire) => {
    const entry = readBackendRow({ ...ROW, wire });
    const provider = await entry.load();
    expect(entry.operations).toEqual(OPERATIONS.filter((operation) => provider[operation] !== undefined));
  });

  it.each<[string, unknown, string]>([
    ['no object', 'acme', 'backends[0] must be an object.'],
    ['no id', { baseURL: 'https://a.example' }, 'backends[0]: id must be a text; it is missing.'],
    ['no address', { id: 'acme' }, 'backends[0]: baseURL must be a text; it is missing.'],
    [
      'an address that is none',
      { ...ROW, baseURL: 'acme' },
      'backends[0]: baseURL must be an http or https URL.',
    ],
    [
      'an unknown field',
      { ...ROW, apiKey: 'x' },
      'backends[0]: there is no field "apiKey". Did you mean apiKeyEnv?',
    ],
    [
      'a field like no other',
      { ...ROW, temperature: 1 },
      'backends[0]: there is no field "temperature". Known: id, baseURL, name, website, apiKeyEnv, wire, models, features, embed, headers, quirks.',
    ],
    [
      'embeddings that are no object',
      { ...ROW, embed: true },
      'backends[0]: embed must be an object, or false.',
    ],
    [
      'no number of inputs',
      { ...ROW, embed: { maxInputs: 0 } },
      'backends[0]: embed: maxInputs must be a whole number above 0.',
    ],
    [
      'an unknown field of its embeddings',
      { ...ROW, embed: { maxInput: 5 } },
      'backends[0]: embed: there is no field "maxInput". Did you mean maxInputs?',
    ],
    [
      'what embeddings never take',
      { ...ROW, embed: { takes: ['user', 'images'] } },
      'backends[0]: embed: takes[1] must be one of dimensions, user, tokens, base64.',
    ],
    [
      'no list of what embeddings take',
      { ...ROW, embed: { takes: 'user' } },
      'backends[0]: embed: takes must be a list of dimensions, user, tokens, base64.',
    ],
    [
      'a variable without a name',
      { ...ROW, apiKeyEnv: ['ACME_KEY', ''] },
      'backends[0]: apiKeyEnv[1] must be a text.',
    ],
    [
      'a parameter that is no text',
      { ...ROW, quirks: { refuses: [1] } },
      'backends[0]: quirks: refuses[0] must be a text.',
    ],
    [
      'embeddings over a wire that has none',
      { ...ROW, wire: 'anthropic-messages', embed: {} },
      'backends[0]: embed must be left out, or false: the wire anthropic-messages has no embeddings.',
    ],
    [
      'an unknown quirk',
      { ...ROW, quirks: { header: {} } },
      'backends[0]: quirks: there is no field "header". Did you mean headers?',
    ],
    ['an id that is taken', { ...ROW, id: 'groq' }, 'backends[0]: id must be a new one: "groq" is taken.'],
    [
      'an unknown wire',
      { ...ROW, wire: 'openai' },
      'backends[0]: wire must be one of openai-chat, openai-responses, anthropic-messages, gemini, ollama-chat, cohere-chat.',
    ],
    ['models that are no map', { ...ROW, models: ['m'] }, 'backends[0]: models must be an object of texts.'],
  ])('with %s is refused in one line', (_name, row, message) => {
    expect(() => readBackendRow(row, 'backends[0]')).toThrow(message);
  });
});
