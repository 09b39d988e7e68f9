// The OpenAI chat-completions wire: `POST {base}/chat/completions`, answered as server-sent events or one JSON body.
// Source: https://platform.openai.com/docs/api-reference/chat
import {
  type Batch,
  type ChatRequest,
  type Context,
  G4FError,
  type ModelFacts,
  type Provider,
} from '@g4f/core';
import { credentialOf, missingKey } from '../credentials.ts';
import { readAnswer } from '../http/answer.ts';
import { type Asked, refusal } from '../http/failure.ts';
import { createDecoder } from './openai-chat-decoder.ts';
import { encodeRequest, type RequestBody } from './openai-chat-request.ts';
import { readModels } from './openai-models.ts';

/** Where a service departs from the wire. */
export interface OpenAIChatQuirks {
  /** The field in which it takes the most tokens of an answer; `max_tokens` unless it says otherwise. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** Where it answers for this caller, if not at its base; an address that the caller gives comes first. */
  readonly address?: (given: Pick<Context, 'apiKey' | 'env'>) => string | undefined;
  /** Changes the finished body; `request` still holds what the wire left out of it, such as reasoning. */
  readonly adaptBody?: (body: RequestBody, request: ChatRequest) => RequestBody;
  /** Headers besides the wire's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How the key is sent; `authorization: Bearer …` unless it says otherwise. */
  readonly authorize?: (key: string) => Readonly<Record<string, string>>;
  /** Path of the list of models below the base; `/models`. */
  readonly modelsPath?: string;
}

/** The facts of a service that the wire needs. */
export type OpenAIChatFacts = Pick<Provider, 'id' | 'key' | 'env'> & {
  readonly baseURL: string;
  /** A key of its own, used unless the call gives another. */
  readonly apiKey?: string | undefined;
};

/** `chat` and `listModels` for a service that speaks this wire. */
export const openaiChat = (
  facts: OpenAIChatFacts,
  quirks: OpenAIChatQuirks = {},
): Required<Pick<Provider, 'chat' | 'listModels'>> => ({
  async *chat(request: ChatRequest, context: Context): AsyncGenerator<Batch> {
    const { asked, headers } = prepare(facts, quirks, context, '/chat/completions', request.model);
    const response = await context.send({
      method: 'POST',
      url: asked.url,
      headers: {
        ...headers,
        accept: request.stream ? 'text/event-stream' : 'application/json',
        'content-type': 'application/json',
      },
      body: encodeRequest(request, quirks),
    });
    if (response.status >= 300) throw await refusal(response, asked);
    yield* readAnswer(response, createDecoder(request, asked, response.headers), asked);
  },
  async listModels(context: Context): Promise<readonly ModelFacts[]> {
    const { asked, headers } = prepare(facts, quirks, context, quirks.modelsPath ?? '/models');
    const response = await context.send({
      method: 'GET',
      url: asked.url,
      headers: { ...headers, accept: 'application/json' },
    });
    if (response.status >= 300) throw await refusal(response, asked);
    return readModels(response, asked);
  },
});

interface Prepared {
  readonly asked: Asked;
  readonly headers: Readonly<Record<string, string>>;
}

function prepare(
  facts: OpenAIChatFacts,
  quirks: OpenAIChatQuirks,
  context: Context,
  path: string,
  model?: string,
): Prepared {
  const given = { env: context.env, apiKey: context.apiKey ?? facts.apiKey };
  const missing = missingKey(facts, given);
  if (missing !== undefined) {
    throw new G4FError(`${facts.id}: no API key. ${capital(missing)}, or pass apiKey.`, {
      code: 'auth',
      provider: facts.id,
    });
  }
  const credential = credentialOf(facts, given);
  const base = context.baseURL ?? quirks.address?.(given) ?? facts.baseURL;
  const asked = {
    provider: facts.id,
    model,
    url: withPath(base, path),
    key: credential?.key,
    keyFrom: credential?.from,
  };
  if (credential === undefined) return { asked, headers: { ...quirks.headers } };
  if (!/^[\x21-\x7e]+$/.test(credential.key)) {
    throw new G4FError(
      `${facts.id}: the key taken from ${credential.from} holds a blank or a character that no key has. Set it again.`,
      { code: 'auth', provider: facts.id },
    );
  }
  const authorize = quirks.authorize ?? ((key: string) => ({ authorization: `Bearer ${key}` }));
  return { asked, headers: { ...quirks.headers, ...authorize(credential.key) } };
}

/** The path below the base, which may hold a query (`?api-version=…`). */
const withPath = (base: string, path: string): string => {
  const query = base.indexOf('?');
  const address = query === -1 ? base : base.slice(0, query);
  return `${address.replace(/\/+$/, '')}${path}${query === -1 ? '' : base.slice(query)}`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
