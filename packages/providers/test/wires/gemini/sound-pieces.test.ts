// Sound that a Gemini model makes in a chat: in OpenAI's place for it, and whole when its pieces are put together.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { sse } from '../acme.ts';
import { folded, hearWire } from '../hear-wire.ts';

const PCM = 'audio/L16;codec=pcm;rate=24000';
const says = (bytes: Uint8Array, finishReason?: string): object => ({
  candidates: [
    {
      content: { parts: [{ inlineData: { mimeType: PCM, data: Buffer.from(bytes).toString('base64') } }] },
      finishReason,
    },
  ],
});
const END = { candidates: [{ finishReason: 'STOP' }] };

it('is sound, and no picture', async () => {
  const { choices } = await folded(await hearWire(gemini, sse(says(Buffer.from('abc')), END)));
  expect(choices[0]?.message).toEqual({
    role: 'assistant',
    content: '',
    refusal: null,
    audio: { format: PCM, data: 'YWJj' },
  });
});

it('of any lengths is the same sound together, streamed and whole', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 7 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(pieces, async (parts) => {
      const whole = Buffer.concat(parts).toString('base64');
      const { events, error } = await hearWire(gemini, sse(...parts.map((part) => says(part)), END));
      expect(error).toBeUndefined();
      const audio = (await folded({ events })).choices[0]?.message.audio;
      expect(audio?.data ?? '').toBe(whole);
    }),
    { numRuns: 60 },
  );
});

it('of a file is whole: another file, or sound of another type, stands by itself', async () => {
  const part = (mimeType: string, data: string): object => ({ inlineData: { mimeType, data } });
  const heard = async (...parts: object[]): Promise<unknown> => {
    const body = sse({ candidates: [{ content: { parts }, finishReason: 'STOP' }] });
    const { message } = (await folded(await hearWire(gemini, body))).choices[0] ?? {};
    return [message?.audio, message?.images?.map(({ image_url }) => image_url.url)];
  };
  expect(await heard(part(PCM, ''), part('Audio/WAV', 'AAAA'), part('Audio/WAV', 'BBBB'))).toEqual([
    { format: 'Audio/WAV', data: 'AAAA' },
    ['data:Audio/WAV;base64,BBBB'],
  ]);
  const slower = 'audio/L16;codec=pcm;rate=16000';
  expect(await heard(part(PCM, 'AAAA'), part(slower, 'BBBB'), part(PCM.toLowerCase(), 'CCCC'))).toEqual([
    { format: PCM, data: 'AAAACCCC' },
    [`data:${slower};base64,BBBB`],
  ]);
});

it('is plain base64, in whichever alphabet it comes', async () => {
  const parts = ['audio/wav', 'image/png'].map((mimeType) => ({ inlineData: { mimeType, data: '-_-_' } }));
  const body = sse({ candidates: [{ content: { parts }, finishReason: 'STOP' }] });
  expect((await folded(await hearWire(gemini, body))).choices[0]?.message).toMatchObject({
    audio: { data: '+/+/' },
    images: [{ image_url: { url: 'data:image/png;base64,+/+/' } }],
  });
});
