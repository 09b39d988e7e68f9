// An image that a service makes in the background, and that is asked after: how often, where, and when no more.
import { type Context, type ImageRequest, LIMITS } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, BASE64, bodyOf, inNoTime, PNG, type Reply, upload } from './ask-for-image.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an image that is made in the background', () => {
  const BEGUN = { json: { id: '1', polling_url: 'https://api.us1.bfl.ai/v1/get_result?id=1' } };
  const PENDING = { json: { id: '1', status: 'Pending', result: null } };
  const READY = {
    json: { id: '1', status: 'Ready', result: { sample: 'https://delivery-us1.bfl.ai/1.png' } },
  };
  const flux = (
    replies: readonly Reply[],
    request: Partial<ImageRequest> = {},
    lent: Partial<Context> = {},
  ) => {
    const asking = ask('black-forest-labs', { model: 'flux-2-pro', ...request }, replies, lent);
    asking.catch(() => undefined);
    return asking;
  };

  it('is asked after less and less often, with the key, until it is there', async () => {
    const { data, requests, times } = await inNoTime(
      flux([BEGUN, PENDING, PENDING, READY], { size: '1024x768', seed: 1, safety_tolerance: 2 }),
    );
    const [begun = 0] = times;
    expect(times.map((time) => time - begun)).toEqual([0, 500, 1250, 2375]);
    expect(data).toEqual([{ url: 'https://delivery-us1.bfl.ai/1.png' }]);
    expect(requests.map(({ method, url, headers }) => [method, url, headers['x-key']])).toEqual([
      ['POST', 'https://api.bfl.ai/v1/flux-2-pro', 'the-key'],
      ...Array.from({ length: 3 }, () => ['GET', 'https://api.us1.bfl.ai/v1/get_result?id=1', 'the-key']),
    ]);
    expect(bodyOf(requests[0])).toEqual({
      prompt: 'a cat',
      width: 1024,
      height: 768,
      seed: 1,
      safety_tolerance: 2,
    });
  });

  it('is downloaded without the key where its bytes are wanted', async () => {
    const asking = flux([BEGUN, READY, { bytes: PNG }], { response_format: 'b64_json' });
    const { data, requests } = await inNoTime(asking);
    expect(data).toEqual([{ b64_json: BASE64 }]);
    expect(requests.at(-1)?.url).toBe('https://delivery-us1.bfl.ai/1.png');
    expect(JSON.stringify(requests.at(-1))).not.toContain('the-key');
  });

  it.each([
    ['Request Moderated', 'content-filter'],
    ['Content Moderated', 'content-filter'],
    ['Error', 'server'],
    ['Task not found', 'server'],
    ['Cancelled', 'server'],
  ])('with the status %s is an error', async (status, code) => {
    const asking = flux([BEGUN, { json: { id: '1', status, result: null } }]);
    await expect(inNoTime(asking)).rejects.toMatchObject({ code });
  });

  it.each([BASE64, `data:image/png;base64,${BASE64}`])('may be in the answer itself', async (sample) => {
    const { data } = await inNoTime(flux([BEGUN, { json: { status: 'Ready', result: { sample } } }]));
    expect(data).toEqual([{ b64_json: BASE64 }]);
  });

  it('is asked after at the service itself alone', async () => {
    const asking = flux([{ json: { id: '1', polling_url: 'https://evil.example/get_result?id=1' } }]);
    await expect(asking).rejects.toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('evil.example'),
    });
  });

  it('is given up at once when the call is aborted, and no timer is left', async () => {
    const controller = new AbortController();
    const asking = flux([BEGUN, PENDING], {}, { signal: controller.signal });
    while (vi.getTimerCount() === 0) await new Promise(setImmediate);
    controller.abort(new Error('enough'));
    await expect(asking).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is given up after a number of questions', async () => {
    const asking = flux([BEGUN, PENDING]);
    await expect(inNoTime(asking)).rejects.toMatchObject({ code: 'timeout', phase: 'first-content' });
    expect(LIMITS.imagePolls).toBeLessThan(1000);
  });

  it('is a prediction at Replicate', async () => {
    const get = 'https://api.replicate.com/v1/predictions/1';
    const asking = ask(
      'replicate',
      { model: 'black-forest-labs/flux-schnell', size: '1024x1024', go_fast: true },
      [
        { status: 201, json: { id: '1', status: 'starting', urls: { get } } },
        { json: { id: '1', status: 'processing', urls: { get } } },
        { json: { id: '1', status: 'succeeded', output: ['https://replicate.delivery/x/out-0.webp'] } },
      ],
    );
    const { data, requests } = await inNoTime(asking);
    expect(data).toEqual([{ url: 'https://replicate.delivery/x/out-0.webp' }]);
    expect(requests.map(({ url }) => url)).toEqual([
      'https://api.replicate.com/v1/models/black-forest-labs/flux-schnell/predictions',
      get,
      get,
    ]);
    expect(bodyOf(requests[0])).toEqual({ input: { prompt: 'a cat', aspect_ratio: '1:1', go_fast: true } });
  });

  it('is not known at once at Fireworks, and has to be known later', async () => {
    const unknown = { json: { status: 'Task not found', result: null } };
    const edit = (...replies: readonly Reply[]) =>
      inNoTime(
        ask('fireworks', { model: 'accounts/fireworks/models/flux-kontext-pro' }, [
          { json: { request_id: 'r' } },
          ...replies,
        ]),
      );
    await expect(edit(unknown, READY)).resolves.toMatchObject({ data: [{ url: READY.json.result.sample }] });
    await expect(edit(unknown, unknown)).rejects.toMatchObject({ code: 'server' });
  });

  it('is a workflow at Fireworks, which changes an image as well', async () => {
    const model = 'accounts/fireworks/models/flux-kontext-pro';
    const asking = ask('fireworks', { task: 'edit', model, image: [upload()] }, [
      { json: { request_id: 'r' } },
      READY,
    ]);
    const { requests } = await inNoTime(asking);
    const base = `https://api.fireworks.ai/inference/v1/workflows/${model}`;
    expect(requests.map(({ url }) => url)).toEqual([base, `${base}/get_result`]);
    expect(requests.map(bodyOf)).toEqual([
      { prompt: 'a cat', input_image: `data:image/png;base64,${BASE64}` },
      { id: 'r' },
    ]);
  });
});
