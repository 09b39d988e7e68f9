// Sends the HTTP requests of one call by the platform's own fetch: the browser build has this file in the place of send.ts.
import { type BodyStream, G4FError, type Send } from '@g4f/core';
import { toAbortSignal } from '@g4f/core/internal';
import { bodyBytes } from './body-bytes.ts';
import type { Sender } from './exchange.ts';
import { networkFailure } from './network-failure.ts';

/** What is left of one call's way to the network: a browser has its own proxies and connection pools. */
export interface SendOptions extends Sender {}

/**
 * A {@link Send} for one call, over the platform's `fetch`, which knows no wait for a connection apart from that for the
 * headers. Redirects are not followed: the key and the prompt would go with them. Where the platform shows them (Node, Deno,
 * Bun, workers) they are answers like any other; a browser only says that there was one.
 */
export const createSend =
  ({ provider, signal: given, enter, received, leftMs }: SendOptions): Send =>
  async ({ method, url, headers, body = null, bodyStream, signal: own }) => {
    if (typeof fetch !== 'function') throw withoutFetch(provider);
    const left = toAbortSignal(given);
    const signal = own === undefined ? left : AbortSignal.any([left, own]);
    enter('headers');
    const { origin } = new URL(url);
    const failed = (thrown: unknown, answering: boolean): G4FError => {
      if (signal.reason instanceof G4FError) return signal.reason;
      return signal.aborted
        ? new G4FError(`${provider}: the request was aborted by the caller.`, {
            code: 'aborted',
            provider,
            cause: signal.reason,
          })
        : networkFailure(thrown instanceof Error ? thrown : new Error(String(thrown)), {
            provider,
            origin,
            answering,
          });
    };
    // Few platforms take a stream here, and none says so.
    const sends =
      bodyStream === undefined
        ? body
        : await untilAborted(collect(bodyBytes(bodyStream, { provider, enter })), signal, () =>
            failed(undefined, false),
          );
    const init = { method, headers, body: sends, signal, redirect: 'manual' } as const;
    const response = await fetch(url, init).catch((thrown: unknown) => {
      throw failed(thrown, false);
    });
    if (response.type === 'opaqueredirect') throw redirected(provider, origin);
    enter('first-content');
    const answered = Object.fromEntries(response.headers);
    received?.(answered, headers, response.status);
    const reader = response.body?.getReader();
    const leave = (): void => void reader?.cancel().catch(() => undefined);
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
          yield read.value;
        }
      } catch (thrown) {
        throw failed(thrown, true);
      } finally {
        leave();
      }
    };
    return {
      status: response.status,
      headers: answered,
      body: bytes(),
      release: leave,
      leftMs,
    };
  };

/** @throws what `failed` gives, as soon as the signal is aborted. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal, failed: () => G4FError): Promise<T> {
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const fail = (): void => reject(failed());
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { signal: over.signal });
  });
  return Promise.race([work, aborted]).finally(() => over.abort());
}

async function collect(bytes: BodyStream): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of bytes) pieces.push(new Uint8Array(piece));
  return new Blob(pieces);
}

const redirected = (provider: string, origin: string): G4FError =>
  new G4FError(
    `${provider}: ${origin} redirects, which is not followed because key and prompt would go with it; a browser does not say where to. Check the baseURL, or choose another provider.`,
    { code: 'bad-response', provider },
  );

const withoutFetch = (provider: string): G4FError =>
  new G4FError(
    `${provider}: this environment has no fetch. Give it one; in Jest, take the environment "node", or "jest-fixed-jsdom" for "jsdom".`,
    { code: 'invalid-request', provider },
  );
