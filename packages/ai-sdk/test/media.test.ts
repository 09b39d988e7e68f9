// The AI SDK’s embeddings, images, speech and transcriptions over this provider.
import {
  embed,
  embedMany,
  generateImage,
  experimental_generateSpeech as generateSpeech,
  experimental_transcribe as transcribe,
} from 'ai';
import { describe, expect, it } from 'vitest';
import { json } from '../../openai/test/service.ts';
import { TwoServices } from './two-services.ts';

const services = new TwoServices();

describe('other models', () => {
  it('embed', async () => {
    services.first.answer = (response, { body }) => {
      const data = [body.input]
        .flat()
        .map((_, index) => ({ object: 'embedding', index, embedding: [index, 0.5] }));
      json(response, { object: 'list', data, model: 'm', usage: { prompt_tokens: 4, total_tokens: 4 } });
    };
    const embedding = services.provider().embeddingModel('m');
    const many = await embedMany({ model: embedding, values: ['a', 'b'] });
    expect([many.embeddings, many.usage.tokens]).toEqual([
      [
        [0, 0.5],
        [1, 0.5],
      ],
      4,
    ]);
    expect(
      (await embed({ model: services.provider().textEmbeddingModel('m'), value: 'a' })).embedding,
    ).toEqual([0, 0.5]);
    expect(services.first.asked).toHaveLength(2);
  });

  it('draw, and change pictures', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    services.first.answer = (response) =>
      json(response, { created: 1_700_000_000, data: [{ b64_json: png }] });
    const made = await generateImage({
      model: services.provider().imageModel('m'),
      prompt: 'A cat',
      n: 2,
      aspectRatio: '1:1',
    });
    expect(made.images.map(({ base64 }) => base64)).toEqual([png, png]);
    expect(made.warnings).toMatchObject([{ feature: 'aspectRatio' }, { feature: 'aspectRatio' }]);
    const prompt = { text: 'A dog', images: [Buffer.from(png, 'base64')] };
    const changed = await generateImage({ model: services.provider().imageModel('m'), prompt });
    expect(changed.image.base64).toBe(png);
    expect(services.first.asked.map(({ path }) => path)).toEqual([
      '/v1/images/generations',
      '/v1/images/generations',
      '/v1/images/edits',
    ]);
  });

  it('speak and hear', async () => {
    services.first.answer = (response, { path }) => {
      if (path.endsWith('/speech')) {
        response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(Buffer.from('ID3 sound'));
        return;
      }
      json(response, {
        text: 'Hello',
        language: 'en',
        duration: 2,
        segments: [{ id: 0, start: 0, end: 2, text: 'Hello' }],
      });
    };
    const { audio, warnings } = await generateSpeech({
      model: services.provider().speechModel('m'),
      text: 'Hello',
      voice: 'alloy',
      language: 'en',
    });
    expect(Buffer.from(audio.uint8Array).toString()).toBe('ID3 sound');
    expect(warnings).toMatchObject([{ feature: 'language' }]);
    const heard = await transcribe({
      model: services.provider().transcriptionModel('m'),
      audio: audio.uint8Array,
      providerOptions: { g4f: { response_format: 'verbose_json' } },
    });
    expect([heard.text, heard.segments]).toEqual([
      'Hello',
      [{ text: 'Hello', startSecond: 0, endSecond: 2 }],
    ]);
  });
});
