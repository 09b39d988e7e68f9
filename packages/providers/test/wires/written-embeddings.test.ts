// Answers with embeddings, written by hand after the documented formats: each service is asked as its golden says, and its answer
// becomes the golden's, whole, in 7 bytes and byte by byte.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddingRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { registry } from '../../src/registry/registry.gen.ts';
import { createEmbedContext, embedded } from '../provider/embed-context.ts';

const ROOT = join(import.meta.dirname, 'tapes/embeddings');
const BASE = 'https://kit.example/base';

interface Golden {
  readonly provider: string;
  readonly request: EmbeddingRequest;
  readonly path: string;
  readonly body: unknown;
  readonly answer: { readonly model: string; readonly vectors: unknown; readonly usage?: unknown };
}

const names = readdirSync(ROOT)
  .filter((file) => file.endsWith('.golden.json'))
  .map((file) => file.replace('.golden.json', ''));

it('are there for each form that a provider of this package speaks', () => {
  expect(names).toEqual(
    expect.arrayContaining([
      'cohere',
      'gemini',
      'huggingface',
      'jina',
      'mistral',
      'ollama',
      'openai',
      'voyage',
    ]),
  );
});

describe.each(names)('%s', (name) => {
  const body = readFileSync(join(ROOT, `${name}.json`), 'utf8');
  const golden: Golden = JSON.parse(readFileSync(join(ROOT, `${name}.golden.json`), 'utf8'));

  it.each([
    ['whole', Number.MAX_SAFE_INTEGER],
    ['in pieces of 7 bytes', 7],
    ['byte by byte', 1],
  ])('is asked for, and read %s', async (_how, size) => {
    const provider = await registry[golden.provider]?.load();
    const context = createEmbedContext(() => ({ body, size }), { apiKey: 'k', baseURL: BASE });
    const { object, data, model, usage } = await embedded(provider, golden.request, context);
    const [request] = context.requests;
    expect(request?.url).toBe(`${BASE}${golden.path}`);
    expect(JSON.parse(request?.body ?? '')).toEqual(golden.body);
    expect({ object, model, usage }).toEqual({
      object: 'list',
      model: golden.answer.model,
      usage: golden.answer.usage,
    });
    expect(data.map(({ index }) => index)).toEqual(data.map((_, at) => at));
    expect(data.map(({ embedding }) => embedding)).toEqual(golden.answer.vectors);
  });
});
