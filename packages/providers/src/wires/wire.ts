// What a protocol must give so that a service can speak it: how a request is written, how an answer is read.
import type { ChatFeature, ChatRequest, Context, ModelFacts } from '@g4f/core';
import type { RequestFacts } from '../http/failures/failure.ts';
import type { WireDecoder } from '../http/reading/wire-decoder.ts';
import type { Json } from './decoding/json.ts';
import type { EmbedEndpoint } from './embed-endpoint.ts';
import type { MessageQuirks } from './fit/message-quirks.ts';
import type { Warn } from './fit/warn.ts';
import type { RequestBody } from './request-body.ts';

/** Where a service departs from its wire. */
export interface Quirks {
  /** Parameters of ours, by their name in the request, that it refuses: left out, and the caller is warned. */
  readonly refuses?: readonly string[];
  /** OpenAI's chat completions: the field of the most tokens of an answer; `max_tokens` unless it says otherwise. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** OpenAI's chat completions: what it takes in messages; `{}` is what all services document. */
  readonly messages?: MessageQuirks;
  /** OpenAI's chat completions: makes parameters those that the model takes, by the facts of its family. */
  readonly fitParameters?: (request: ChatRequest, warn: Warn) => ChatRequest;
  /** Where it answers for this caller, if not at its base; an address that the caller gives comes first. */
  readonly address?: (given: Pick<Context, 'apiKey' | 'env'>) => string | undefined;
  /** Changes the finished body; `request` is what it was made of. */
  readonly adaptBody?: (body: RequestBody, request: ChatRequest) => RequestBody;
  /** Headers besides the wire's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers besides these that the caller's environment asks for. */
  readonly headersFrom?: (env: Context['env']) => Readonly<Record<string, string>>;
  /** How the key is sent, if not as the wire does it. */
  readonly authorize?: (key: string) => Readonly<Record<string, string>>;
  /** Path of the list of models below the base, if it is not the wire's. */
  readonly modelsPath?: string;
}

/** How a wire chats. */
export interface ChatEndpoint {
  /** The media type of a stream. */
  readonly streamType: string;
  /** Where the request goes, below the base; it may hold a query. */
  readonly path: (request: ChatRequest) => string;
  /**
   * The body. The request is not changed; what the wire has no place for is warned of.
   * @param extra the caller's own fields, which are put over it.
   */
  readonly encode: (
    request: ChatRequest,
    quirks: Quirks,
    warn: Warn,
    extra?: Context['extraBody'],
  ) => RequestBody;
  /**
   * A decoder for one answer to the request as it was sent; `headers` are the answer's, for failures reported inside it, and
   * `warn` is told what it lacks of what was asked for.
   */
  readonly createDecoder: (
    request: ChatRequest,
    asked: RequestFacts,
    headers: Readonly<Record<string, string>>,
    warn: Warn,
  ) => WireDecoder;
}

/** A protocol on HTTP: one way to send keys and to find models, and an endpoint for each operation that it has. */
export interface Wire {
  /** The name of its file. */
  readonly name: string;
  /** What its messages can hold; a service may take less. */
  readonly features: readonly ChatFeature[];
  /** How the key is sent. */
  readonly authorize: (key: string) => Readonly<Record<string, string>>;
  /** Headers of every request, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The base that the paths stand below, where a caller may name another door of the same server. */
  readonly rebase?: (base: string) => string;
  /** Where the list of models is, below the base. */
  readonly modelsPath: string;
  /** What an entry of that list says, or undefined if it is no model. */
  readonly readModel: (entry: Json) => ModelFacts | undefined;
  /** Embeddings may be `openai`: those are loaded with the first call. */
  readonly endpoints: { readonly chat?: ChatEndpoint; readonly embed?: EmbedEndpoint | 'openai' };
}

/** A protocol that can chat. */
export interface ChatWire extends Wire {
  readonly endpoints: Wire['endpoints'] & { readonly chat: ChatEndpoint };
}
