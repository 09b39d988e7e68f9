// Asks a provider of the registry for images, and answers as its service would.
import type { Context, HttpRequest, ImageRequest, ImagesResponse, Upload } from '@g4f/core';
import { vi } from 'vitest';
import { registry } from '../../src/registry/registry.gen.ts';

export const PNG = Buffer.from('\x89PNG\r\n\x1a\nrest of a picture in a test', 'latin1');
export const BASE64 = PNG.toString('base64');

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
}

interface Asked {
  readonly data: ImagesResponse['data'];
  readonly usage: ImagesResponse['usage'];
  readonly warnings: readonly string[];
  readonly requests: readonly HttpRequest[];
  /** When each was sent, in ms. */
  readonly times: readonly number[];
}

/** Asks a provider of the registry; each request takes the next reply, the last one again and again. */
export const ask = async (
  id: string,
  request: Partial<ImageRequest>,
  replies: readonly Reply[],
  lent: Partial<Context> = {},
): Promise<Asked> => {
  const provider = await registry[id]?.load();
  const requests: HttpRequest[] = [];
  const times: number[] = [];
  const warnings: string[] = [];
  const left = [...replies];
  const context: Context = {
    env: { AZURE_OPENAI_ENDPOINT: 'https://res.openai.azure.com' },
    apiKey: 'the-key',
    signal: new AbortController().signal,
    enter: () => undefined,
    warn: (message) => void warnings.push(message),
    async send(sent) {
      requests.push(sent);
      times.push(Date.now());
      const { status = 200, headers = {}, json, bytes } = (left.length > 1 ? left.shift() : left[0]) ?? {};
      const body = bytes ?? Buffer.from(JSON.stringify(json));
      const type = { 'content-type': bytes === undefined ? 'application/json' : 'image/png', ...headers };
      return { status, headers: type, body: once(body), release: () => undefined };
    },
    ...lent,
  };
  const parts: unknown[] = [];
  const drawing = provider?.image?.({ model: 'm', task: 'generate', prompt: 'a cat', ...request }, context);
  if (drawing === undefined) throw new Error(`${id} cannot draw`);
  for await (const part of drawing) parts.push(part);
  const [{ data, usage } = { data: [], usage: undefined }] = parts as ImagesResponse[];
  return { data, usage, warnings, requests, times };
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export const upload = (name = 'mine.png'): Upload => ({ name, type: 'image/png', open: () => once(PNG) });

export const bodyOf = (request: HttpRequest | undefined): unknown => JSON.parse(request?.body ?? 'null');

export const formOf = async (request: HttpRequest | undefined): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of request?.bodyStream ?? []) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
};

/** Lets the clock jump from timer to timer until it is over. What takes no timer, such as loading code, is waited for. */
export const inNoTime = async <T>(asking: Promise<T>): Promise<T> => {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  asking.then(over, over);
  while (!isOver) {
    await vi.advanceTimersToNextTimerAsync();
    await new Promise(setImmediate);
  }
  return asking;
};
