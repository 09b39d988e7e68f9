// Gemini's speech: how the answer ended counts, what it is counts, and how long it may be.
import { LIMITS, type SpeechPart, type SpeechRequest } from '@g4f/core';
import { expect, it } from 'vitest';
import { registry } from '../../../src/registry/registry.gen.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

const PCM = 'audio/L16;codec=pcm;rate=24000';
const SAMPLES = Buffer.alloc(100, 1);
const WAV = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), SAMPLES]);

const sound = (data: Buffer, mimeType: string, finishReason?: string): unknown => ({
  candidates: [
    {
      content: { parts: [{ inlineData: { mimeType, data: data.toString('base64') } }] },
      ...(finishReason !== undefined && { finishReason }),
    },
  ],
});

async function speak(answer: unknown, more: Partial<SpeechRequest> = {}): Promise<readonly SpeechPart[]> {
  const gemini = await registry.gemini?.load();
  const context = createFakeContext({ body: JSON.stringify(answer) }, { apiKey: 'k' });
  const parts: SpeechPart[] = [];
  for await (const part of gemini?.speech?.({ model: 'm', input: 'Hi!', ...more }, context) ?? [])
    parts.push(part);
  return parts;
}

const bytesOf = (parts: readonly SpeechPart[]): Buffer => Buffer.concat(parts.map(({ audio }) => audio));

it('gives samples, or a WAV file of them', async () => {
  const pcm = await speak(sound(SAMPLES, PCM, 'STOP'), { response_format: 'pcm' });
  expect([pcm[0]?.contentType, bytesOf(pcm)]).toEqual([PCM, SAMPLES]);
  const wav = await speak(sound(SAMPLES, PCM, 'STOP'));
  expect([wav[0]?.contentType, bytesOf(wav).length]).toEqual(['audio/wav', 144]);
  expect((await speak(sound(WAV, 'audio/wav', 'STOP')))[0]).toEqual({ audio: WAV, contentType: 'audio/wav' });
});

it.each([
  ['MAX_TOKENS', 'context-length'],
  ['SAFETY', 'content-filter'],
  ['PROHIBITED_CONTENT', 'content-filter'],
  [undefined, 'stream-truncated'],
  ['FINISH_REASON_UNSPECIFIED', 'stream-truncated'],
  ['OTHER', 'bad-response'],
])('hands out no sound of an answer that ended with %s', async (reason, code) => {
  for (const response_format of ['wav', 'pcm'])
    await expect(speak(sound(SAMPLES, PCM, reason), { response_format })).rejects.toMatchObject({
      code,
      provider: 'gemini',
    });
});

it('refuses what is not the format that was asked for', async () => {
  await expect(speak(sound(WAV, 'audio/wav', 'STOP'), { response_format: 'pcm' })).rejects.toMatchObject({
    code: 'bad-response',
    message: 'gemini: it sent audio/wav where pcm was asked for. Choose another provider.',
  });
  await expect(speak(sound(Buffer.from('sorry, no'), 'text/plain', 'STOP'))).rejects.toMatchObject({
    code: 'bad-response',
  });
});

it('takes minutes of sound, up to a limit', async () => {
  const long = Buffer.alloc(5 * 60 * 48_000, 1);
  expect(bytesOf(await speak(sound(long, PCM, 'STOP'))).length).toBe(44 + long.length);
  const endless = Buffer.alloc(LIMITS.audioBytes * 0.75 + 3, 1);
  await expect(speak(sound(endless, PCM, 'STOP'))).rejects.toThrow('the limit of 40 MiB');
});
