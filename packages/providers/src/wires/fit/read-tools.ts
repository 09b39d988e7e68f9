// Tools, the choice among them, and the form of the answer, as any program wrote them → forms without a doubt left.
import type { ChatRequest } from '@g4f/core';
import { asObject, asText, type Json } from '../decoding/json.ts';
import { invalid } from './invalid.ts';
import type { Warn } from './warn.ts';

/** A function the model may call. `parameters` is always the schema of an object. */
export interface FitFunction {
  readonly kind: 'function';
  readonly name: string;
  readonly description: string | undefined;
  readonly parameters: Json;
  readonly strict: boolean | undefined;
  /** What the tool had besides, such as `cache_control`. */
  readonly beside: Json;
}

/** A tool of a service's own, as it was given; a tool of free text (`custom`) is OpenAI's own. */
export interface OwnTool {
  readonly kind: 'own' | 'custom';
  readonly name: string;
  readonly tool: Json;
}

/** A tool. */
export type FitTool = FitFunction | OwnTool;

/** Whether a tool must be called, and which. */
export interface FitChoice {
  readonly mode: 'none' | 'auto' | 'required';
  /** The only tool that may be called. */
  readonly only?: string;
  /** The names of the tools that may be called, of all that are known (`allowed_tools`). */
  readonly allowed?: readonly string[];
}

/** What the model may call. */
export interface FitTools {
  readonly tools: readonly FitTool[];
  /** Undefined if nothing was said. */
  readonly choice: FitChoice | undefined;
}

/**
 * The tools and the choice, for OpenAI's own services.
 * @param hasOthers whether the service is sent tools besides these.
 * @throws G4FError `invalid-request` naming the field that cannot be read, or carried out.
 */
export const readTools = ({ tools, tool_choice }: ChatRequest, hasOthers = false): FitTools =>
  callable(
    listOf(tools).map((tool, at) => readTool(tool, `tools[${at}]`)),
    readChoice(tool_choice),
    hasOthers,
  );

/**
 * The tools and the choice, for services that know functions only: a choice of some tools leaves only these in the list,
 * which means the same, and tools of free text are warned of.
 * @param hasOthers whether the service is sent tools besides these.
 * @throws G4FError `invalid-request` naming the field that cannot be read, or carried out.
 */
export const readFunctions = (request: ChatRequest, warn: Warn, hasOthers = false): FitTools => {
  const { tools, choice } = readTools(request, hasOthers);
  const known = new Set(tools.map(({ name }) => name));
  const missing = choice?.allowed?.find((name) => !known.has(name));
  if (missing !== undefined && !hasOthers && tools.every(({ kind }) => kind !== 'own'))
    throw invalid('tool_choice', 'the name of one of the tools', missing);
  const custom = tools.filter(({ kind }) => kind === 'custom').map(({ name }) => name);
  if (custom.length > 0)
    warn(`this provider has no tools of the type custom: ${custom.join(', ')} not sent.`);
  const allowed = choice?.allowed && new Set(choice.allowed);
  const left = tools.filter(({ name, kind }) => kind !== 'custom' && (allowed?.has(name) ?? true));
  return callable(left, choice, hasOthers);
};

/** A service's own tool may be chosen by a name that is not known here. */
function callable(tools: readonly FitTool[], choice: FitChoice | undefined, hasOthers: boolean): FitTools {
  const { mode, only } = choice ?? {};
  const mayBe = ({ kind, name }: FitTool): boolean => kind === 'own' || only === undefined || name === only;
  if (mode === 'required' && !hasOthers && !tools.some(mayBe))
    throw invalid('tool_choice', only === undefined ? NO_CALL : 'the name of one of the tools', only ?? mode);
  return { tools, choice };
}

const NO_CALL = '"auto" or "none" where no tool is sent';

function listOf(tools: unknown): readonly unknown[] {
  if (tools == null) return [];
  if (!Array.isArray(tools)) throw invalid('tools', 'a list of tools', tools);
  return tools.filter((tool) => tool != null);
}

function readTool(given: unknown, field: string): FitTool {
  const tool = asObject(given);
  if (tool === undefined || Object.keys(tool).length === 0)
    throw invalid(field, 'a tool: an object with type and function', given);
  const { type, function: nested, ...beside } = tool;
  const name = asText(tool.name);
  const isFlat =
    name !== undefined && (schemaIn(tool) ?? (type == null ? tool.parameters : undefined)) != null;
  if (type === 'custom' && !isFlat)
    return { kind: 'custom', name: nameIn(tool.custom ?? tool, `${field}.custom`), tool };
  if (type !== 'function' && nested === undefined && !isFlat) {
    if (Array.isArray(tool.functionDeclarations ?? tool.function_declarations))
      throw invalid(field, 'a tool for each function, with type and function,', given);
    return { kind: 'own', name: name ?? asText(type) ?? '', tool };
  }
  // OpenAI's responses and old functions, Anthropic's tools and MCP's have the function's fields in the tool itself.
  const fn = asObject(nested ?? (name === undefined ? undefined : tool));
  if (fn === undefined) throw invalid(`${field}.function`, 'an object with a name', nested);
  return {
    kind: 'function',
    name: nameIn(fn, `${field}.function`),
    description: asText(fn.description),
    parameters: schemaOf(fn.parameters ?? schemaIn(fn), `${field}.function.parameters`),
    strict: typeof fn.strict === 'boolean' ? fn.strict : undefined,
    beside,
  };
}

