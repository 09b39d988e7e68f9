// What each service is sent for an image, after its documentation, and what becomes of its documented answer.
import type { ImageRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { ask, BASE64, bodyOf, formOf, PNG, type Reply, upload } from './ask-for-image.ts';

describe('what is sent', () => {
  it.each<[string, Partial<ImageRequest>, Reply, string, unknown]>([
    [
      'openai',
      { model: 'gpt-image-2', size: '1024x1024', quality: 'high', response_format: 'b64_json', n: 1 },
      { json: { created: 1, data: [{ b64_json: BASE64 }] } },
      'https://api.openai.com/v1/images/generations',
      { model: 'gpt-image-2', prompt: 'a cat', size: '1024x1024', quality: 'high', n: 1 },
    ],
    [
      'azure-openai',
      { size: '1024x1024' },
      { json: { created: 1, data: [{ b64_json: BASE64 }] } },
      'https://res.openai.azure.com/openai/v1/images/generations',
      { model: 'm', prompt: 'a cat', size: '1024x1024' },
    ],
    [
      'together',
      {
        model: 'black-forest-labs/FLUX.2-pro',
        size: '1024x768',
        n: 1,
        steps: 4,
        response_format: 'b64_json',
      },
      {
        json: {
          id: 'oS',
          model: 'm',
          object: 'list',
          data: [{ index: 0, b64_json: BASE64, type: 'b64_json' }],
        },
      },
      'https://api.together.xyz/v1/images/generations',
      {
        model: 'black-forest-labs/FLUX.2-pro',
        prompt: 'a cat',
        n: 1,
        width: 1024,
        height: 768,
        steps: 4,
        response_format: 'base64',
      },
    ],
    [
      'deepinfra',
      { model: 'black-forest-labs/FLUX-1-schnell', size: '1024x1024', n: 1 },
      { json: { created: 1_707_000_000, data: [{ revised_prompt: 'A photo', b64_json: BASE64 }] } },
      'https://api.deepinfra.com/v1/openai/images/generations',
      { model: 'black-forest-labs/FLUX-1-schnell', prompt: 'a cat', size: '1024x1024', n: 1 },
    ],
    [
      'xai',
      { model: 'grok-imagine-image', size: '1920x1080', resolution: '2k', response_format: 'b64_json' },
      { json: { data: [{ b64_json: BASE64 }] } },
      'https://api.x.ai/v1/images/generations',
      {
        model: 'grok-imagine-image',
        prompt: 'a cat',
        aspect_ratio: '16:9',
        resolution: '2k',
        response_format: 'b64_json',
      },
    ],
    [
      'minimax',
      { model: 'image-01', size: '1024x768', n: 1, prompt_optimizer: true, response_format: 'b64_json' },
      {
        json: {
          id: '1',
          data: { image_base64: [BASE64] },
          base_resp: { status_code: 0, status_msg: 'success' },
        },
      },
      'https://api.minimax.io/v1/image_generation',
      {
        model: 'image-01',
        prompt: 'a cat',
        n: 1,
        width: 1024,
        height: 768,
        prompt_optimizer: true,
        response_format: 'base64',
      },
    ],
    [
      'fireworks',
      { model: 'accounts/fireworks/models/flux-1-schnell-fp8', size: '1600x900', seed: 3 },
      { bytes: PNG },
      'https://api.fireworks.ai/inference/v1/workflows/accounts/fireworks/models/flux-1-schnell-fp8/text_to_image',
      { prompt: 'a cat', aspect_ratio: '16:9', seed: 3 },
    ],
    [
      'huggingface',
      { model: 'org/painter', size: '64x32', negative_prompt: 'dogs' },
      { bytes: PNG },
      'https://router.huggingface.co/v1/../hf-inference/models/org/painter',
      { inputs: 'a cat', parameters: { width: 64, height: 32, negative_prompt: 'dogs' } },
    ],
    [
      'gemini',
      {
        model: 'gemini-3.1-flash-image',
        size: '1024x1024',
        temperature: 1,
        imageConfig: { imageSize: '2K' },
      },
      {
        json: {
          candidates: [
            {
              content: {
                parts: [
                  { text: 'Here it is' },
                  { thought: true, inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgoAAAAA' } },
                  { inlineData: { mimeType: 'image/png', data: BASE64 } },
                ],
              },
              finishReason: 'STOP',
            },
          ],
        },
      },
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-3.1-flash-image:generateContent',
      {
        contents: [{ role: 'user', parts: [{ text: 'a cat' }] }],
        generationConfig: {
          temperature: 1,
          responseModalities: ['IMAGE'],
          imageConfig: { imageSize: '2K', aspectRatio: '1:1' },
        },
      },
    ],
    [
      'gemini',
      { model: 'imagen-4.0-generate-001', n: 1, size: '1600x900', sampleImageSize: '1K' },
      { json: { predictions: [{ mimeType: 'image/png', bytesBase64Encoded: BASE64 }] } },
      'https://generativelanguage.googleapis.com/v1beta/models/imagen-4.0-generate-001:predict',
      {
        instances: [{ prompt: 'a cat' }],
        parameters: { sampleCount: 1, aspectRatio: '16:9', sampleImageSize: '1K' },
      },
    ],
  ])('%s %j', async (id, request, reply, url, body) => {
    const { data, requests } = await ask(id, request, [reply]);
    expect(requests.map((sent) => sent.url)).toEqual([url]);
    expect(bodyOf(requests[0])).toEqual(body);
    expect(data.map(({ b64_json }) => b64_json)).toEqual([BASE64]);
  });

  it('is a size to Zhipu, which answers with an address', async () => {
    const reply = { json: { created: 1, data: [{ url: 'https://aigc-files.bigmodel.cn/api/x.png' }] } };
    const asked = await ask('zhipu', { model: 'cogview-4', size: '1024x1024', quality: 'hd', n: 2 }, [reply]);
    expect(bodyOf(asked.requests[0])).toEqual({
      model: 'cogview-4',
      prompt: 'a cat',
      size: '1024x1024',
      quality: 'hd',
    });
    expect(asked.data).toEqual([{ url: 'https://aigc-files.bigmodel.cn/api/x.png' }]);
    expect(asked.warnings).toEqual(['2 images were asked for, and 1 came']);
  });

  it('is an address to Pollinations, of a host that depends on the key', async () => {
    const request = { model: 'flux', prompt: 'a cat/dog?', size: '64x32', seed: 5, nologo: true };
    const query = '?model=flux&seed=5&nologo=true&width=64&height=32';
    const own = await ask('pollinations', request, [{ bytes: PNG }], { apiKey: undefined });
    expect(own.requests.map(({ url, method }) => [method, url])).toEqual([
      ['GET', `https://image.pollinations.ai/prompt/a%20cat%2Fdog%3F${query}`],
    ]);
    const keyed = await ask('pollinations', request, [{ bytes: PNG }]);
    expect(keyed.requests[0]?.url).toBe(`https://gen.pollinations.ai/image/a%20cat%2Fdog%3F${query}`);
    expect(keyed.requests[0]?.headers.authorization).toBe('Bearer the-key');
  });

  it.each([
    ['core', 'generate/core', ['prompt', 'aspect_ratio', 'output_format', 'negative_prompt']],
    [
      'sd3.5-large',
      'generate/sd3',
      ['prompt', 'aspect_ratio', 'output_format', 'negative_prompt', 'model', 'mode'],
    ],
  ])('is a form to Stability: %s', async (model, path, names) => {
    const request = { model, size: '1024x1024', output_format: 'png', negative_prompt: 'dogs' };
    const asked = await ask('stability', request, [
      { json: { image: BASE64, finish_reason: 'SUCCESS', seed: 1 } },
    ]);
    expect(asked.requests[0]?.url).toBe(`https://api.stability.ai/v2beta/stable-image/${path}`);
    const form = await formOf(asked.requests[0]);
    expect([...form.matchAll(/name="([^"]+)"/g)].map(([, name]) => name).sort()).toEqual(names.toSorted());
    expect(form).toContain('name="aspect_ratio"\r\n\r\n1:1\r\n');
    expect(asked.data).toEqual([{ b64_json: BASE64 }]);
  });
});

describe('an image to be changed', () => {
  const edit = { task: 'edit', prompt: 'a hat', image: [upload()] } as const;
  const dataURL = `data:image/png;base64,${BASE64}`;

  it('is JSON to xAI, one or several', async () => {
    const reply = { json: { data: [{ url: 'https://imgen.x.ai/1.jpg' }] } };
    const one = await ask('xai', edit, [reply]);
    expect(one.requests[0]?.url).toBe('https://api.x.ai/v1/images/edits');
    expect(bodyOf(one.requests[0])).toMatchObject({ image: { url: dataURL, type: 'image_url' } });
    const two = await ask('xai', { ...edit, image: [upload(), upload()] }, [reply]);
    expect(bodyOf(two.requests[0])).toMatchObject({ images: [{ url: dataURL }, { url: dataURL }] });
  });

  it('stands beside the prompt for Gemini', async () => {
    const reply = { json: { candidates: [{ content: { parts: [{ inlineData: { data: BASE64 } }] } }] } };
    const { requests } = await ask('gemini', edit, [reply]);
    expect(bodyOf(requests[0])).toMatchObject({
      contents: [{ parts: [{ text: 'a hat' }, { inlineData: { mimeType: 'image/png', data: BASE64 } }] }],
    });
  });

  it('is filled in where a mask leaves it open, by Stability', async () => {
    const reply = { json: { image: BASE64, finish_reason: 'SUCCESS' } };
    const { requests } = await ask('stability', { ...edit, model: 'core', mask: upload('mask.png') }, [
      reply,
    ]);
    expect(requests[0]?.url).toBe('https://api.stability.ai/v2beta/stable-image/edit/inpaint');
    const form = await formOf(requests[0]);
    expect(form).toContain('name="image"; filename="mine.png"');
    expect(form).toContain('name="mask"; filename="mask.png"');
  });

  it.each<[string, Partial<ImageRequest>, string]>([
    ['together', edit, 'it cannot make edits of an image'],
    ['zhipu', { task: 'variation', image: [upload()] }, 'it cannot make variations of an image'],
    ['xai', { ...edit, image: [upload(), upload(), upload(), upload()] }, 'it takes at most 3 images'],
    ['xai', { ...edit, mask: upload() }, 'it takes no mask'],
  ])('is refused by %s before it is sent where it cannot be done: %#', async (id, request, why) => {
    await expect(ask(id, request, [])).rejects.toMatchObject({
      code: 'invalid-request',
      scope: 'provider',
      message: expect.stringContaining(why),
    });
  });
});

it('says what a service has no parameter for, and which sizes it has', async () => {
  const request = { size: '1000x700', quality: 'high', style: 'vivid', user: 'u' };
  const { warnings, requests } = await ask('xai', request, [{ json: { data: [{ b64_json: BASE64 }] } }]);
  expect(warnings).toEqual([
    'quality is left out: xai has no such parameter',
    'style is left out: xai has no such parameter',
    'user is left out: xai has no such parameter',
    'size "1000x700" is left out: xai takes only ratios (1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3, 2:1, 1:2, 19.5:9, 9:19.5, 20:9, 9:20)',
  ]);
  expect(bodyOf(requests[0])).toEqual({ model: 'm', prompt: 'a cat' });
});

it('asks a service that makes one image at a time as often as is needed, with a seed that counts up', async () => {
  const { data, requests, warnings } = await ask('huggingface', { n: 3, seed: 7 }, [{ bytes: PNG }]);
  expect(data).toHaveLength(3);
  expect(
    requests
      .map((sent) => bodyOf(sent))
      .map((body) => Object(body).parameters.seed)
      .sort(),
  ).toEqual([7, 8, 9]);
  expect(warnings).toEqual([]);
  await expect(ask('huggingface', { n: 11 }, [])).rejects.toMatchObject({ code: 'invalid-request' });
});

it('sums up the tokens of several requests', async () => {
  const reply = {
    json: {
      candidates: [{ content: { parts: [{ inlineData: { data: BASE64 } }] } }],
      usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 1290 },
    },
  };
  const { usage } = await ask('gemini', { n: 2 }, [reply]);
  expect(usage).toEqual({ input_tokens: 10, output_tokens: 2580, total_tokens: 2590 });
});
