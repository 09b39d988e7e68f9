// The kit passes a provider that keeps its promises, and names the promise that another one breaks.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findSecret,
  parseTape,
  readTapes,
  runChecks,
  standardTapes,
  type Tape,
  testProvider,
} from '../src/index.ts';
import { type Broken, goodProvider } from './good-provider.ts';

const failuresOf = async (broken: Broken): Promise<readonly string[]> => {
  const provider = goodProvider(broken);
  const { checks } = await runChecks(provider.id, testProvider(provider));
  return checks.filter(({ result }) => result === 'failed').map(({ name }) => name);
};

describe('the kit', () => {
  it('passes a good provider, and skips with a reason what says nothing of it', async () => {
    const provider = goodProvider();
    const report = await runChecks(provider.id, testProvider(provider));
    expect(report.checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(report.passed).toBeGreaterThan(25);
    for (const { result, message } of report.checks) if (result === 'skipped') expect(message).not.toBe('');
  });

  it.each<[string, Broken, string]>([
    ['takes a cut answer for a whole one', { takesCutForWhole: true }, 'tells a cut answer from a whole one'],
    ['puts the key into its errors', { leaksKey: true }, 'answers 401 with auth'],
    ['calls the global fetch', { usesFetch: true }, 'looks at nothing but what it is lent'],
    ['changes the request', { changesRequest: true }, 'leaves the request as it was'],
    ['opens a socket of its own', { opensSocket: true }, 'looks at nothing but what it is lent'],
    ['puts the key into a cause', { leaksKeyInCause: true }, 'answers 401 with auth'],
    ['goes on reading', { keepsReading: true }, 'closes the body when the reader leaves in the middle'],
    ['splits characters', { splitsCharacters: true }, 'reads a text, byte by byte'],
    [
      'puts the key into the URL',
      { keyInURL: true },
      'goes where it is told, with its key in one header and nowhere else',
    ],
    ['reads process.env', { readsEnvironment: true }, 'looks at nothing but what it is lent'],
    ['takes a refusal for an answer', { ignoresStatus: true }, 'answers 500 with server'],
    ['loses text', { losesText: true }, 'reads a text, in pieces of 7 bytes'],
  ])('catches one that %s', async (_name, broken, check) => {
    expect(await failuresOf(broken)).toContain(check);
  });

  it('tells by itself that a cut changes what is read, where a tape does not say what it means', async () => {
    const [tape] = standardTapes('openai-chat');
    const { golden: _, ...bare } = { ...tape, about: 'a bare tape' };
    const { checks } = await runChecks(
      'acme',
      testProvider(goodProvider({ splitsCharacters: true }), [bare as Tape]),
    );
    const resultOf = (how: string) => checks.find(({ name }) => name === `reads a bare tape, ${how}`)?.result;
    expect([resultOf('whole'), resultOf('byte by byte')]).toEqual(['passed', 'failed']);
  });

  it('says that a file is called otherwise', async () => {
    const { checks } = await runChecks('acme', testProvider(goodProvider(), [], { file: 'acne' }));
    expect(checks.find(({ name }) => name === 'is called like its file')).toMatchObject({
      result: 'failed',
      message: 'id: expected "acne", but it is "acme"',
    });
  });

  it('says of a provider without a wire and without tapes what it cannot check', async () => {
    const { wire: _, ...provider } = goodProvider();
    const { failed, checks } = await runChecks('acme', testProvider(provider));
    expect(failed).toBe(0);
    expect(checks.at(-1)).toMatchObject({
      result: 'skipped',
      message: expect.stringContaining('nothing was recorded'),
    });
  });
});

describe('a tape', () => {
  const [tape] = standardTapes('openai-chat');
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'g4f-tapes-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is read from its file, and what was sent is compared', async () => {
    const sent = { path: '/chat/completions', body: tape?.request };
    await writeFile(join(folder, 'text.json'), JSON.stringify({ ...tape, sent }));
    const tapes = readTapes(folder);
    const check = testProvider(goodProvider(), tapes).find(
      ({ name }) => name === 'asks for a text as recorded',
    );
    await expect(check?.run()).resolves.toBeUndefined();
    const other = testProvider(goodProvider(), [{ ...tapes[0], sent: { ...sent, body: {} } } as never]);
    await expect(other.find(({ name }) => name === 'asks for a text as recorded')?.run()).rejects.toThrow(
      'body: expected {}',
    );
    expect(await readFile(join(folder, 'text.json'), 'utf8')).toContain('Grüezi');
  });

  it('is refused with a key in it, whatever the key looks like', () => {
    for (const key of [
      'sk-abcdefghijklmnop1234',
      'gsk_abcdefghijklmnopqrstuvwxyz',
      'AIzaabcdefghijklmnopqrstuvwxyz12345',
      'Bearer abcdefghijklmnopqrst',
      'xai-abcdefghijklmnopqrstuvwxyz',
      'hf_abcdefghijklmnopqrstuvwxyz',
    ]) {
      expect(() => parseTape(JSON.stringify({ ...tape, body: key }), 'a.json')).toThrow(
        /^a\.json: holds what looks like a key \(.{6}…\)/,
      );
    }
    expect(findSecret('Bearer <key>')).toBeUndefined();
    // A signature in base64, which begins like a key.
    expect(findSecret('Qx+hfAbcDefGhiJklMnoPqrStuVwxYz0123/r8AbcDefGhiJklMnoPqrStuVwxYz')).toBeUndefined();
  });

  const spoiled = (more: object): string =>
    JSON.stringify({
      about: 'a',
      request: { model: 'm', messages: [] },
      status: 200,
      headers: {},
      body: '',
      ...more,
    });
  it.each([
    ['{', 'is no JSON'],
    ['{}', 'has no about'],
    ['null', 'has no about'],
    [spoiled({ status: '200' }), 'has another status'],
    [spoiled({ headers: { a: 1 } }), 'has another headers'],
    [spoiled({ body: 5 }), 'has another body'],
    [spoiled({ request: { model: 'm' } }), 'has another request'],
  ])('%s is none', (text, why) => {
    expect(() => parseTape(text, 'a.json')).toThrow(`a.json: ${why}`);
  });
});
