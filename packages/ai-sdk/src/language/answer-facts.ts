// What an answer says besides its content, in the words of the AI SDK.
import type {
  JSONObject,
  LanguageModelV3FinishReason,
  LanguageModelV3Source,
  LanguageModelV3ToolCall,
  LanguageModelV3Usage,
  SharedV3ProviderMetadata,
} from '@ai-sdk/provider';
import type { RouteAttempt, ToolCall, Usage } from '@g4f/client';
import type { Annotation } from '@g4f/core';
import { known, NAME } from '../call/call-options.ts';

type Unified = LanguageModelV3FinishReason['unified'];

const REASONS: Readonly<Record<string, Unified>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content-filter',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
};

/** @param native the service's own word, where it differs. */
export const finishReasonOf = (reason: string, native?: string): LanguageModelV3FinishReason => ({
  unified: REASONS[reason] ?? 'other',
  raw: native ?? reason,
});

/** The token counts; undefined where the service tells none. */
export const usageOf = (usage: Usage | undefined): LanguageModelV3Usage => {
  const { prompt_tokens: input, completion_tokens: output } = usage ?? {};
  const { cached_tokens: read, cache_write_tokens: written } = usage?.prompt_tokens_details ?? {};
  const reasoning = usage?.completion_tokens_details?.reasoning_tokens;
  return {
    inputTokens: {
      total: input,
      noCache: input === undefined ? undefined : input - (read ?? 0) - (written ?? 0),
      cacheRead: read,
      cacheWrite: written,
    },
    outputTokens: {
      total: output,
      text: output === undefined ? undefined : output - (reasoning ?? 0),
      reasoning,
    },
    ...(usage !== undefined && { raw: known({ ...usage }) }),
  };
};

/** What is known of an answer. */
export interface AnswerFacts {
  readonly provider: string;
  readonly model: string;
  readonly requested_model?: string;
  readonly cached?: true;
  readonly usage?: Usage | undefined;
  readonly route?: readonly RouteAttempt[];
}

/** `providerMetadata.g4f`: who answered, who was asked before, and what it cost in US dollars, as far as these are known. */
export const metadataOf = ({
  provider,
  model,
  requested_model,
  cached,
  usage,
  route,
}: AnswerFacts): SharedV3ProviderMetadata => ({
  [NAME]: known({
    provider,
    model,
    requested_model,
    cached,
    route,
    cost: usage?.cost,
    cost_basis: usage?.cost_basis,
  }),
});

/** Fields under the name of this provider. */
export const underName = (fields: JSONObject): { readonly providerMetadata?: SharedV3ProviderMetadata } =>
  Object.keys(fields).length === 0 ? {} : { providerMetadata: { [NAME]: fields } };

/** A call. What else its service says of it, and wants back, travels in `providerMetadata`. */
export const toolCallOf = ({
  id,
  type: _,
  function: called,
  custom: __,
  ...fields
}: ToolCall): LanguageModelV3ToolCall => ({
  type: 'tool-call',
  toolCallId: id,
  toolName: called.name,
  input: called.arguments,
  ...underName(Object.keys(fields).length === 0 ? {} : { fields: known(fields) }),
});

/** Whether a call may be run: one in an answer that was cut may have lost its arguments, or half of them. */
export const isWhole = ({ function: { arguments: text } }: ToolCall, reason: string): boolean => {
  if (reason !== 'length' && reason !== 'content_filter') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A page or a document that the answer rests on. */
export const sourceOf = (annotation: Annotation, id: string): LanguageModelV3Source => {
  if (annotation.type === 'url_citation') {
    const { url, title } = annotation.url_citation;
    return { type: 'source', sourceType: 'url', id, url, ...(title !== undefined && { title }) };
  }
  const { title, text } = annotation.file_citation;
  return { type: 'source', sourceType: 'document', id, mediaType: 'text/plain', title: title ?? text ?? '' };
};

/** A picture of an answer: a file where its bytes have come, a source where they are at an address. */
export const pictureOf = (url: string, id: string) => {
  const [, mediaType = 'image/png', data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  return data === undefined
    ? ({ type: 'source', sourceType: 'url', id, url } as const)
    : ({ type: 'file', mediaType, data } as const);
};
