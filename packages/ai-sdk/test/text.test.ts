// The AI SDK’s functions for text and objects over this provider.
import { generateObject, generateText, NoObjectGeneratedError, streamObject, streamText } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chatting, chunks, events } from '../../openai/test/service.ts';
import { all, failing, failureOf, TwoServices } from './two-services.ts';

const services = new TwoServices();

describe('text', () => {
  it('is generated, with usage, reasons, and who answered', async () => {
    const { text, usage, finishReason, response, providerMetadata, warnings } = await generateText({
      model: services.model(),
      system: 'Be brief.',
      prompt: 'Hi',
      maxOutputTokens: 10,
      temperature: 0.5,
      stopSequences: ['end'],
      seed: 7,
      providerOptions: { g4f: { user: 'me' } },
    });
    expect(text).toBe('Hello, world');
    expect(usage).toMatchObject({ inputTokens: 3, outputTokens: 5, totalTokens: 8 });
    expect([finishReason, response.id, warnings]).toEqual(['stop', 'chatcmpl-1', []]);
    expect(providerMetadata?.g4f).toEqual({ provider: 'one', model: 'model-1' });
    const { max_tokens, max_completion_tokens, ...body } = services.first.asked[0]?.body ?? {};
    expect(max_tokens ?? max_completion_tokens).toBe(10);
    expect(body).toMatchObject({
      model: 'model-1',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      temperature: 0.5,
      seed: 7,
      user: 'me',
    });
  });

  it('is sent no header where several providers may answer, and says so', async () => {
    const headers = { 'x-team': 'red' };
    const { warnings } = await generateText({ model: services.model(), prompt: 'Hi', headers });
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: 'headers' }]);
    expect(services.first.asked[0]?.headers).not.toHaveProperty('x-team');
    const one = services.provider('one')('model-1');
    expect((await generateText({ model: one, prompt: 'Hi', headers })).warnings).toEqual([]);
    expect(services.first.asked[1]?.headers).toMatchObject(headers);
  });

  it('is streamed, by another provider where the first fails', async () => {
    services.first.answer = failing;
    const result = streamText({ model: services.model(), prompt: 'Hi' });
    expect(await all(result.textStream)).toEqual(['Hello', ', ', 'world']);
    expect(await result.usage).toMatchObject({ inputTokens: 3, outputTokens: 5 });
    expect(await result.finishReason).toBe('stop');
    expect((await result.providerMetadata)?.g4f).toMatchObject({
      provider: 'two',
      route: [{ provider: 'one', code: 'server' }, { provider: 'two' }],
    });
  });

  it('comes after its reasoning, in blocks', async () => {
    services.first.answer = (response) => {
      events(response, chunks([{ reasoning: 'Hm.' }, { reasoning: ' Yes.' }, { content: 'Hello' }]));
      response.end('data: [DONE]\n\n');
    };
    const result = streamText({ model: services.model(), prompt: 'Hi' });
    const types = (await all(result.fullStream)).map(({ type }) => type);
    expect(types).toEqual([
      ...['start', 'start-step', 'reasoning-start', 'reasoning-delta', 'reasoning-delta', 'reasoning-end'],
      ...['text-start', 'text-delta', 'text-end', 'finish-step', 'finish'],
    ]);
    expect(await result.reasoningText).toBe('Hm. Yes.');
  });

  it('is asked about images, sound and documents', async () => {
    const png = Buffer.from('iVBORw0KGgo=', 'base64');
    await generateText({
      model: services.model(),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What?' },
            { type: 'image', image: png },
            { type: 'file', data: Buffer.from('RIFF'), mediaType: 'audio/wav' },
            { type: 'file', data: Buffer.from('%PDF'), mediaType: 'application/pdf', filename: 'a.pdf' },
          ],
        },
      ],
    });
    expect(services.first.asked[0]?.body.messages).toMatchObject([
      {
        content: [
          { type: 'text', text: 'What?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
          { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
        ],
      },
    ]);
  });
});

describe('objects', () => {
  const schema = z.object({ city: z.string() });

  it('are generated and streamed by their schema', async () => {
    services.first.answer = chatting('{"city":', '"Oslo"}');
    const { object } = await generateObject({ model: services.model(), schema, prompt: 'Where?' });
    expect(object).toEqual({ city: 'Oslo' });
    expect(services.first.asked[0]?.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'response', schema: { required: ['city'] } },
    });
    const streamed = streamObject({ model: services.model(), schema, prompt: 'Where?' });
    expect((await all(streamed.partialObjectStream)).at(-1)).toEqual({ city: 'Oslo' });
    expect(await streamed.object).toEqual({ city: 'Oslo' });
  });

  it('that do not fit are the AI SDK’s own error', async () => {
    services.first.answer = chatting('{"town":"Oslo"}');
    const failed = await failureOf(generateObject({ model: services.model(), schema, prompt: 'Where?' }));
    expect(NoObjectGeneratedError.isInstance(failed)).toBe(true);
  });
});
