// OpenAI's shapes of an answer, plus `provider`: what the reader gets. The only place that knows them.
import type { AnswerStart, Extra, Fields, FinishReason, Source, StreamEvent, TextDelta } from './event.ts';
import { newCompletionId, nowInSeconds } from './internal/completion-id.ts';
import type { LogProbs } from './log-probs.ts';
import type { ReasoningDetail, ToolCall } from './message.ts';
import { createToolCallOrder, type ToolCallChunk, type ToolCallOrder } from './tool-call-order.ts';
import type { Usage } from './usage.ts';

/** A page the answer rests on. */
export interface UrlCitation {
  readonly type: 'url_citation';
  readonly url_citation: {
    readonly url: string;
    readonly title?: string;
    readonly start_index?: number;
    readonly end_index?: number;
  };
}

/** A document without an address that the answer rests on: its title, and what of it the answer rests on. */
export interface FileCitation {
  readonly type: 'file_citation';
  readonly file_citation: {
    readonly title?: string;
    readonly text?: string;
    readonly start_index?: number;
    readonly end_index?: number;
  };
}

/** What the answer rests on. */
export type Annotation = UrlCitation | FileCitation;

/** A picture the model made, as an `https:` or `data:` URL. */
export interface AnswerImage {
  readonly type: 'image_url';
  readonly image_url: { readonly url: string };
}

/** Sound the model made, base64-encoded, in whole or in pieces. */
export interface AnswerAudio {
  readonly id?: string;
  readonly data?: string;
  readonly transcript?: string;
  /** Seconds since 1970. */
  readonly expires_at?: number;
}

/** What is new in a chunk. */
export interface ChunkDelta {
  readonly role?: 'assistant';
  readonly content?: string | null;
  readonly reasoning?: string;
  readonly reasoning_details?: readonly ReasoningDetail[];
  readonly refusal?: string | null;
  readonly tool_calls?: readonly ToolCallChunk[];
  readonly images?: readonly AnswerImage[];
  readonly annotations?: readonly Annotation[];
  readonly audio?: AnswerAudio;
  /** Parts of the content that have no other place here, as the service wrote them. */
  readonly content_parts?: readonly Readonly<Record<string, unknown>>[];
}

/** One answer's part of a chunk. */
export interface ChunkChoice {
  readonly index: number;
  readonly delta: ChunkDelta;
  readonly finish_reason: FinishReason | null;
  /** The service's own word for it, where it differs. */
  readonly native_finish_reason?: string;
  readonly logprobs?: LogProbs | null;
}

/** One piece of a streamed answer. Source: https://platform.openai.com/docs/api-reference/chat/streaming */
export interface ChatCompletionChunk {
  readonly id: string;
  readonly object: 'chat.completion.chunk';
  /** Seconds since 1970. */
  readonly created: number;
  /** The model that really answers. */
  readonly model: string;
  /** The provider that really answers. */
  readonly provider: string;
  /** The model that was asked for, where another answers by the caller's wish: a fallback, or a successor. */
  readonly requested_model?: string;
  readonly choices: readonly ChunkChoice[];
  readonly usage?: Usage;
  readonly system_fingerprint?: string;
  readonly service_tier?: string;
  /** Set on the first chunk of an answer that was kept, and is given again: nobody was asked. */
  readonly cached?: true;
  /** What of the request could not be sent, or looks like a mistake; in the chunk that follows the finding, most often the first. */
  readonly warnings?: readonly string[];
}

/** A whole message of the assistant. */
export interface CompletionMessage {
  readonly role: 'assistant';
  readonly content: string | null;
  readonly refusal: string | null;
  readonly reasoning?: string;
  readonly reasoning_details?: readonly ReasoningDetail[];
  readonly tool_calls?: readonly ToolCall[];
  readonly images?: readonly AnswerImage[];
  readonly annotations?: readonly Annotation[];
  readonly audio?: AnswerAudio;
  /** Parts of the content that have no other place here, as the service wrote them. */
  readonly content_parts?: readonly Readonly<Record<string, unknown>>[];
}

/** One of the answers. */
export interface CompletionChoice {
  readonly index: number;
  readonly message: CompletionMessage;
  readonly finish_reason: FinishReason;
  /** The service's own word for it, where it differs. */
  readonly native_finish_reason?: string;
  readonly logprobs: LogProbs | null;
}

/** A whole answer. Source: https://platform.openai.com/docs/api-reference/chat/object */
export interface ChatCompletion {
  readonly id: string;
  readonly object: 'chat.completion';
  /** Seconds since 1970. */
  readonly created: number;
  /** The model that really answered. */
  readonly model: string;
  /** The provider that really answered. */
  readonly provider: string;
  /** The model that was asked for, where another answered by the caller's wish: a fallback, or a successor. */
  readonly requested_model?: string;
  readonly choices: readonly CompletionChoice[];
  readonly usage?: Usage;
  readonly system_fingerprint?: string;
  readonly service_tier?: string;
  /** Set if the answer was kept, and is given again: nobody was asked. */
  readonly cached?: true;
  /** What of the request could not be sent, or looks like a mistake. */
  readonly warnings?: readonly string[];
  /** The service's id of the request, null if it names none; and its headers, without cookies and keys. Set by clients, not enumerable. */
  readonly _request_id?: string | null;
  readonly _headers?: Readonly<Record<string, string>>;
}

/** Turns the events of one stream into chunks, one each, in order. */
export type ChunkProjector = (event: StreamEvent) => ChatCompletionChunk;

/** Holds the token counts that came last in a stream. */
export interface ToldUsage {
  usage?: Usage | undefined;
}

