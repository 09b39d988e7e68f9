// A Context whose network is a tape: what a provider is lent while it is tested.
import { type Context, G4FError, type HttpRequest, type HttpResponse } from '@g4f/core';

/** What is answered, and how its body comes. */
export interface LentAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or the bytes of a picture or a sound. */
  readonly body?: string | Uint8Array;
  /** Bytes in one read; all of them unless given. */
  readonly size?: number;
  /** What comes after the body's bytes: its end, nothing for ever, or a broken connection. */
  readonly ends?: 'end' | 'stall' | 'reset';
}

/** An answer, or what makes one of a request. */
export type Lent = LentAnswer | ((request: HttpRequest) => LentAnswer | Promise<LentAnswer>);

/** The context, and what went through it. */
export interface LentContext extends Context {
  readonly requests: HttpRequest[];
  /** The body of each request, as text: that of a form has its files in it. */
  readonly bodies: string[];
  readonly warnings: string[];
  /** How often a body was let go of before its end, or read to it. */
  readonly closed: { count: number };
  abort(): void;
}

/** @param lent the key and the environment that the provider finds. */
export const lendContext = (
  answer: Lent,
  lent: Partial<Pick<Context, 'apiKey' | 'baseURL' | 'env'>> = {},
): LentContext => {
  const controller = new AbortController();
  const requests: HttpRequest[] = [];
  const bodies: string[] = [];
  const warnings: string[] = [];
  const closed = { count: 0 };
  const { signal } = controller;
  return {
    env: {},
    ...lent,
    signal,
    requests,
    bodies,
    warnings,
    closed,
    abort: () => controller.abort(aborted()),
    enter: () => undefined,
    warn: (message) => void warnings.push(message),
    async send(request) {
      if (signal.aborted) throw signal.reason;
      requests.push(request);
      bodies.push(request.body ?? (await textOf(request.bodyStream)));
      return answered(typeof answer === 'function' ? await answer(request) : answer, signal, closed);
    },
  };
};

async function textOf(stream: HttpRequest['bodyStream']): Promise<string> {
  if (stream === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of stream) text += decoder.decode(bytes, { stream: true });
  return text + decoder.decode();
}

const aborted = (): G4FError => new G4FError('the kit: aborted.', { code: 'aborted' });

function answered(answer: LentAnswer, signal: AbortSignal, closed: { count: number }): HttpResponse {
  const { status = 200, headers = { 'content-type': 'application/json' } } = answer;
  return { status, headers, body: bodyOf(answer, signal, closed), release: () => undefined };
}

async function* bodyOf(
  { body = '', size = Number.MAX_SAFE_INTEGER, ends = 'end' }: LentAnswer,
  signal: AbortSignal,
  closed: { count: number },
): AsyncGenerator<Uint8Array> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  try {
    for (let at = 0; at < bytes.length; at += size) {
      if (signal.aborted) throw signal.reason;
      yield bytes.slice(at, at + size);
    }
    if (ends === 'reset') throw new G4FError('the kit: the connection broke.', { code: 'network' });
    if (ends === 'stall') await forEver(signal);
  } finally {
    closed.count += 1;
  }
}

const forEver = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
