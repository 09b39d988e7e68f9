// The kit passes a provider of embeddings that keeps its promises, and names the promise that another one breaks.
import { OPERATIONS } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createFaultServer,
  EMBED_FAULTS,
  type FaultServer,
  runChecks,
  testProvider,
  vectorOf,
} from '../src/index.ts';
import { type BrokenEmbedder, goodEmbedder } from './good-embedder.ts';
import { goodProvider } from './good-provider.ts';

const failuresOf = async (broken: BrokenEmbedder): Promise<readonly string[]> => {
  const { checks } = await runChecks('acme', testProvider(goodEmbedder(broken)));
  return checks.filter(({ result }) => result === 'failed').map(({ name }) => name);
};

describe('the kit', () => {
  it('passes a good one, which need not chat', async () => {
    const report = await runChecks('acme', testProvider(goodEmbedder()));
    expect(report.checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(report.checks.filter(({ name }) => name.startsWith('embed: ')).length).toBeGreaterThan(20);
    expect(report.checks.some(({ name }) => name.startsWith('reads a text'))).toBe(false);
  });

  it('checks both operations where there are both', async () => {
    const report = await runChecks('acme', testProvider({ ...goodEmbedder(), ...goodProvider() }));
    expect(report.failed).toBe(0);
    for (const name of ['embed: refuses too few vectors', 'reads a text, whole'])
      expect(report.checks.map((check) => check.name)).toContain(name);
  });

  it('says of one without a wire what it cannot check, and of one that can do nothing that it is none', async () => {
    const { wire: _, ...wireless } = goodEmbedder();
    const { failed, checks } = await runChecks('acme', testProvider(wireless));
    expect(failed).toBe(0);
    expect(checks.at(-1)).toMatchObject({ name: 'embed', result: 'skipped' });
    const { embed: __, ...idle } = goodEmbedder();
    const report = await runChecks('acme', testProvider(idle));
    expect(report.checks.find(({ result }) => result === 'failed')?.message).toBe(
      `it has none of ${OPERATIONS.join(', ')}`,
    );
  });

  it.each<[string, BrokenEmbedder, string]>([
    [
      'sends all at once',
      { sendsAllAtOnce: true },
      'asks as often as it must, and puts the vectors together',
    ],
    ['does not sum usage', { sumsNothing: true }, 'asks as often as it must, and puts the vectors together'],
    ['does not look at the index', { ignoresIndex: true }, 'gives the answer of its service'],
    [
      'gives numbers where base64 was asked for',
      { losesBase64: true },
      'gives base64 of little-endian 32-bit floats where it is asked for',
    ],
    ['takes any number of vectors', { trustsCounts: true }, 'refuses too few vectors'],
    ['takes any size', { trustsSizes: true }, 'refuses vectors of different sizes'],
    ['takes anything for a number', { trustsNumbers: true }, 'refuses what is no vector'],
    ['puts the key into its errors', { leaksKey: true }, 'answers 401 with auth'],
    ['puts the texts into its errors', { repeatsTexts: true }, 'answers 400 with invalid-request'],
    [
      'puts the key into the body',
      { keyInBody: true },
      'goes where it is told, with its key in one header and nowhere else',
    ],
    ['takes a refusal for an answer', { ignoresStatus: true }, 'answers 500 with server'],
    ['calls the global fetch', { usesFetch: true }, 'looks at nothing but what it is lent'],
    ['takes an abort for an end', { ignoresAbort: true }, 'ends at once when the call is aborted in silence'],
  ])('catches one that %s', async (_name, broken, check) => {
    expect(await failuresOf(broken)).toContain(`embed: ${check}`);
  });
});

describe('the fault server', () => {
  let server: FaultServer;
  beforeAll(async () => {
    server = await createFaultServer();
  });
  afterAll(() => server.close());
  const ask = async (path: string, body: object) => {
    const response = await fetch(`${server.url}/${path}`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, json: JSON.parse(await response.text()) };
  };

  it('has a name of its own for every row, and says what it does', () => {
    const names = EMBED_FAULTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { does } of EMBED_FAULTS) expect(does).not.toBe('');
  });

  it('answers in the form of the path', async () => {
    const [a, b] = [vectorOf('a'), vectorOf('bb')];
    const openai = await ask('none/v1/embeddings', { input: ['a', 'bb'] });
    // Out of order, as they may be.
    expect(openai.json.data).toMatchObject([
      { index: 1, embedding: b },
      { index: 0, embedding: a },
    ]);
    expect((await ask('none/v1/embeddings', { input: 'a' })).json.data).toMatchObject([{ embedding: a }]);
    expect((await ask('none/v2/embed', { texts: ['a', 'bb'] })).json.embeddings.float).toEqual([a, b]);
    expect((await ask('none/api/embed', { input: ['a', 'bb'] })).json.embeddings).toEqual([a, b]);
    const requests = [{ content: { parts: [{ text: 'bb' }] } }];
    const gemini = await ask('none/v1beta/models/m:batchEmbedContents', { requests });
    expect(gemini.json.embeddings).toEqual([{ values: b }]);
    const path = 'none/hf-inference/models/a/b/pipeline/feature-extraction';
    expect((await ask(path, { inputs: ['a'] })).json).toEqual([a]);
  });

  it('answers base64 where it is asked for it, and lists of tokens', async () => {
    const asked = { input: [[1, 2, 3]], encoding_format: 'base64' };
    const [{ embedding }] = (await ask('none/v1/embeddings', asked)).json.data;
    const bytes = Buffer.from(embedding, 'base64');
    expect([0, 4, 8].map((at) => bytes.readFloatLE(at))).toEqual(vectorOf([1, 2, 3]));
  });

  it('fails once and is well after that, until the counts begin anew', async () => {
    const statuses = async () => [
      (await ask('error-once/v1/embeddings', { input: ['a'] })).status,
      (await ask('error-once/v1/embeddings', { input: ['a'] })).status,
    ];
    expect(await statuses()).toEqual([500, 200]);
    server.reset();
    expect(await statuses()).toEqual([500, 200]);
  });

  it('says what there is where a fault or a body is none', async () => {
    const unknown = await ask('oops/v1/embeddings', { input: ['a'] });
    expect(unknown.status).toBe(404);
    expect(unknown.json.error.message).toMatch(/no such fault; there are none, status-400/);
    const named = await ask('v1/embeddings', { model: 'fault:status-402', input: ['a'] });
    expect(named.status).toBe(402);
    const response = await fetch(`${server.url}/none/v1/embeddings`, { method: 'POST', body: '{' });
    expect(response.status).toBe(400);
  });
});
