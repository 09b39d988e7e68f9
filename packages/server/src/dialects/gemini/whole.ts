// A whole answer as Gemini's. Source: https://ai.google.dev/api/generate-content#generatecontentresponse
import type {
  AnswerImage,
  ChatCompletion,
  ChunkChoice,
  CompletionMessage,
  ReasoningDetail,
  ToolCall,
  Usage,
} from '@g4f/core';
import type { Json } from '../../json/json.ts';
import { argumentsObject, countsOf, inlineImage } from '../answer-parts.ts';

/** The answer. */
export const wholeContent = ({ model, choices, usage }: ChatCompletion, id: string): object => ({
  candidates: choices.map((choice) => ({
    content: { role: 'model', parts: partsOf(choice.message) },
    finishReason: finishReason(choice),
    index: choice.index,
  })),
  ...(usage !== undefined && { usageMetadata: usageMetadata(usage) }),
  modelVersion: model,
  responseId: id,
});

function partsOf(message: CompletionMessage): Json[] {
  const { content, refusal, reasoning, reasoning_details = [], tool_calls = [], images = [] } = message;
  return [
    ...(reasoning ? [{ text: reasoning, thought: true }] : []),
    ...[content, refusal].flatMap((text) => (text ? [{ text }] : [])),
    ...images.map(imagePart),
    ...callParts(tool_calls, reasoning_details),
  ];
}

/** A picture: its bytes, or where it is. */
export const imagePart = ({ image_url: { url } }: AnswerImage): Json => {
  const inline = inlineImage(url);
  return inline === undefined
    ? { fileData: { fileUri: url, mimeType: 'image/*' } }
    : { inlineData: { mimeType: inline.type, data: inline.data } };
};

/** Its own signatures that belong to no call, and the calls, each with the signature that belongs to it. */
export const callParts = (
  calls: readonly Pick<ToolCall, 'id' | 'function'>[],
  details: readonly ReasoningDetail[],
): Json[] => {
  const called = new Set<string | undefined>(calls.map(({ id }) => id));
  const own = details.filter(({ format }) => format === 'gemini');
  // The first of a call counts.
  const signed = new Map(own.toReversed().map(({ id, data }) => [id, data]));
  return [
    ...own.flatMap(({ id, data }) =>
      data !== undefined && !called.has(id) ? [{ text: '', thoughtSignature: data }] : [],
    ),
    ...calls.map((call) => {
      const signature = signed.get(call.id);
      return {
        functionCall: { id: call.id, name: call.function.name, args: argumentsObject(call) },
        ...(signature !== undefined && { thoughtSignature: signature }),
      };
    }),
  ];
};

const REASONS = {
  stop: 'STOP',
  tool_calls: 'STOP',
  function_call: 'STOP',
  length: 'MAX_TOKENS',
  content_filter: 'SAFETY',
};
const OWN: ReadonlySet<unknown> = new Set([
  ...[
    'STOP',
    'MAX_TOKENS',
    'SAFETY',
    'RECITATION',
    'LANGUAGE',
    'BLOCKLIST',
    'PROHIBITED_CONTENT',
    'SPII',
    'IMAGE_SAFETY',
  ],
]);

/** Its own word where the service that answered has it. */
export const finishReason = (choice: Pick<ChunkChoice, 'finish_reason' | 'native_finish_reason'>): string =>
  choice.native_finish_reason !== undefined && OWN.has(choice.native_finish_reason)
    ? choice.native_finish_reason
    : REASONS[choice.finish_reason ?? 'stop'];

/** The counts; thoughts stand beside what was said. */
export const usageMetadata = (usage: Usage): object => {
  const { prompt, cached, said, reasoning, total } = countsOf(usage);
  return {
    promptTokenCount: prompt,
    candidatesTokenCount: said,
    totalTokenCount: total,
    ...(cached > 0 && { cachedContentTokenCount: cached }),
    ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
  };
};
