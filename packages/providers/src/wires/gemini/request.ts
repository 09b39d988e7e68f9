// ChatRequest → the JSON body of Gemini's generateContent.
// Source: https://ai.google.dev/api/generate-content#request-body

import type { ChatRequest } from '@g4f/core';
import { ownValue } from '@g4f/core/internal';
import { nearestEffort } from '../../models/effort.ts';
import { type GeminiTakes, geminiTakes } from '../../models/takes/gemini.ts';
import { asList, asObject, type Json } from '../decoding/json.ts';
import { fitConversation, withUserTurn } from '../fit/conversation.ts';
import { checkSaidOnce, effortOf, numberOf, ownParameters } from '../fit/parameters.ts';
import { type FitChoice, type FitTool, readFormat, readFunctions, readStop } from '../fit/read-tools.ts';
import type { Warn } from '../fit/warn.ts';
import { wantedSearch } from '../fit/web-search.ts';
import type { RequestBody } from '../request-body.ts';
import type { Quirks } from '../wire.ts';
import { encodeContents, encodeInstruction } from './content.ts';

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
const PENALTIES = ['presence_penalty', 'frequency_penalty'] as const;
const TRANSLATED: ReadonlySet<string> = new Set([
  ...Object.keys(RENAMED),
  ...['max_tokens', 'max_completion_tokens', 'stop', 'tools', 'tool_choice', 'response_format'],
  ...['reasoning_effort', 'modalities', 'web_search_options'],
]);

/** The body. The caller's own `generationConfig` goes over what is made of OpenAI's parameters. */
export const encodeGeminiRequest = (request: ChatRequest, _quirks: Quirks, warn: Warn): RequestBody => {
  const { generationConfig, ...own } = ownParameters(request, TRANSLATED, warn);
  const takes = geminiTakes(request.model);
  const config = { ...configOf(request, takes, warn), ...asObject(generationConfig) };
  const declared = asList(request.tools).filter(isDeclaration);
  const { tools, choice } = readFunctions(withoutDeclarations(request, declared), warn, declared.length > 0);
  const search = searchOf(request, warn);
  const messages = withUserTurn(fitConversation(request.messages, {}, warn), warn);
  const instruction = encodeInstruction(messages);
  const said = { ...instruction, contents: encodeContents(messages, takes.wantsSignatures, warn) };
  checkSaidOnce(said, own);
  return {
    ...said,
    ...(tools.length + declared.length + search.length > 0 && {
      tools: [...encodeTools(tools), ...declared, ...search],
    }),
    ...(tools.length + declared.length > 0 &&
      choice !== undefined && { toolConfig: { functionCallingConfig: encodeChoice(choice) } }),
    ...(Object.keys(config).length > 0 && { generationConfig: config }),
    ...own,
  };
};

function configOf(request: ChatRequest, takes: GeminiTakes, warn: Warn): object {
  const { modalities } = request;
  const refused = takes.penalties ? [] : PENALTIES.filter((name) => request[name] != null);
  const lost = refused.filter((name) => request[name] !== 0);
  if (lost.length > 0) warn(`this model does not take ${lost.join(', ')}: not sent.`);
  const limit = numberOf(request.max_completion_tokens) ?? numberOf(request.max_tokens);
  const stop = readStop(request.stop);
  const renamed = Object.entries(RENAMED).flatMap(([name, theirs]) => {
    const value = request[name];
    const isOut = value == null || (name === 'n' && value === 1) || refused.some((one) => one === name);
    return isOut ? [] : [[theirs, value] as const];
  });
  return {
    ...Object.fromEntries(renamed),
    ...(limit !== undefined && { maxOutputTokens: limit }),
    ...(stop !== undefined && { stopSequences: stop }),
    ...(Array.isArray(modalities) && {
      responseModalities: modalities.map((one) => (typeof one === 'string' ? one.toUpperCase() : one)),
    }),
    ...formatOf(request.response_format, warn),
    ...thinkingOf(effortOf(request.reasoning_effort), takes, limit, warn),
  };
}