/** As Anthropic and MCP call it: https://platform.claude.com/docs/en/api/messages/create, https://modelcontextprotocol.io/specification */
const schemaIn = ({ input_schema, inputSchema }: Json): unknown => input_schema ?? inputSchema;

function nameIn(given: unknown, field: string): string {
  const name = asText(asObject(given)?.name);
  if (name === undefined) throw invalid(`${field}.name`, 'the name of the tool', asObject(given)?.name);
  return name;
}

/** Of a function that takes nothing, too: services refuse a schema that is not of an object. */
function schemaOf(given: unknown, field: string): Json {
  if (given == null) return { type: 'object', properties: {} };
  const schema = asObject(given);
  if (schema === undefined) throw invalid(field, 'a JSON schema', given);
  const isOther = ['$ref', 'anyOf', 'oneOf', 'allOf'].some((word) => word in schema);
  if (isOther || (schema.type != null && schema.type !== 'object')) return schema;
  if (schema.type === 'object' && asObject(schema.properties) !== undefined) return schema;
  return { ...schema, type: 'object', properties: asObject(schema.properties) ?? {} };
}

function readChoice(given: unknown): FitChoice | undefined {
  if (given == null) return undefined;
  const choice = asObject(given);
  const type = typeof given === 'string' ? given : choice?.type;
  if (type === 'none' || type === 'auto' || type === 'required') return { mode: type };
  if (type === 'any') return { mode: 'required' };
  if (choice === undefined || asText(type ?? 'function') === undefined || Object.keys(choice).length === 0)
    throw invalid('tool_choice', '"none", "auto", "required" or an object with type', given);
  return type === 'allowed_tools'
    ? readAllowed(asObject(choice.allowed_tools) ?? choice)
    : { mode: 'required', only: chosenName(choice, 'tool_choice') };
}

function readAllowed({ mode, tools }: Json): FitChoice {
  const field = 'tool_choice.allowed_tools.tools';
  if (!Array.isArray(tools)) throw invalid(field, 'a list of tools', tools);
  const allowed = tools.map((tool, at) => chosenName(asObject(tool) ?? {}, `${field}[${at}]`));
  return { mode: mode === 'required' ? 'required' : 'auto', allowed };
}

/** The name stands under the name of the type, or beside it; a tool of a service's own may have none but its type. */
function chosenName(choice: Json, field: string): string {
  const type = asText(choice.type) ?? 'function';
  const name = asText(asObject(choice[type])?.name) ?? asText(choice.name);
  if (name !== undefined) return name;
  if (type === 'function' || type === 'custom') return nameIn(choice[type], `${field}.${type}`);
  return type;
}

/** The form of the answer; undefined is free text. */
export type FitFormat =
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly name: string;
      readonly schema: Json | undefined;
      readonly given: Json;
    }
  | { readonly type: 'own'; readonly given: Json };

/** @throws G4FError `invalid-request` naming the field that cannot be read. */
export const readFormat = (given: unknown): FitFormat | undefined => {
  if (given == null) return undefined;
  const format = asObject(given);
  const type = asText(format?.type);
  if (format === undefined || type === undefined)
    throw invalid('response_format', 'an object with type', given);
  if (type === 'text') return undefined;
  if (type === 'json_object') return { type };
  if (type !== 'json_schema') return { type: 'own', given: format };
  const inside = asObject(format.json_schema);
  if (inside === undefined)
    throw invalid('response_format.json_schema', 'an object with name and schema', format.json_schema);
  if (inside.schema != null && asObject(inside.schema) === undefined)
    throw invalid('response_format.json_schema.schema', 'a JSON schema', inside.schema);
  return { type, name: asText(inside.name) ?? 'answer', schema: asObject(inside.schema), given: inside };
};

/** The words that end the answer; undefined if there are none. @throws G4FError `invalid-request` */
export const readStop = (stop: unknown): readonly string[] | undefined => {
  if (stop == null) return undefined;
  const words = typeof stop === 'string' ? [stop] : stop;
  if (!Array.isArray(words)) throw invalid('stop', 'a string or a list of strings', stop);
  const said = words.filter((word) => word != null && word !== '');
  for (const word of said)
    if (typeof word !== 'string') throw invalid('stop', 'a string or a list of strings', word);
  return said.length === 0 ? undefined : said;
};
