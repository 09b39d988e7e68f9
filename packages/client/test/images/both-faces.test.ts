// `images` over a socket: both clients give the same images, events and errors.
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { G4FError, type ImageStreamEvent } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { ImageEditParams, ImageGenerateParams } from '../../src/surface/images.ts';

/** What the service sees is drawn into the image, so that it can be read there. */
interface Seen {
  readonly path: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>> & { readonly form?: string };
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Buffer.from('my own picture')]);

let worker: Worker;
let client: Client;
let async: AsyncClient;
let folder: string;
beforeAll(async () => {
  worker = new Worker(new URL('../sync/fixtures/image-service.mjs', import.meta.url), { execArgv: [] });
  const [url] = await once(worker, 'message');
  folder = await mkdtemp(join(tmpdir(), 'g4f-images-'));
  await writeFile(join(folder, 'mine.png'), PNG);
  const options = {
    env: {},
    baseURL: String(url),
    apiKey: 'sk-mine',
    headers: { 'x-own': 'secret' },
    maxRetries: 0,
  };
  client = new Client(options);
  async = new AsyncClient(options);
});
afterAll(async () => {
  client.close();
  await worker.terminate();
  await rm(folder, { recursive: true });
});

const textOf = (base64 = ''): string => Buffer.from(base64, 'base64').subarray(8).toString();
const seenIn = (base64 = ''): Seen => JSON.parse(textOf(base64).replace(/^\d /, ''));

const generate = async (params: Partial<ImageGenerateParams>) => {
  const asked = { model: 'painter', prompt: 'a cat', ...params, stream: false } as const;
  const whole = await async.images.generate(asked);
  expect(client.images.generate(asked)).toEqual(whole);
  return whole;
};

describe('generate', () => {
  it('sends what was given, null left out, and gives OpenAI’s answer with who gave it', async () => {
    const { data, ...facts } = await generate({
      size: '64x64',
      quality: null,
      seed: 7,
      negative_prompt: 'dogs',
    });
    expect(facts).toMatchObject({
      created: 1_700_000_000,
      output_format: 'png',
      usage: { total_tokens: 7, input_tokens_details: { image_tokens: 1, text_tokens: 2 } },
      provider: 'custom',
    });
    expect(seenIn(data[0]?.b64_json)).toEqual({
      path: '/v1/images/generations',
      type: 'application/json',
      fields: {
        model: 'painter',
        prompt: 'a cat',
        size: '64x64',
        seed: 7,
        negative_prompt: 'dogs',
        stream: false,
      },
    });
  });

  it('gives several, each larger than what two threads share', async () => {
    const { data } = await generate({ n: 3, size: String(2 * 1024 * 1024) });
    expect(data.map(({ b64_json }) => textOf(b64_json).slice(0, 2))).toEqual(['0 ', '1 ', '2 ']);
  });

  it('gives partial images and then the image', async () => {
    const asked = { model: 'painter', prompt: 'a cat', stream: true, partial_images: 2 } as const;
    const events: ImageStreamEvent[] = [];
    for await (const event of async.images.generate(asked)) events.push(event);
    expect([...client.images.generate(asked)]).toEqual(events);
    expect(events.map(({ type }) => type)).toEqual([
      'image_generation.partial_image',
      'image_generation.partial_image',
      'image_generation.completed',
    ]);
    expect(events.map(({ b64_json }) => textOf(b64_json).slice(0, 6))).toEqual([
      'part 0',
      'part 1',
      '{"path',
    ]);
    expect(events[1]).toMatchObject({ partial_image_index: 1, created_at: 5, provider: 'custom' });
  });

  it('downloads what came as an address where bytes are asked for, without key and headers', async () => {
    const { data } = await generate({ prompt: 'an address', response_format: 'b64_json' });
    expect(data.map(({ b64_json, url }) => [textOf(b64_json), url])).toEqual([
      ['downloaded with []', undefined],
    ]);
  });

  it('warns of addresses that cannot be had, and of a name one edit away', async () => {
    const { warnings } = await generate({ response_format: 'url', qualty: 'high' });
    expect(warnings).toEqual([
      'the parameter "qualty" is not known: sent as it is. Did you mean quality?',
      'response_format "url" cannot be had here: the images are in b64_json',
    ]);
  });
});

