// What becomes of an image that a service does not give because of what it shows.
import type { ImageRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { ask, BASE64 } from './ask-for-image.ts';

describe('what a service withholds', () => {
  it('is a content filter by its name, whatever the status', async () => {
    const json = { id: '1', name: 'content_moderation', errors: ['Not this one.'] };
    await expect(ask('stability', { model: 'core' }, [{ status: 403, json }])).rejects.toMatchObject({
      code: 'content-filter',
      message: expect.stringContaining('stability: 403 Not this one. '),
    });
  });

  it.each<[string, Partial<ImageRequest>, unknown]>([
    ['stability', { model: 'core' }, { image: BASE64, finish_reason: 'CONTENT_FILTERED' }],
    ['gemini', {}, { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }],
    ['gemini', {}, { candidates: [{ content: {}, finishReason: 'IMAGE_SAFETY' }] }],
    ['gemini', { model: 'imagen-4' }, { predictions: [{ raiFilteredReason: 'unsafe' }] }],
    ['minimax', {}, { data: null, base_resp: { status_code: 1026, status_msg: 'input new_sensitive' } }],
    [
      'replicate',
      { model: 'a/b' },
      { id: '1', status: 'failed', error: 'NSFW content detected. Try another.' },
    ],
  ])('is a content filter: %s %j %j', async (id, request, json) => {
    await expect(ask(id, request, [{ json }])).rejects.toMatchObject({ code: 'content-filter' });
  });
});
