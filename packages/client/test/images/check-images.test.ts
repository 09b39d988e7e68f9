// What a provider of one's own gives as images is looked at, too: nothing that is none is handed on.
import { defineProvider, type ImageOutput } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\nrest of a picture in a test', 'latin1').toString('base64');
const PAGE = Buffer.from('<!doctype html>').toString('base64');
const done = { type: 'image_generation.completed', b64_json: PNG, created_at: 1 };

const client = new AsyncClient({ env: {}, maxRetries: 0 });
const asked = { model: 'm', prompt: 'a cat' };

/** What such a provider gives may be anything. */
const giving = (...parts: unknown[]) =>
  defineProvider({
    id: 'painter',
    name: 'Painter',
    website: 'https://example.com',
    key: 'none',
    models: {},
    async *image() {
      yield* parts as ImageOutput[];
    },
  });

describe('all images at once', () => {
  it.each([
    [{ created: 1, data: [{ b64_json: PNG }] }],
    [
      {
        created: 1,
        data: [{ url: 'https://images.example/1.png' }, { url: `data:image/png;base64,${PNG}` }],
      },
    ],
  ])('are given: %j', async (answer) => {
    const images = await client.images.generate(asked, { provider: giving(answer) });
    expect(images).toEqual({ ...answer, provider: 'painter' });
  });

  it.each<[string, unknown[]]>([
    ['has no images', [{ created: 1, data: [] }]],
    ['has no images', [{ created: 1 }]],
    ['has no images', ['<!doctype html>']],
    ['has no images', [done]],
    ['the image at 0 is none', [{ created: 1, data: [{ b64_json: PAGE }] }]],
    ['the image at 0 is none', [{ created: 1, data: [{ b64_json: '' }] }]],
    ['the image at 1 is none', [{ created: 1, data: [{ b64_json: PNG }, {}] }]],
    ['the image at 0 is none', [{ created: 1, data: [{ url: 'drawn.png' }] }]],
    ['the image at 0 is none', [{ created: 1, data: [{ url: 'javascript:alert(1)' }] }]],
    [
      'a second answer',
      [
        { created: 1, data: [{ b64_json: PNG }] },
        { created: 1, data: [{ b64_json: PNG }] },
      ],
    ],
  ])('are refused: %s %j', async (why, parts) => {
    await expect(client.images.generate(asked, { provider: giving(...parts) })).rejects.toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining(why),
    });
  });
});

describe('events', () => {
  it.each<[string, unknown]>([
    ['none of images', { created: 1, data: [{ b64_json: PNG }] }],
    ['none of images', { ...done, type: 'image.done' }],
    ['without an image', { ...done, b64_json: PAGE }],
    ['without an image', { ...done, b64_json: undefined }],
  ])('are refused: %s %j', async (why, event) => {
    const read = async () => {
      for await (const _ of client.images.generate(
        { ...asked, stream: true },
        { provider: giving(done, event) },
      ));
    };
    await expect(read()).rejects.toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining(why),
    });
  });

  it('are those of the provider, with its name', async () => {
    const events: unknown[] = [];
    for await (const event of client.images.generate({ ...asked, stream: true }, { provider: giving(done) }))
      events.push(event);
    expect(events).toEqual([{ ...done, provider: 'painter' }]);
  });
});

it('keeps no images in the cache', async () => {
  let times = 0;
  const painter = defineProvider({
    ...giving(),
    async *image() {
      times += 1;
      yield { created: times, data: [{ b64_json: PNG }] };
    },
  });
  const caching = new AsyncClient({ env: {}, cache: true, provider: painter });
  expect((await caching.images.generate(asked)).created).toBe(1);
  expect((await caching.images.generate(asked)).created).toBe(2);
});
