// ChatRequest → the JSON body of Gemini's generateContent.
// Source: https://ai.google.dev/api/generate-content#request-body
import type { ChatRequest, ResponseFormat, Tool, ToolChoice } from '@g4f/core';
import { encodeContents, encodeInstruction } from './gemini-content.ts';
import { asObject } from './json.ts';
import { ownParameters } from './parameters.ts';
import type { Quirks, RequestBody, Warn } from './wire.ts';

/** Parameters that only change their name. */
const RENAMED: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  top_p: 'topP',
  top_k: 'topK',
  n: 'candidateCount',
  seed: 'seed',
  presence_penalty: 'presencePenalty',
  frequency_penalty: 'frequencyPenalty',
  logprobs: 'responseLogprobs',
  top_logprobs: 'logprobs',
};
const TRANSLATED: ReadonlySet<string> = new Set([
  ...Object.keys(RENAMED),
  ...['max_tokens', 'max_completion_tokens', 'stop', 'tools', 'tool_choice', 'response_format'],
  ...['reasoning_effort', 'modalities'],
]);

/** The body. The caller's own `generationConfig` goes over what is made of OpenAI's parameters. */
export const encodeGeminiRequest = (request: ChatRequest, _quirks: Quirks, warn: Warn): RequestBody => {
  const { generationConfig, ...own } = ownParameters(request, TRANSLATED, warn);
  const config = { ...configOf(request, warn), ...asObject(generationConfig) };
  const { tools = [], messages } = request;
  return {
    ...encodeInstruction(messages),
    contents: encodeContents(messages, warn),
    ...(tools.length > 0 && { tools: encodeTools(tools) }),
    ...(tools.length > 0 &&
      request.tool_choice != null && {
        toolConfig: { functionCallingConfig: choiceOf(request.tool_choice) },
      }),
    ...(Object.keys(config).length > 0 && { generationConfig: config }),
    ...own,
  };
};

function configOf(request: ChatRequest, warn: Warn): object {
  const { stop, response_format, modalities } = request;
  const limit = request.max_completion_tokens ?? request.max_tokens;
  const renamed = Object.entries(RENAMED).flatMap(([name, theirs]) => {
    const value = request[name];
    return value == null || (name === 'n' && value === 1) ? [] : [[theirs, value] as const];
  });
  return {
    ...Object.fromEntries(renamed),
    ...(limit != null && { maxOutputTokens: limit }),
    ...(stop != null && { stopSequences: typeof stop === 'string' ? [stop] : stop }),
    ...(Array.isArray(modalities) && {
      responseModalities: modalities.map((one) => String(one).toUpperCase()),
    }),
    ...formatOf(response_format),
    ...thinkingOf(request, warn),
  };
}

function formatOf(format: ResponseFormat | undefined): object {
  if (format == null || format.type === 'text') return {};
  const schema = format.type === 'json_schema' ? format.json_schema.schema : undefined;
  return {
    responseMimeType: 'application/json',
    ...(schema !== undefined && { responseJsonSchema: schema }),
  };
}

/** Functions become one tool's declarations; a tool of the service's own (`{googleSearch: {}}`) goes as it is. */
function encodeTools(tools: readonly Tool[]): object[] {
  const functions = tools.filter((tool) => tool.type === 'function' && tool.function !== undefined);
  const others = tools.filter((tool) => !functions.includes(tool));
  const declarations = functions.map(({ function: { name, description, parameters } }) => ({
    name,
    ...(description !== undefined && { description }),
    ...(parameters !== undefined && { parametersJsonSchema: parameters }),
  }));
  return [...(declarations.length > 0 ? [{ functionDeclarations: declarations }] : []), ...others];
}

function choiceOf(choice: ToolChoice): object {
  if (typeof choice === 'object') return { mode: 'ANY', allowedFunctionNames: [choice.function.name] };
  return { mode: choice === 'required' ? 'ANY' : choice.toUpperCase() };
}

/** Tokens that an effort stands for up to Gemini 2.5; later models take a level. */
const BUDGETS: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
};
const TAKES_BUDGET = /gemini-(1|2)/;

/** Source: https://ai.google.dev/gemini-api/docs/openai#thinking */
function thinkingOf({ reasoning_effort: effort, model }: ChatRequest, warn: Warn): object {
  if (effort == null) return {};
  const budget = BUDGETS[effort];
  if (TAKES_BUDGET.test(model) && budget !== undefined)
    return { thinkingConfig: { thinkingBudget: budget, includeThoughts: budget > 0 } };
  if (effort !== 'none') return { thinkingConfig: { thinkingLevel: effort, includeThoughts: true } };
  warn('this model always thinks: reasoning_effort "none" was not sent.');
  return {};
}
