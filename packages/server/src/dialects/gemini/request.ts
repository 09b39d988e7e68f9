// The body of Gemini's generateContent → the parameters of a chat. Source: https://ai.google.dev/api/generate-content
import {
  definedFields,
  givenList,
  givenNumber,
  givenObject,
  givenObjects,
  givenText,
  type Json,
  readText,
  without,
} from '../../json/json.ts';
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
  const config = camelFields(givenObject(body.generationConfig, 'generationConfig') ?? {});
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

/** Those whose words for callers are Gemini's: the client would name them as OpenAI does. */
const NUMBERS = [
  ...(['temperature', 'topP', 'topK', 'candidateCount', 'maxOutputTokens', 'seed'] as const),
  ...(['presencePenalty', 'frequencyPenalty', 'logprobs'] as const),
];

function settingsOf(config: Json): Json {
  const renamed = Object.entries(RENAMED).map(([theirs, ours]) => [ours, config[theirs] ?? undefined]);
  const { responseModalities, thinkingConfig } = config;
  for (const name of NUMBERS) givenNumber(config[name], `generationConfig.${name}`);
  givenList(config.stopSequences, 'generationConfig.stopSequences');
  const modalities = givenList(responseModalities, 'generationConfig.responseModalities');
  return {
    ...Object.fromEntries(renamed),
    modalities:
      responseModalities == null
        ? undefined
        : modalities.map((one, at) =>
            readText(one, `generationConfig.responseModalities[${at}]`).toLowerCase(),
          ),
    reasoning_effort: effortOf(
      camelFields(givenObject(thinkingConfig, 'generationConfig.thinkingConfig') ?? {}),
    ),
    response_format: formatOf(config),
  };
}

function formatOf({ responseMimeType, responseSchema, responseJsonSchema }: Json): Json | undefined {
  givenObject(responseSchema, 'generationConfig.responseSchema');
  givenObject(responseJsonSchema, 'generationConfig.responseJsonSchema');
  if (givenText(responseMimeType, 'generationConfig.responseMimeType') !== 'application/json')
    return undefined;
  const schema = responseJsonSchema ?? (responseSchema == null ? undefined : jsonSchemaOf(responseSchema));
  return schema === undefined
    ? { type: 'json_object' }
    : { type: 'json_schema', json_schema: { name: 'response', schema } };
}

/** A budget of tokens as the effort that stands for it; -1 leaves it to the model. */
function effortOf({ thinkingLevel, thinkingBudget }: Json): string | undefined {
  const level = givenText(thinkingLevel, 'generationConfig.thinkingConfig.thinkingLevel');
  const budget = givenNumber(thinkingBudget, 'generationConfig.thinkingConfig.thinkingBudget');
  if (level !== undefined) return level === 'THINKING_LEVEL_UNSPECIFIED' ? undefined : level.toLowerCase();
  if (budget === undefined || budget < 0) return undefined;
  if (budget === 0) return 'none';
  if (budget <= 1024) return 'low';
  return budget <= 8192 ? 'medium' : 'high';
}

/** Declarations become functions; a tool of the service's own (`{googleSearch: {}}`) stays as it is, under its name as `type`. */
function toolsOf({ tools, toolConfig }: Json): Json {
  const list = givenObjects(tools, 'tools').map(camelFields);
  const functions = list.flatMap(({ functionDeclarations }, at) =>
    givenObjects(functionDeclarations, `tools[${at}].functionDeclarations`).map(toolOf),
  );
  const choice = choiceOf(toolConfig);
  const own = list.map((tool) => without(tool, DECLARATIONS)).filter((tool) => Object.keys(tool).length > 0);
  if (functions.length + own.length === 0) return {};
  return { tools: [...functions, ...own], ...definedFields({ tool_choice: choice }) };
}

const DECLARATIONS: ReadonlySet<string> = new Set(['functionDeclarations']);

function toolOf(given: Json): Json {
  const { name, description, parameters, parametersJsonSchema } = camelFields(given);
  const schema = parametersJsonSchema ?? (parameters == null ? undefined : jsonSchemaOf(parameters));
  return { type: 'function', function: definedFields({ name, description, parameters: schema }) };
}

function choiceOf(toolConfig: unknown): unknown {
  const { functionCallingConfig } = camelFields(givenObject(toolConfig, 'toolConfig') ?? {});
  const calling = givenObject(functionCallingConfig, 'toolConfig.functionCallingConfig') ?? {};
  const { mode: given, allowedFunctionNames } = camelFields(calling);
  const mode = givenText(given, 'toolConfig.functionCallingConfig.mode');
  const names = givenList(allowedFunctionNames, 'toolConfig.functionCallingConfig.allowedFunctionNames');
  if (mode === 'NONE') return 'none';
  if (mode !== 'ANY') return mode === 'AUTO' ? 'auto' : undefined;
  if (names.length === 0) return 'required';
  if (names.length === 1) return { type: 'function', function: { name: names[0] } };
  const tools = names.map((name) => ({ type: 'function', function: { name } }));
  return { type: 'allowed_tools', allowed_tools: { mode: 'required', tools } };
}