/**
 * A projector for one stream.
 *
 * @param usageAlone whether the usage chunk has `choices: []`, as OpenAI sends it to those who asked for `stream_options.include_usage`;
 *   otherwise it has one empty choice, so that `chunk.choices[0].delta` is there in every chunk of a reader who never asked for such a one.
 * @param told is given the token counts when they come.
 */
export const createProjector = (usageAlone = false, told?: ToldUsage): ChunkProjector => {
  const projector = new Projector(usageAlone, told ?? { usage: undefined });
  return (event) => projector.project(event);
};

/** While it is made: fields that its type does not name may be added. */
type Open<Shape> = Shape & Record<string, unknown>;
type OpenChunkChoice = Open<ChunkChoice> & { readonly delta: Open<ChunkDelta> };

/** Chunks of text have a way of their own, as short as it can be: nearly all are, and what the way costs is paid by each. */
class Projector {
  readonly #usageAlone: boolean;
  readonly #told: ToldUsage;
  readonly #tools = createToolCallOrder();
  #start: AnswerStart | undefined;
  #id = '';
  #created = 0;
  // What stood beside the choices last, and a chunk with it: while it stays the same object, that is copied.
  #beside: Fields | undefined;
  #sample: Open<ChatCompletionChunk> | undefined;

  constructor(usageAlone: boolean, told: ToldUsage) {
    this.#usageAlone = usageAlone;
    this.#told = told;
  }

  project(event: StreamEvent): ChatCompletionChunk {
    if (event.type === 'text-delta') return this.#text(event);
    if (event.type === 'answer-start') this.#begin(event);
    const choice: OpenChunkChoice = {
      index: event.choice ?? 0,
      delta: deltaOf(event, this.#tools),
      finish_reason: event.type === 'finish' ? event.reason : null,
    };
    const chunk = this.#chunk(
      event.type === 'usage' && this.#usageAlone && !hasPlace(event.extra) ? [] : [choice],
    );
    if ((event.type === 'usage' || event.type === 'finish') && event.usage !== undefined) {
      this.#told.usage = event.usage;
      add({ usage: event.usage }, chunk);
    }
    if (event.type === 'finish' && event.rawReason !== undefined && event.rawReason !== event.reason) {
      add({ native_finish_reason: event.rawReason }, choice);
    }
    if (event.extra !== undefined) addInside(event.extra, choice);
    add(event.extra?.chunk, chunk);
    return chunk;
  }

  #begin(event: AnswerStart): void {
    this.#start = event;
    this.#id = event.id || newCompletionId();
    this.#created = event.created || nowInSeconds();
    this.#sample = undefined;
  }

  #text({ choice: index = 0, text, extra }: TextDelta): ChatCompletionChunk {
    const choice: OpenChunkChoice = { index, delta: { content: text }, finish_reason: null };
    if (extra === undefined) return this.#chunk([choice]);
    addInside(extra, choice);
    if (extra.chunk === this.#beside) return { ...this.#copied(extra.chunk), choices: [choice] };
    this.#beside = extra.chunk;
    this.#sample = undefined;
    const chunk = this.#chunk([choice]);
    add(extra.chunk, chunk);
    return chunk;
  }

  /** Nobody's but ours: a reader may write into those that are handed out. */
  #copied(beside: Fields | undefined): Open<ChatCompletionChunk> {
    if (this.#sample === undefined) {
      this.#sample = this.#chunk([]);
      add(beside, this.#sample);
    }
    return this.#sample;
  }

  #chunk(choices: readonly ChunkChoice[]): Open<ChatCompletionChunk> {
    const requested = this.#start?.requestedModel;
    const chunk: Open<ChatCompletionChunk> = {
      id: this.#id,
      object: 'chat.completion.chunk',
      created: this.#created,
      model: this.#start?.model ?? '',
      provider: this.#start?.provider ?? '',
      choices,
    };
    // Not spread into another object: that would cost each chunk of such an answer 40 times as much.
    return requested === undefined ? chunk : Object.assign(chunk, { requested_model: requested });
  }
}

/** Adds what belongs inside the choice. */
function addInside({ choice: fields, delta }: Extra, choice: OpenChunkChoice): void {
  if (fields !== undefined) add(fields, choice);
  if (delta !== undefined) add(delta, choice.delta);
}

/** Adds fields to an object just made; its own stay. Field by field, because a spread costs more than the whole chunk. */
function add(fields: Fields | undefined, target: Record<string, unknown>): void {
  if (fields === undefined) return;
  for (const name in fields) if (!(name in target)) target[name] = fields[name];
}

function deltaOf(event: StreamEvent, tools: ToolCallOrder): Open<ChunkDelta> {
  switch (event.type) {
    case 'answer-start':
      return { role: 'assistant', content: '' };
    case 'text-delta':
      return { content: event.text };
    case 'reasoning-delta':
      return { reasoning: event.text };
    case 'tool-call-delta':
      return { tool_calls: [tools.place(event)] };
    case 'media':
      return { images: [{ type: 'image_url', image_url: { url: event.url } }] };
    case 'source':
      return { annotations: [toCitation(event)] };
    default:
      return {};
  }
}

/** Whether some of it belongs inside a choice, and not only beside the choices. */
export const hasPlace = (extra: Extra | undefined): boolean =>
  extra?.choice !== undefined || extra?.delta !== undefined;

/** A source as OpenAI's annotation. */
export const toCitation = ({ url, title, text, start, end }: Omit<Source, 'type'>): Annotation => {
  const cited = {
    ...(title !== undefined && { title }),
    ...(start !== undefined && { start_index: start }),
    ...(end !== undefined && { end_index: end }),
  };
  return url === undefined
    ? { type: 'file_citation', file_citation: { ...cited, ...(text !== undefined && { text }) } }
    : { type: 'url_citation', url_citation: { url, ...cited } };
};
