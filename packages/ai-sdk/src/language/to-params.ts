// The options of a call of a language model as parameters of a chat.
import type { LanguageModelV3CallOptions, SharedV3Warning } from '@ai-sdk/provider';
import type { ChatParams } from '@g4f/client';
import type { ToolChoice } from '@g4f/core';
import { ownParams, unsupported } from '../call/call-options.ts';
import { toMessages } from './to-messages.ts';

/** The parameters, and what has no place in them. */
export const toParams = (
  model: string,
  options: LanguageModelV3CallOptions,
): { readonly params: ChatParams; readonly warnings: SharedV3Warning[] } => {
  const warnings: SharedV3Warning[] = [];
  const warn = (warning: SharedV3Warning): void => {
    warnings.push(warning);
  };
  const { maxOutputTokens, temperature, stopSequences, topP, topK, presencePenalty, frequencyPenalty, seed } =
    options;
  const given = {
    max_completion_tokens: maxOutputTokens,
    temperature,
    top_p: topP,
    top_k: topK,
    presence_penalty: presencePenalty,
    frequency_penalty: frequencyPenalty,
    seed,
    stop: stopSequences,
    response_format: formatOf(options),
    ...toolsOf(options, warn),
  };
  const params = {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...ownParams(options),
    model,
    messages: toMessages(options.prompt, warn),
  };
  return { params, warnings };
};

function formatOf({ responseFormat: format }: LanguageModelV3CallOptions): object | undefined {
  if (format?.type !== 'json') return undefined;
  const { schema, name = 'response', description } = format;
  if (schema === undefined) return { type: 'json_object' };
  return {
    type: 'json_schema',
    json_schema: { name, ...(description !== undefined && { description }), schema },
  };
}

function toolsOf(
  { tools = [], toolChoice }: LanguageModelV3CallOptions,
  warn: (warning: SharedV3Warning) => void,
): { readonly tools?: readonly object[]; readonly tool_choice?: ToolChoice } {
  const sent = tools.flatMap((tool) => {
    if (tool.type === 'provider') {
      warn(unsupported(`the tool ${tool.id}`, 'tools of one service are not sent; take a function'));
      return [];
    }
    const { name, description, inputSchema: parameters, strict } = tool;
    return [
      {
        type: 'function',
        function: {
          name,
          parameters,
          ...(description !== undefined && { description }),
          ...(strict !== undefined && { strict }),
        },
      },
    ];
  });
  if (sent.length === 0) return {};
  return { tools: sent, ...(toolChoice !== undefined && { tool_choice: choiceOf(toolChoice) }) };
}

const choiceOf = (choice: NonNullable<LanguageModelV3CallOptions['toolChoice']>): ToolChoice =>
  choice.type === 'tool' ? { type: 'function', function: { name: choice.toolName } } : choice.type;
