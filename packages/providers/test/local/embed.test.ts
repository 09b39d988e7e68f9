// Texts become vectors in OpenAI's shape, computed by a fallback for the model.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, EmbeddingRequest, EmbeddingResponse } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import local from '../../src/backends/local.ts';
import { closeEngines } from '../../src/local/engine/engine.ts';
import { MINILM, SMOLLM2 } from '../../src/local/weights/model.ts';
import { FAKE_CONTEXT, fakeRuntime } from './fake-runtime.ts';
import { lend, modelBytes, temporaryFolder } from './fake-sources.ts';

const installed = vi.hoisted(() => ({ runtime: undefined as string | undefined }));
vi.mock(import('../../src/local/engine/runtime.ts'), async (original) => ({
  ...(await original()),
  findRuntime: () => installed.runtime,
}));

let model = '';

beforeEach(() => {
  model = join(temporaryFolder(), 'Vectors.gguf');
  writeFileSync(model, modelBytes);
  installed.runtime = fakeRuntime();
});
afterEach(closeEngines);

interface Lent extends Context {
  readonly warnings: string[];
  readonly phases: string[];
}

const newContext = (signal?: AbortSignal, env: Record<string, string> = {}): Lent => {
  const warnings: string[] = [];
  const lent = lend({ PATH: process.env.PATH ?? '', G4F_LOCAL_EMBEDDING_MODEL: model, ...env }, signal);
  return { ...lent, warnings, warn: (message) => void warnings.push(message) };
};

const embed = async (
  input: EmbeddingRequest['input'],
  more: Readonly<Record<string, unknown>> = {},
  context: Context = newContext(),
): Promise<EmbeddingResponse> => {
  const parts: EmbeddingResponse[] = [];
  for await (const part of local.embed({ model: 'all-minilm-l6-v2', input, ...more }, context))
    parts.push(part);
  const [answer] = parts;
  if (answer === undefined || parts.length > 1) throw new Error(`it answered with ${parts.length} parts`);
  return answer;
};

/** A vector of length 1 in this direction, in 32-bit floats. */
const unit = (...numbers: readonly number[]): number[] =>
  numbers.map((number) => Math.fround(number / Math.hypot(...numbers)));

const vectorsOf = ({ data }: EmbeddingResponse) => data.map(({ embedding }) => embedding);

it('is offered under the names of the models that are fetched', () => {
  expect(local.models).toEqual({ [SMOLLM2.family]: SMOLLM2.id });
  expect(local.modelsFor).toEqual({ embed: { [MINILM.family]: MINILM.id } });
});

