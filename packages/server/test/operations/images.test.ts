// The routes of `/v1/images`, used by OpenAI's own library; and forms that try to make the gateway open files.
import { G4FError, type ImageRequest, type ImageStreamEvent, type Provider } from '@g4f/core';
import OpenAI, { toFile } from 'openai';
import { describe, expect, it } from 'vitest';
import { all, gatewayWith, post } from '../made-up.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex');
const drawn = PNG.toString('base64');
const clientOf = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0 });

/** What a provider was asked, and what was in the files. */
interface Asked extends Omit<ImageRequest, 'image' | 'mask'> {
  readonly files: readonly {
    readonly name: string;
    readonly type?: string | undefined;
    readonly bytes: Buffer;
  }[];
}

const bytesOf = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await all(pieces));

/** A provider that draws, and streams these events where it is asked for them. */
const drawing = (...events: readonly (ImageStreamEvent | Error)[]) => {
  const asked: Asked[] = [];
  const image: Provider['image'] = async function* ({ image: images = [], mask, ...request }) {
    const files = [];
    for (const { name, type, open } of mask === undefined ? images : [...images, mask])
      files.push({ name, type, bytes: await bytesOf(open()) });
    asked.push({ ...request, files });
    if (request.stream !== true) yield { created: 1_700_000_000, data: [{ b64_json: drawn }] };
    else
      for (const event of events) {
        if (event instanceof Error) throw event;
        yield event;
      }
  };
  return { image, asked };
};

const partial: ImageStreamEvent = {
  type: 'image_generation.partial_image',
  b64_json: drawn,
  partial_image_index: 0,
  created_at: 1_700_000_000,
};
const completed: ImageStreamEvent = {
  type: 'image_generation.completed',
  b64_json: drawn,
  created_at: 1_700_000_000,
};

describe('generations', () => {
  it('gives images, and says who drew', async () => {
    const { image, asked } = drawing();
    const { url } = await gatewayWith({ image });
    const params = { model: 'model-a', prompt: 'A lighthouse', n: 1, size: '1024x1024' } as const;
    const { data, response } = await clientOf(url).images.generate(params).withResponse();
    expect(data.data?.[0]?.b64_json).toBe(drawn);
    expect(response.headers.get('x-g4f-provider')).toBe('made-up');
    expect(asked).toMatchObject([{ ...params, task: 'generate' }]);
  });

  it('gives the events as they come', async () => {
    const { url } = await gatewayWith({ image: drawing(partial, completed).image });
    const params = { model: 'model-a', prompt: 'A lighthouse', stream: true } as const;
    const events = await all(await clientOf(url).images.generate(params));
    expect(events.map(({ type }) => type)).toEqual([partial.type, completed.type]);
    const said = await (await post(`${url}/v1/images/generations`, params)).text();
    expect([...said.matchAll(/^event: (.*)$/gm)].map(([, name]) => name)).toEqual([
      partial.type,
      completed.type,
    ]);
  });

  it('has a status for a failure before the first event, and an event for one after it', async () => {
    const params = { model: 'model-a', prompt: 'A lighthouse', stream: true } as const;
    const refused = new G4FError('No such pictures.', { code: 'content-filter' });
    const early = await gatewayWith({ image: drawing(refused).image });
    await expect(clientOf(early.url).images.generate(params)).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    const late = await gatewayWith({ image: drawing(partial, refused).image });
    const reading = all(await clientOf(late.url).images.generate(params));
    await expect(reading).rejects.toThrow(/No such pictures/);
    const said = await (await post(`${late.url}/v1/images/generations`, params)).text();
    expect(said).toMatch(/event: error\n/);
    expect(said).not.toContain(completed.type);
  });
});

describe('edits and variations', () => {
  it('send files on with their names and types', async () => {
    const { image, asked } = drawing();
    const { url } = await gatewayWith({ image });
    const { images } = clientOf(url);
    const before = await toFile(PNG, 'before.png', { type: 'image/png' });
    await images.edit({
      model: 'model-a',
      prompt: 'At night',
      image: before,
      mask: await toFile(PNG, 'mask.png'),
      n: 2,
    });
    await images.edit({ model: 'model-a', prompt: 'Both', image: [before, await toFile(PNG, 'after')] });
    await images.createVariation({ model: 'model-a', image: before, n: 1 });
    const file = { name: 'before.png', type: 'image/png', bytes: PNG };
    expect(asked).toMatchObject([
      { task: 'edit', prompt: 'At night', n: 2, files: [file, { name: 'mask.png', type: 'image/png' }] },
      { task: 'edit', files: [file, { name: 'after.png', type: 'image/png', bytes: PNG }] },
      { task: 'variation', n: 1, files: [file] },
    ]);
  });

  it('stream where the form says so', async () => {
    const { image } = drawing(
      { ...partial, type: 'image_edit.partial_image' },
      { ...completed, type: 'image_edit.completed' },
    );
    const { url } = await gatewayWith({ image });
    const before = await toFile(PNG, 'before.png');
    const stream = await clientOf(url).images.edit({
      model: 'model-a',
      prompt: 'x',
      image: before,
      stream: true,
    });
    expect((await all(stream)).map(({ type }) => type)).toEqual([
      'image_edit.partial_image',
      'image_edit.completed',
    ]);
  });

  it('refuse what is no image', async () => {
    const { image, asked } = drawing();
    const { url } = await gatewayWith({ image });
    const page = await toFile(Buffer.from('<!doctype html>'), 'page.png');
    const editing = clientOf(url).images.edit({ model: 'model-a', prompt: 'x', image: page });
    await expect(editing).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    expect(asked).toEqual([]);
  });
});