function formatOf(given: unknown, warn: Warn): object {
  const format = readFormat(given);
  if (format === undefined) return {};
  if (format.type === 'own') {
    warn('this provider knows no such response_format: not sent.');
    return {};
  }
  const schema = format.type === 'json_schema' ? format.schema : undefined;
  return {
    responseMimeType: 'application/json',
    ...(schema !== undefined && { responseJsonSchema: schema }),
  };
}

/** Its own form of functions. */
const isDeclaration = (tool: unknown): tool is Json =>
  (asObject(tool)?.functionDeclarations ?? asObject(tool)?.function_declarations) != null;

const withoutDeclarations = (request: ChatRequest, { length }: readonly Json[]): ChatRequest =>
  length === 0 ? request : { ...request, tools: request.tools?.filter((tool) => !isDeclaration(tool)) ?? [] };

/** Functions become one tool's declarations; a tool of the service's own (`{googleSearch: {}}`) goes as it is. */
function encodeTools(tools: readonly FitTool[]): object[] {
  const declarations = tools.flatMap((tool) =>
    tool.kind === 'function'
      ? {
          name: tool.name,
          ...(tool.description !== undefined && { description: tool.description }),
          parametersJsonSchema: tool.parameters,
        }
      : [],
  );
  const others = tools.flatMap((tool) => (tool.kind === 'function' ? [] : [tool.tool]));
  return [...(declarations.length > 0 ? [{ functionDeclarations: declarations }] : []), ...others];
}

/** Google's search. Source: https://ai.google.dev/gemini-api/docs/google-search */
function searchOf(request: ChatRequest, warn: Warn): readonly object[] {
  const wanted = wantedSearch(request);
  if (wanted === undefined) return [];
  const lost = [wanted.size && 'search_context_size', wanted.place && 'user_location'].filter(Boolean);
  if (lost.length > 0) warn(`this provider's search has no ${lost.join(' and no ')}: not sent.`);
  return [{ googleSearch: {} }];
}

function encodeChoice({ mode, only }: FitChoice): object {
  if (only !== undefined) return { mode: 'ANY', allowedFunctionNames: [only] };
  return { mode: mode === 'required' ? 'ANY' : mode.toUpperCase() };
}

/** Tokens that an effort stands for up to Gemini 2.5; later models take a level. */
const BUDGETS: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
};
const MOST = 32_768;

/** Source: https://ai.google.dev/gemini-api/docs/openai#thinking and /thinking */
function thinkingOf(
  effort: string | undefined,
  { thinking }: GeminiTakes,
  limit: number | undefined,
  warn: Warn,
): object {
  if (effort === undefined) return {};
  if (thinking === undefined) {
    if (effort !== 'none') warn('this model does not think: reasoning_effort was not sent.');
    return {};
  }
  if ('length' in thinking) {
    const level = nearestEffort(effort, thinking);
    if (effort === 'none') warn(`this model always thinks: reasoning_effort "none" was sent as "${level}".`);
    else if (level !== effort) warn(`this model has no reasoning_effort "${effort}": "${level}" was sent.`);
    return { thinkingConfig: { thinkingLevel: level, includeThoughts: effort !== 'none' } };
  }
  const wanted = ownValue(BUDGETS, effort) ?? MOST;
  // The limit counts thoughts, too: a quarter of it is left for words.
  const room = limit === undefined ? wanted : Math.floor(limit * 0.75);
  const budget = Math.max(thinking.least, Math.min(wanted, thinking.most, room));
  if (effort === 'none' && budget > 0)
    warn('this model always thinks: reasoning_effort "none" was sent as the least there is.');
  return { thinkingConfig: { thinkingBudget: budget, includeThoughts: budget > 0 } };
}