describe('embed', () => {
  it('answers with a vector of length 1 for each text, in their order, and counts the tokens', async () => {
    const context = newContext();
    expect(await embed(['b', 'a longer text', 'b'], { user: 'me' }, context)).toEqual({
      object: 'list',
      model: 'Vectors.gguf',
      data: [
        { object: 'embedding', index: 0, embedding: unit(98, 1) },
        { object: 'embedding', index: 1, embedding: unit(97, 13) },
        { object: 'embedding', index: 2, embedding: unit(98, 1) },
      ],
      usage: { prompt_tokens: 3 + 15 + 3, total_tokens: 3 + 15 + 3 },
    });
    expect(context.phases).toEqual(['prepare']);
    expect(context.warnings).toEqual([]);
  });

  it('writes base64 of little-endian 32-bit floats where that is asked for', async () => {
    const [text] = vectorsOf(await embed(['b'], { encoding_format: 'base64' }));
    const bytes = new DataView(Uint8Array.from(Buffer.from(String(text), 'base64')).buffer);
    expect([bytes.getFloat32(0, true), bytes.getFloat32(4, true)]).toEqual(unit(98, 1));
    expect(bytes.byteLength).toBe(8);
  });

  it.each(['ext', '', '#'])('refuses encoding_format: "%s"', async (encoding_format) => {
    await expect(embed(['b'], { encoding_format })).rejects.toMatchObject({
      code: 'invalid-request',
      message: `local: encoding_format must be "float" or "base64", not "${encoding_format}".`,
    });
  });

  it('has a vector for an empty text as well: that of the token that begins, or else ends, every text', async () => {
    expect(vectorsOf(await embed(['']))).toEqual([unit(1, 1)]);
    const other = join(temporaryFolder(), 'no-bos.gguf');
    writeFileSync(other, modelBytes);
    const context = newContext(undefined, { G4F_LOCAL_EMBEDDING_MODEL: other });
    expect(vectorsOf(await embed([''], {}, context))).toEqual([unit(2, 1)]);
  });

  it('leaves a vector of zeros as it is', async () => {
    expect(vectorsOf(await embed(['zeros']))).toEqual([[0, 0]]);
  });

  it('cuts no text in silence: the first that is too long is named, and none is computed', async () => {
    const context = FAKE_CONTEXT;
    const longest = 'x'.repeat(context - 2);
    expect((await embed([longest])).usage?.prompt_tokens).toBe(context);
    await expect(embed(['crash', 'b', `${longest}yz`, `${longest}y`])).rejects.toMatchObject({
      code: 'context-length',
      message: `local: input[2] has ${context + 2} tokens, and the limit of Vectors.gguf is ${context}. Cut it into shorter texts or choose another provider.`,
    });
  });

  it('gives the runtime room for the longest text, all of it in one batch', async () => {
    const [[contextSize = 0, batchSize = 0, one = 0] = []] = (await embed(['options'])).data.map(
      ({ embedding }) => (typeof embedding === 'string' ? [] : embedding),
    );
    expect(Math.round(contextSize / one)).toBe(FAKE_CONTEXT + 1);
    expect(Math.round(batchSize / one)).toBe(FAKE_CONTEXT + 1);
  });

  it.each([1, 3, 384])('refuses vectors of another length than the model has (%d)', async (dimensions) => {
    expect(vectorsOf(await embed(['b'], { dimensions: 2 }))).toHaveLength(1);
    await expect(embed(['b'], { dimensions })).rejects.toMatchObject({
      code: 'invalid-request',
      scope: 'provider',
      message: `local: dimensions: the embedded model's vectors have 2 numbers and cannot be made ${dimensions} long. Leave dimensions out, or choose a model that is made for it.`,
    });
  });

  it('refuses them before anything is fetched, where it knows the model', async () => {
    const context = newContext(undefined, { G4F_LOCAL_EMBEDDING_MODEL: '', HF_ENDPOINT: 'no URL' });
    await expect(embed(['b'], { dimensions: 256 }, context)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('vectors have 384 numbers'),
    });
  });

  it.each([[[[1, 2]]], [[[]]], [[[1], [2, 3]]]])('refuses tokens: %j', async (input) => {
    await expect(embed(input)).rejects.toMatchObject({
      code: 'invalid-request',
      scope: 'provider',
      message: expect.stringContaining('input holds tokens'),
    });
  });

  it('names what it cannot honour', async () => {
    const context = { ...newContext(), extraBody: { x: 1 } };
    await embed(['b'], { input_type: 'query', dimensions: null, encoding_format: undefined }, context);
    expect(context.warnings).toEqual([
      'local: the embedded model cannot honour "input_type"; it was ignored.',
      'local: the embedded model is sent no body: extraBody was ignored.',
    ]);
  });

  it.each(['vectors.gguf', 'Vectors', 'all-MiniLM-L6-v2'])('answers to %s', async (name) => {
    expect((await embed(['b'], { model: name })).model).toBe('Vectors.gguf');
  });

  it.each(['text-embedding-3-small', 'smollm2-135m', ''])(
    'refuses to answer as another model: "%s"',
    async (name) => {
      installed.runtime = undefined;
      await expect(embed(['b'], { model: name })).rejects.toMatchObject({
        code: 'model-not-found',
        message: `local: there is no embedding model "${name}" on this machine, only Vectors.gguf. Write model: "Vectors.gguf", and embed with it all texts that are compared.`,
      });
    },
  );

  it('says what to install when the runtime is missing', async () => {
    installed.runtime = undefined;
    await expect(embed(['b'])).rejects.toMatchObject({
      code: 'no-provider',
      message: expect.stringContaining('run "npm install @g4f/local-runtime" (once)'),
    });
  });

  it('names the variable when the file that it names is none', async () => {
    const context = newContext(undefined, { G4F_LOCAL_EMBEDDING_MODEL: '/nowhere/x.gguf' });
    await expect(embed(['b'], {}, context)).rejects.toMatchObject({
      code: 'invalid-request',
      message:
        'local: G4F_LOCAL_EMBEDDING_MODEL names /nowhere/x.gguf, which is not there. Set it to a GGUF file, or unset it to use all-MiniLM-L6-v2.',
    });
  });

  it.each(['not finite', 'nothing'])(
    'fails where the model gives no vector of numbers (%s)',
    async (text) => {
      await expect(embed(['b', text])).rejects.toMatchObject({
        code: 'server',
        message: expect.stringContaining('gives no vector of finite numbers'),
      });
      expect(vectorsOf(await embed(['b']))).toEqual([unit(98, 1)]);
    },
  );

  it('says what went wrong when the engine fails, or its process ends, and answers the next one', async () => {
    await expect(embed(['b', 'throw', 'b'])).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('RangeError: no such thing'),
    });
    await expect(embed(['b', 'crash', 'b'])).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('it ended with SIGKILL (ggml: something is badly wrong)'),
    });
    expect(vectorsOf(await embed(['b']))).toEqual([unit(98, 1)]);
  });

  it('never gives fewer vectors than texts', async () => {
    await expect(embed(['b', 'ends early', 'b'])).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('it gave 1 vectors for 3 texts'),
    });
  });

  it('computes nothing for a caller who has left already', async () => {
    await expect(embed(['b'], {}, newContext(AbortSignal.abort()))).rejects.toMatchObject({
      code: 'aborted',
      provider: 'local',
    });
  });

  it('answers several calls one after the other, in one process', async () => {
    const answers = await Promise.all([embed(['a', 'b']), embed(['b', 'a']), embed(['a'])]);
    expect(answers.map(vectorsOf)).toEqual([
      [unit(97, 1), unit(98, 1)],
      [unit(98, 1), unit(97, 1)],
      [unit(97, 1)],
    ]);
  });

  it('does not load the chat model, and leaves it loaded where it is', async () => {
    const chatModel = join(temporaryFolder(), 'mine.gguf');
    expect(vectorsOf(await embed(['b'], {}, newContext(undefined, { G4F_LOCAL_MODEL: chatModel })))).toEqual([
      unit(98, 1),
    ]);
    writeFileSync(chatModel, modelBytes);
    const context = newContext(undefined, { G4F_LOCAL_MODEL: chatModel });
    const pidOfChat = async (): Promise<string> => {
      const messages = [{ role: 'user', content: 'pid' }] as const;
      let text = '';
      for await (const batch of local.chat({ model: 'mine', stream: true, messages }, context))
        for (const event of batch) if (event.type === 'text-delta') text += event.text;
      return text;
    };
    const before = await pidOfChat();
    await embed(['b'], {}, context);
    expect(await pidOfChat()).toBe(before);
  });
});
