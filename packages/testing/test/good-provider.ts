// A provider written by hand, that keeps every promise unless a test breaks one of them.
import { connect } from 'node:net';
import {
  type Batch,
  type ChatRequest,
  type Context,
  defineProvider,
  G4FError,
  type Provider,
} from '@g4f/core';

/** What a test may break. */
export interface Broken {
  readonly takesCutForWhole?: boolean;
  readonly leaksKey?: boolean;
  readonly usesFetch?: boolean;
  readonly changesRequest?: boolean;
  readonly splitsCharacters?: boolean;
  readonly keyInURL?: boolean;
  readonly readsEnvironment?: boolean;
  readonly ignoresStatus?: boolean;
  readonly losesText?: boolean;
  readonly opensSocket?: boolean;
  readonly leaksKeyInCause?: boolean;
  readonly keepsReading?: boolean;
}

/** A small reader of the OpenAI wire's stream, only as good as these tests need. */
export const goodProvider = (broken: Broken = {}): Provider =>
  defineProvider({
    id: 'acme',
    name: 'Acme',
    website: 'https://acme.example/docs',
    key: 'required',
    env: ['ACME_KEY'],
    baseURL: 'https://api.acme.example/v1',
    wire: 'openai-chat',
    models: { 'acme-1': 'acme-1' },
    chat: (request, context) => chat(request, context, broken),
  });

async function* chat(request: ChatRequest, context: Context, broken: Broken): AsyncGenerator<Batch> {
  const key = broken.readsEnvironment ? (process.env.ACME_KEY ?? context.env.ACME_KEY) : context.env.ACME_KEY;
  const fail = (code: G4FError['code'], message: string, more: object = {}): G4FError =>
    new G4FError(`acme: ${message}`, { code, provider: 'acme', ...more });
  if (key === undefined) throw fail('auth', 'no key. Set ACME_KEY.');
  if (broken.changesRequest) Object.assign(request, { touched: true });
  if (broken.usesFetch) await fetch('http://127.0.0.1:9').catch(() => undefined);
  if (broken.opensSocket)
    connect(9, '127.0.0.1')
      .on('error', () => undefined)
      .destroy();
  const response = await context.send({
    method: 'POST',
    url: `${context.baseURL}/chat/completions${broken.keyInURL ? `?key=${key}` : ''}`,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  if (response.status !== 200 && !broken.ignoresStatus)
    throw await refusal(response, broken.leaksKey ? key : '', broken.leaksKeyInCause ? key : '');
  const body = broken.keepsReading ? unleavable(response.body) : response.body;
  yield* read(pieces(body, broken.splitsCharacters === true), request, broken, fail);
}

/** Hands on the bytes, and not that nobody wants them any more. */
const unleavable = (body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]() {
    const bytes = body[Symbol.asyncIterator]();
    return { next: () => bytes.next() };
  },
});

type Fail = (code: G4FError['code'], message: string, more?: object) => G4FError;

const CODES: Readonly<Record<number, G4FError['code']>> = {
  400: 'invalid-request',
  401: 'auth',
  402: 'payment-required',
  403: 'auth',
  404: 'model-not-found',
  429: 'rate-limit',
};

async function refusal(
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
  leak: string,
  leakInCause: string,
): Promise<G4FError> {
  const wait = headers['retry-after'];
  return new G4FError(`acme: ${status} refused ${leak}`, {
    code: CODES[status] ?? 'server',
    provider: 'acme',
    status,
    retryAfterMs: wait === undefined ? undefined : Number(wait) * 1000,
    cause: new Error(`refused ${leakInCause}`),
  });
}

/** The body's text, up to the last blank line at each read. */
async function* pieces(body: AsyncIterable<Uint8Array>, splits: boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += splits ? new TextDecoder().decode(chunk) : decoder.decode(chunk, { stream: true });
    const end = rest.lastIndexOf('\n\n') + 2;
    if (end > 1) yield rest.slice(0, end);
    if (end > 1) rest = rest.slice(end);
  }
  yield rest;
}

async function* read(
  body: AsyncIterable<string>,
  request: ChatRequest,
  broken: Broken,
  fail: Fail,
): AsyncGenerator<Batch> {
  let started = false;
  let finished = false;
  for await (const text of body) {
    const datas = text.split('\n\n').map((part) => part.replace(/^data: /, ''));
    for (const payload of datas.map(parse)) {
      const choice = payload?.choices?.[0];
      if (payload?.usage && started) yield [{ type: 'usage', usage: payload.usage }];
      if (choice === undefined || payload === undefined) continue;
      if (!started) yield [{ type: 'answer-start', model: payload.model ?? request.model }];
      started = true;
      const delta = choice.delta ?? choice.message ?? {};
      if (delta.reasoning_content) yield [{ type: 'reasoning-delta', text: delta.reasoning_content }];
      if (delta.content && !broken.losesText) yield [{ type: 'text-delta', text: delta.content }];
      for (const { index, id, function: fn } of delta.tool_calls ?? []) {
        yield [
          {
            type: 'tool-call-delta',
            key: String(index),
            ...(id && { id }),
            ...(fn.name && { name: fn.name }),
            arguments: fn.arguments,
          },
        ];
      }
      if (choice.finish_reason) yield [{ type: 'finish', reason: choice.finish_reason }];
      if (payload.usage && choice.message) yield [{ type: 'usage', usage: payload.usage }];
      finished ||= choice.finish_reason != null;
    }
  }
  if (finished) return;
  if (!started) throw fail('bad-response', 'it is no answer.');
  if (!broken.takesCutForWhole) throw fail('stream-truncated', 'it was cut.');
  yield [{ type: 'finish', reason: 'stop' }];
}

interface Payload {
  readonly model?: string;
  readonly usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
  readonly choices?: readonly {
    readonly finish_reason?: 'stop' | 'tool_calls';
    readonly delta?: Delta;
    readonly message?: Delta;
  }[];
}
interface Delta {
  readonly content?: string;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly {
    index: number;
    id?: string;
    function: { name?: string; arguments: string };
  }[];
}

const parse = (text: string): Payload | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
