// The tools for images and sound.
import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { G4FError } from '@g4f/core';
import { imageTypeOfBase64 } from '@g4f/core/internal';
import * as z from 'zod';
import { offer, type ServedCall, textResult } from './served-tools.ts';

const MOST_IMAGES = 4;

/** Images of a prompt. */
export const generateImage = offer({
  title: 'Generate an image',
  description: 'Makes images of a description.',
  isOpenWorld: true,
  parameters: {
    prompt: z.string().min(1),
    model: z.string().min(1).describe('A model that makes images, such as "gpt-image-1" or "flux-schnell".'),
    size: z.string().optional().describe('In pixels, such as "1024x1024".'),
    n: z.int().min(1).max(MOST_IMAGES).optional(),
  },
  async run({ prompt, model, size, n }, { client, signal }) {
    const options = { ...(size !== undefined && { size }), ...(n !== undefined && { n }) };
    const { data = [] } = await client.images.generate(
      { model, prompt, response_format: 'b64_json', ...options },
      { signal },
    );
    const images = data.map(({ b64_json: bytes }) => bytes).filter((bytes) => typeof bytes === 'string');
    return {
      content: images.map((bytes) => ({
        type: 'image' as const,
        data: bytes,
        mimeType: `image/${imageTypeOfBase64(bytes) ?? 'png'}`,
      })),
    };
  },
});

/** Speech as text. */
export const transcribe = offer({
  title: 'Transcribe speech',
  description: 'Gives the words that are spoken in a recording.',
  isOpenWorld: true,
  parameters: {
    audio: z.base64().optional().describe('The recording in base64.'),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Or its public address.'),
    path: z.string().optional().describe('Or its file, in one of the folders that this server may read.'),
    model: z.string().min(1).describe('A model that hears, such as "whisper-1".'),
    language: z.string().optional().describe('The language spoken, such as "en".'),
  },
  async run({ model, language, ...source }, call) {
    const file = await recording(source, call);
    const { text } = await call.client.audio.transcriptions.create(
      { model, file, ...(language !== undefined && { language }) },
      { signal: call.signal },
    );
    return textResult(text);
  },
});

/** @throws G4FError `invalid-request` unless there is exactly one, that may be read */
async function recording(
  {
    audio,
    url,
    path,
  }: {
    readonly audio?: string | undefined;
    readonly url?: string | undefined;
    readonly path?: string | undefined;
  },
  { folders, signal }: ServedCall,
): Promise<string | Uint8Array> {
  if ([audio, url, path].filter((one) => one !== undefined).length !== 1)
    throw new G4FError('transcribe: give one of audio, url and path.', { code: 'invalid-request' });
  if (audio !== undefined) return Buffer.from(audio, 'base64');
  if (url !== undefined) {
    const { downloadPublic } = await import('@g4f/web');
    return downloadPublic(url, { signal });
  }
  return fileWithin(path ?? '', folders);
}

/** Its real path, so that no link leads out of the folders. */
async function fileWithin(path: string, folders: readonly string[]): Promise<string> {
  const places = await Promise.all(folders.map((folder) => realpath(folder).catch(() => undefined)));
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined && places.some((place) => place !== undefined && real.startsWith(place + sep)))
    return real;
  throw new G4FError(
    'transcribe: path: there is no such file in the folders that this server may read. Its operator names them by the option folders (of "g4f mcp": --folder).',
    { code: 'invalid-request' },
  );
}
