// The body of Gemini's generateContent → the parameters of a chat. Source: https://ai.google.dev/api/generate-content
import { asList, asNumber, asObject, asText, definedFields, type Json, without } from '../../json/json.ts';
import type { Asked, ChatCall } from '../dialect.ts';
import { EVENT_STREAM } from '../server-sent-event.ts';
import { Contents, readInstruction } from './content.ts';
import { camelFields } from './fields.ts';
import { jsonSchemaOf } from './schema.ts';
import { wholeContent } from './whole.ts';
import { ContentWriter } from './writer.ts';

const TRANSLATED: ReadonlySet<string> = new Set([
  ...['contents', 'systemInstruction', 'tools', 'toolConfig', 'generationConfig', 'model'],
]);

/** Our names of its settings. */
const RENAMED: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  candidateCount: 'n',
  maxOutputTokens: 'max_tokens',
  stopSequences: 'stop',
  seed: 'seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  responseLogprobs: 'logprobs',
  logprobs: 'top_logprobs',
};
const IN_CONFIG: ReadonlySet<string> = new Set([
  ...Object.keys(RENAMED),
  ...['responseMimeType', 'responseSchema', 'responseJsonSchema', 'thinkingConfig', 'responseModalities'],
]);

/** What it does not translate goes to the provider as it is. The model stands in the path. */
export const readGeminiChat = (
  given: Json,
  { requestId, query }: Asked,
  model: string,
  stream: boolean,
): ChatCall => {
  const body = camelFields(given);
  const config = camelFields(asObject(body.generationConfig) ?? {});
  const others = without(config, IN_CONFIG);
  const isArray = query.get('alt') !== 'sse';
  return {
    params: {
      ...without(body, TRANSLATED),
      model,
      messages: [...readInstruction(body.systemInstruction), ...new Contents().read(body.contents)],
      ...definedFields(settingsOf(config)),
      ...toolsOf(body),
      ...(Object.keys(others).length > 0 && { generationConfig: others }),
    },
    stream,
    streamType: isArray ? 'application/json; charset=utf-8' : EVENT_STREAM,
    writer: () => new ContentWriter(requestId, isArray),
    whole: (answer) => wholeContent(answer, requestId),
  };
};

function settingsOf(config: Json): Json {
  const renamed = Object.entries(RENAMED).map(([theirs, ours]) => [ours, config[theirs] ?? undefined]);
  const { responseModalities, thinkingConfig } = config;
  return {
    ...Object.fromEntries(renamed),
    modalities: Array.isArray(responseModalities)
      ? responseModalities.map((one) => String(one).toLowerCase())
      : undefined,
    reasoning_effort: effortOf(camelFields(asObject(thinkingConfig) ?? {})),
    response_format: formatOf(config),
  };
}

function formatOf({ responseMimeType, responseSchema, responseJsonSchema }: Json): Json | undefined {
  if (responseMimeType !== 'application/json') return undefined;
  const schema = responseJsonSchema ?? (responseSchema == null ? undefined : jsonSchemaOf(responseSchema));
  return schema === undefined
    ? { type: 'json_object' }
    : { type: 'json_schema', json_schema: { name: 'response', schema } };
}

/** A budget of tokens as the effort that stands for it; -1 leaves it to the model. */
function effortOf({ thinkingLevel, thinkingBudget }: Json): string | undefined {
  const level = asText(thinkingLevel);
  const budget = asNumber(thinkingBudget);
  if (level !== undefined) return level === 'THINKING_LEVEL_UNSPECIFIED' ? undefined : level.toLowerCase();
  if (budget === undefined || budget < 0) return undefined;
  if (budget === 0) return 'none';
  if (budget <= 1024) return 'low';
  return budget <= 8192 ? 'medium' : 'high';
}

/** Declarations become functions; a tool of the service's own (`{googleSearch: {}}`) stays as it is, under its name as `type`. */
function toolsOf({ tools, toolConfig }: Json): Json {
  const list = asList(tools).map((tool) => camelFields(asObject(tool) ?? {}));
  const functions = list.flatMap(({ functionDeclarations }) => asList(functionDeclarations).map(toolOf));
  const own = list.map((tool) => without(tool, DECLARATIONS)).filter((tool) => Object.keys(tool).length > 0);
  if (functions.length + own.length === 0) return {};
  const calling = camelFields(asObject(camelFields(asObject(toolConfig) ?? {}).functionCallingConfig) ?? {});
  return { tools: [...functions, ...own], ...definedFields({ tool_choice: choiceOf(calling) }) };
}

const DECLARATIONS: ReadonlySet<string> = new Set(['functionDeclarations']);

function toolOf(given: unknown): Json {
  const { name, description, parameters, parametersJsonSchema } = camelFields(asObject(given) ?? {});
  const schema = parametersJsonSchema ?? (parameters == null ? undefined : jsonSchemaOf(parameters));
  return { type: 'function', function: definedFields({ name, description, parameters: schema }) };
}

function choiceOf({ mode, allowedFunctionNames }: Json): unknown {
  const names = asList(allowedFunctionNames);
  if (mode === 'NONE') return 'none';
  if (mode !== 'ANY') return mode === 'AUTO' ? 'auto' : undefined;
  if (names.length === 0) return 'required';
  if (names.length === 1) return { type: 'function', function: { name: names[0] } };
  const tools = names.map((name) => ({ type: 'function', function: { name } }));
  return { type: 'allowed_tools', allowed_tools: { mode: 'required', tools } };
}
