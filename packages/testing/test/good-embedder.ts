// A provider of embeddings written by hand, that keeps every promise unless a test breaks one of them.
import {
  type Context,
  defineProvider,
  type EmbeddingRequest,
  type EmbeddingResponse,
  G4FError,
  type Provider,
} from '@g4f/core';

/** What a test may break. */
export interface BrokenEmbedder {
  readonly sendsAllAtOnce?: boolean;
  readonly ignoresIndex?: boolean;
  readonly losesBase64?: boolean;
  readonly trustsCounts?: boolean;
  readonly trustsSizes?: boolean;
  readonly trustsNumbers?: boolean;
  readonly leaksKey?: boolean;
  readonly keyInBody?: boolean;
  readonly ignoresStatus?: boolean;
  readonly usesFetch?: boolean;
  readonly sumsNothing?: boolean;
  readonly repeatsTexts?: boolean;
  readonly ignoresAbort?: boolean;
}

const MOST = 100;

/** A small reader of OpenAI's embeddings, only as good as these tests need. */
export const goodEmbedder = (broken: BrokenEmbedder = {}): Provider =>
  defineProvider({
    id: 'acme',
    name: 'Acme',
    website: 'https://acme.example/docs',
    key: 'required',
    env: ['ACME_KEY'],
    baseURL: 'https://api.acme.example/v1',
    wire: 'openai-chat',
    models: {},
    modelsFor: { embed: { 'acme-1': 'acme-1' } },
    embed: (request, context) => embed(request, context, broken),
  });

interface Item {
  readonly index: number;
  readonly embedding: number[];
}

async function* embed(
  request: EmbeddingRequest,
  context: Context,
  broken: BrokenEmbedder,
): AsyncGenerator<EmbeddingResponse> {
  const most = broken.sendsAllAtOnce ? request.input.length : MOST;
  const items: Item[] = [];
  let tokens = 0;
  for (let from = 0; from < request.input.length; from += most) {
    const { data, usage } = await askOnce(request, request.input.slice(from, from + most), context, broken);
    items.push(...data);
    tokens = broken.sumsNothing ? usage.prompt_tokens : tokens + usage.prompt_tokens;
  }
  const sizes = new Set(items.map(({ embedding }) => embedding.length));
  if (sizes.size > 1 && !broken.trustsSizes) throw failed('bad-response', 'vectors of several sizes');
  yield {
    object: 'list',
    data: items.map(({ embedding }, index) => ({
      object: 'embedding',
      index,
      embedding: request.encoding_format === 'base64' && !broken.losesBase64 ? base64(embedding) : embedding,
    })),
    model: request.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

const failed = (code: G4FError['code'], message: string, more: object = {}): G4FError =>
  new G4FError(`acme: ${message}`, { code, provider: 'acme', ...more });

async function askOnce(
  { model }: EmbeddingRequest,
  input: EmbeddingRequest['input'],
  context: Context,
  broken: BrokenEmbedder,
) {
  const key = context.env.ACME_KEY;
  if (key === undefined) throw failed('auth', 'no key. Set ACME_KEY.');
  if (broken.usesFetch) await fetch('http://127.0.0.1:9').catch(() => undefined);
  const { status, body } = await context.send({
    method: 'POST',
    url: `${context.baseURL}/embeddings`,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, input, ...(broken.keyInBody && { key }) }),
  });
  if (status !== 200 && !broken.ignoresStatus) {
    const words = `${broken.leaksKey ? key : ''} ${broken.repeatsTexts ? input.join(' ') : ''}`;
    throw failed(CODES[status] ?? 'server', `${status} refused ${words}`, { status });
  }
  const text = await textOf(broken.ignoresAbort ? untilAborted(body) : body);
  const read = parse(text);
  if (read?.data === undefined) throw failed('bad-response', 'it is no answer');
  const data = broken.ignoresIndex ? read.data : read.data.toSorted((a, b) => a.index - b.index);
  if (data.length !== input.length && !broken.trustsCounts) throw failed('bad-response', 'other vectors');
  if (
    !broken.trustsNumbers &&
    !data.every(({ embedding }) => embedding.every((one) => typeof one === 'number'))
  )
    throw failed('bad-response', 'no numbers');
  return { data, usage: read.usage };
}

const CODES: Readonly<Record<number, G4FError['code']>> = {
  400: 'invalid-request',
  401: 'auth',
  402: 'payment-required',
  403: 'auth',
  404: 'model-not-found',
  429: 'rate-limit',
};

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Takes the abort for an end. */
async function* untilAborted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    yield Buffer.from('{"data":[],"usage":{"prompt_tokens":0}}');
  }
}

interface Read {
  readonly data?: readonly Item[];
  readonly usage: { readonly prompt_tokens: number };
}

const parse = (text: string): Read | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

function base64(numbers: readonly number[]): string {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeFloatLE(number, 4 * at);
  return bytes.toString('base64');
}
