// A whole answer as content of the AI SDK.
import type {
  LanguageModelV3Content,
  LanguageModelV3GenerateResult,
  SharedV3Warning,
} from '@ai-sdk/provider';
import type { ChatCompletion } from '@g4f/client';
import { known, unsupported, warningsOf } from '../call/call-options.ts';
import {
  finishReasonOf,
  isWhole,
  metadataOf,
  pictureOf,
  sourceOf,
  toolCallOf,
  underName,
  usageOf,
} from './answer-facts.ts';

type Message = ChatCompletion['choices'][number]['message'];

/** The result for an answer. @param warnings what had no place in its request. */
export const toResult = (
  answer: ChatCompletion,
  warnings: readonly SharedV3Warning[],
): LanguageModelV3GenerateResult => {
  const { id, created, model, usage, choices } = answer;
  const choice = choices[0];
  const reason = choice?.finish_reason ?? 'other';
  const calls = choice?.message.tool_calls ?? [];
  const whole = calls.filter((call) => isWhole(call, reason));
  const cut = whole.length < calls.length ? [unsupported('a tool call that was cut', 'it is left out')] : [];
  return {
    content: choice === undefined ? [] : [...contentOf(choice.message, id), ...whole.map(toolCallOf)],
    finishReason: finishReasonOf(reason, choice?.native_finish_reason),
    usage: usageOf(usage),
    providerMetadata: metadataOf({ ...answer, usage }),
    response: {
      id,
      timestamp: new Date(created * 1000),
      modelId: model,
      headers: { ...answer._headers },
      body: answer,
    },
    warnings: [...warnings, ...warningsOf(answer.warnings), ...cut],
  };
};

/** What a message says: reasoning first, then text, pictures and sources. */
function contentOf(
  { content, refusal, reasoning, reasoning_details: details, images = [], annotations = [] }: Message,
  id: string,
): LanguageModelV3Content[] {
  const text = content || refusal;
  return [
    ...(reasoning || details
      ? [
          {
            type: 'reasoning' as const,
            text: reasoning ?? '',
            ...underName(details === undefined ? {} : known({ reasoning_details: details })),
          },
        ]
      : []),
    ...(text ? [{ type: 'text' as const, text }] : []),
    ...images.map(({ image_url: { url } }, at) => pictureOf(url, `${id}-picture-${at}`)),
    ...annotations.map((annotation, at) => sourceOf(annotation, `${id}-source-${at}`)),
  ];
}
