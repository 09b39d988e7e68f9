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