describe('edit', () => {
  const edit = async (params: Partial<ImageEditParams>) => {
    const asked = { model: 'painter', prompt: 'a hat', image: PNG, ...params, stream: false } as const;
    const whole = await async.images.edit(asked);
    const { fields, ...seen } = seenIn(whole.data[0]?.b64_json);
    const other = seenIn(client.images.edit(asked).data[0]?.b64_json);
    const form = withoutBoundary(fields.form);
    expect({ ...other, fields: withoutBoundary(other.fields.form) }).toEqual({ ...seen, fields: form });
    expect(seen).toEqual({ path: '/v1/images/edits', type: 'multipart/form-data' });
    return form;
  };
  const withoutBoundary = (form = ''): string => form.replaceAll(/--g4f-[\w-]+/g, '--');

  it.each<[string, () => ImageEditParams['image'], string]>([
    ['bytes', () => PNG, 'image.png'],
    ['a path', () => join(folder, 'mine.png'), 'mine.png'],
    ['a data URL', () => `data:image/png;base64,${PNG.toString('base64')}`, 'image.png'],
    ['a Blob', () => new Blob([PNG]), 'image.png'],
    ['a named one', () => ({ data: PNG, name: 'hat.png' }), 'hat.png'],
  ])('sends %s with its name and type', async (_, image, name) => {
    const form = await edit({ image: image() });
    expect(form).toContain(
      `name="image"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n${PNG.toString('latin1')}\r\n`,
    );
    expect(form).toContain('name="prompt"\r\n\r\na hat\r\n');
  });

  it('sends several, and a mask', async () => {
    const form = await edit({ image: [PNG, new Blob([PNG])], mask: PNG, n: 2, input_fidelity: 'high' });
    expect(form.match(/(?<=; )name="[^"]+"/g)).toEqual(
      ['model', 'prompt', 'n', 'input_fidelity', 'stream', 'image[]', 'image[]', 'mask'].map(
        (name) => `name="${name}"`,
      ),
    );
  });

  it('streams, too', async () => {
    const asked = { model: 'painter', prompt: 'a hat', image: PNG, stream: true } as const;
    expect([...client.images.edit(asked)].map(({ type }) => type)).toEqual([
      'image_edit.partial_image',
      'image_edit.partial_image',
      'image_edit.completed',
    ]);
  });

  it('sends a stream once, and Client says that it cannot take one', async () => {
    const image = new Blob([PNG]).stream();
    const { data } = await async.images.edit({ model: 'painter', prompt: 'a hat', image });
    expect(seenIn(data[0]?.b64_json).fields.form).toContain(PNG.toString('latin1'));
    expect(() =>
      client.images.edit({ model: 'painter', prompt: 'a hat', image: new Blob([PNG]).stream() }),
    ).toThrow('image cannot cross to the worker thread');
  });
});

it('varies an image', async () => {
  const asked = { model: 'painter', image: PNG, n: 1 };
  const { data } = await async.images.createVariation(asked);
  expect(seenIn(data[0]?.b64_json).path).toBe('/v1/images/variations');
  expect(seenIn(client.images.createVariation(asked).data[0]?.b64_json).path).toBe('/v1/images/variations');
});

