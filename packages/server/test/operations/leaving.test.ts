// Callers of the methods besides chat that leave: the provider is stopped.
import { once } from 'node:events';
import { type ClientRequest, request as httpRequest } from 'node:http';
import type { Context, Provider, TextCompletion } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { gatewayWith, start, text } from '../made-up.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex');
const half: TextCompletion = {
  id: 'cmpl-1',
  object: 'text_completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, text: 'Half', logprobs: null, finish_reason: null }],
};
const image = {
  type: 'image_generation.partial_image',
  b64_json: PNG.toString('base64'),
  partial_image_index: 0,
  created_at: 1,
} as const;

/** A provider of all methods that says half an answer, or nothing, and tells when it was begun and when it was left. */
function silent({ saysHalf }: { readonly saysHalf: boolean }) {
  let begin = (): void => undefined;
  let leave = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const saying = <Part>(...parts: readonly Part[]) =>
    async function* (_request: unknown, { signal }: Context): AsyncGenerator<Part> {
      signal.addEventListener('abort', leave, { once: true });
      begin();
      if (saysHalf) yield* parts;
      await left;
    };
  const methods: Partial<Provider> = {
    chat: saying([start()], [text('Half')]),
    complete: saying(half),
    image: saying(image),
    speech: saying({ audio: PNG, contentType: 'audio/mpeg' }),
    transcribe: saying({ type: 'transcript.text.delta', delta: 'Half' } as const),
  };
  return { methods, begun, left };
}

const form =
  (field: 'image' | 'file', extension: string) =>
  (stream: boolean): FormData => {
    const fields = new FormData();
    for (const [name, value] of Object.entries({ model: 'model-a', prompt: 'x', stream: String(stream) }))
      fields.append(name, value);
    fields.append(field, new File([PNG], `a.${extension}`));
    return fields;
  };

const picture = form('image', 'png');
const sound = form('file', 'mp3');

const json = (fields: object) => (stream: boolean) =>
  JSON.stringify({ model: 'model-a', ...fields, ...(stream && { stream }) });

const ROUTES = [
  ['/v1/responses', json({ input: 'Hello' }), true],
  ['/v1/completions', json({ prompt: 'x' }), true],
  ['/v1/images/generations', json({ prompt: 'x' }), true],
  ['/v1/images/edits', picture, true],
  ['/v1/images/variations', picture, false],
  ['/v1/audio/speech', () => json({ voice: 'a', input: 'x' })(false), true],
  ['/v1/audio/transcriptions', sound, true],
  ['/v1/audio/translations', sound, false],
] as const;

/** Sends by a connection of its own, which can be broken. */
async function open(url: string, body: FormData | string): Promise<ClientRequest> {
  const content = new Response(body);
  const headers = { 'content-type': content.headers.get('content-type') ?? '' };
  const asked = httpRequest(url, { method: 'POST', headers, agent: false });
  asked.on('error', () => undefined);
  asked.end(Buffer.from(await content.arrayBuffer()));
  return asked;
}

describe.each(ROUTES)('%s', (path, body, streams) => {
  it.each([true, false])(
    'stops the provider when the caller leaves before the headers (stream: %s)',
    async (stream) => {
      const { methods, begun, left } = silent({ saysHalf: false });
      const { url } = await gatewayWith(methods);
      const asked = await open(url + path, body(stream));
      await begun;
      asked.destroy();
      await left;
    },
  );

  it.runIf(streams)('stops the provider when the caller leaves in the middle', async () => {
    const { methods, left } = silent({ saysHalf: true });
    const { url } = await gatewayWith(methods);
    const asked = await open(url + path, body(true));
    const [answer] = await once(asked, 'response');
    expect(answer.statusCode).toBe(200);
    await once(answer, 'data');
    asked.destroy();
    await left;
  });
});