describe('what is wrong', () => {
  const failureOf = async (run: () => unknown): Promise<G4FError> => {
    const error = await Promise.resolve()
      .then(run)
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    if (!(error instanceof G4FError)) throw new Error(`it did not fail: ${String(error)}`);
    return error;
  };
  const fails = async (ask: (face: Pick<AsyncClient | Client, 'images'>) => unknown): Promise<G4FError> => {
    const error = await failureOf(() => ask(async));
    const other = await failureOf(() => ask(client));
    expect([other.message, other.code]).toEqual([error.message, error.code]);
    return error;
  };
  const drawing = (prompt: string, more: object = {}) =>
    fails(({ images }) => images.generate({ model: 'painter', prompt, ...more }));

  it.each([
    ['no bytes', 'bad-response'],
    ['no images', 'bad-response'],
    ['a page for an image', 'bad-response'],
    ['a page', 'bad-response'],
    ['a failure inside', 'rate-limit'],
    ['a refusal', 'content-filter'],
    ['a cut body', 'network'],
  ])('with %s is an error, and nothing is drawn', async (prompt, code) => {
    expect(await drawing(prompt)).toMatchObject({ code });
  });

  it('does not repeat the prompt', async () => {
    expect((await drawing('a refusal')).message).not.toContain('a refusal of');
  });

  it('opens no private address', async () => {
    const error = await drawing('a private address', { response_format: 'b64_json' });
    expect(error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('10.0.0.1') });
  });

  it.each([
    ['a cut stream', 'stream-truncated'],
    ['a failure in the stream', 'server'],
  ])('with %s gives what came before, and then the error', async (prompt, code) => {
    const seen: string[] = [];
    const asked = { model: 'painter', prompt, stream: true } as const;
    const error = await failureOf(async () => {
      for await (const { type } of async.images.generate(asked)) seen.push(type);
    });
    expect(error.code).toBe(code);
    expect((await failureOf(() => [...client.images.generate(asked)])).message).toBe(error.message);
    expect(seen).toEqual(['image_generation.partial_image']);
  });

  it.each<[object, string]>([
    [{ prompt: '' }, 'prompt: a text that says what is wanted was expected, got an empty string.'],
    [{ prompt: 5 }, 'prompt: a text that says what is wanted was expected, got the number 5.'],
    [{ n: 0 }, 'n: a whole number from 1 was expected, got the number 0.'],
    [
      { response_format: 'png' },
      'response_format: one of "url", "b64_json" was expected, got the string "png".',
    ],
    [{ image: 'x' }, 'image: generate() takes no image. Call images.edit().'],
  ])('is said of %j', async (params, message) => {
    expect((await drawing('a cat', params)).message).toBe(message);
  });

  it.each<[string, () => unknown, string]>([
    ['no file', () => join(folder, 'none.png'), 'image: there is no such file'],
    ['a folder', () => folder, 'image: it is a folder'],
    ['no image', () => Buffer.from('<!doctype html>'), 'image: it is no image. Give a PNG, JPEG or WebP.'],
    ['nothing', () => undefined, 'image: an image was expected, but it is missing.'],
    ['an empty list', () => [], 'image: an image was expected, but it is missing.'],
    ['a list with something else', () => [PNG, 5], 'image[1]: a file was expected'],
  ])('is said of %s', async (_, image, message) => {
    const error = await fails(({ images }) =>
      images.edit({ model: 'painter', prompt: 'a hat', image: image() as Uint8Array }),
    );
    expect(error.message).toContain(message);
    expect(error.code).toBe('invalid-request');
  });

  it('is said of a file that is none although its name says so, before the service has it', async () => {
    await writeFile(join(folder, 'page.png'), '<!doctype html><title>no</title>');
    const error = await fails(({ images }) =>
      images.edit({ model: 'painter', prompt: 'a hat', image: join(folder, 'page.png') }),
    );
    expect(error).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('it is no image'),
    });
    expect(await readdir(folder)).toContain('page.png');
    expect(await readFile(join(folder, 'mine.png'))).toEqual(PNG);
  });

  it('is said where a provider cannot draw', async () => {
    const error = await fails(({ images }) =>
      images.generate({ model: 'groq:x', prompt: 'a cat' }, { apiKey: 'k' }),
    );
    expect(error.message).toContain('cannot make images');
  });
});
