// The messages of a request, as any program or service wrote them → messages that are well formed, calls and results not yet paired.
import type { ReasoningDetail } from '@g4f/core';
import { asList, asObject, asText, type Json } from '../decoding/json.ts';
import { invalid } from './invalid.ts';
import type { FitAssistant, FitCall, FitMessage } from './message.ts';
import { readContent } from './read-content.ts';

const ROLES = 'one of "system", "developer", "user", "assistant", "tool"';

/** @throws G4FError `invalid-request` naming the field that cannot be read. */
export const readMessages = (messages: unknown): readonly FitMessage[] => {
  if (typeof messages === 'string') return [{ role: 'user', content: messages, beside: {} }];
  if (!Array.isArray(messages)) throw invalid('messages', 'a list of messages', messages);
  const called = new Map<string, string>();
  const read: FitMessage[] = [];
  for (const given of messages) {
    const place = `messages[${read.length}]`;
    const message = asObject(given);
    if (message === undefined) throw invalid(place, 'an object with role and content', given);
    const fit = readMessage(message, place, called);
    if (fit.role === 'assistant') for (const { name, id } of fit.calls) called.set(name, id);
    read.push(fit);
  }
  return read;
};

/** @param called the id of the last call of each function so far. */
function readMessage(message: Json, field: string, called: ReadonlyMap<string, string>): FitMessage {
  const { role, content, ...beside } = message;
  const read = () => readContent(content, `${field}.content`);
  switch (role) {
    case 'system':
    case 'developer':
    case 'user':
      return { role, content: read(), beside };
    case 'assistant':
      return readAssistant(message, field);
    case 'tool': {
      const { tool_call_id, ...others } = beside;
      return {
        role,
        id: readId(tool_call_id, `${field}.tool_call_id`),
        name: '',
        content: read(),
        beside: others,
      };
    }
    case 'function': {
      // The result goes to the last call of that function.
      const name = asText(beside.name) ?? '';
      return {
        role: 'tool',
        id: called.get(name) ?? functionId(name),
        name: '',
        content: read(),
        beside: {},
      };
    }
    default:
      throw invalid(`${field}.role`, ROLES, role);
  }
}

function readAssistant(message: Json, field: string): FitAssistant {
  const { role: _, content, refusal, reasoning, reasoning_content, reasoning_details, ...others } = message;
  const { tool_calls, function_call, ...beside } = others;
  const said = readContent(content, `${field}.content`);
  const calls = asCalls(tool_calls, `${field}.tool_calls`).map((call, at) =>
    readCall(call, `${field}.tool_calls[${at}]`),
  );
  return {
    role: 'assistant',
    content: said === '' ? (asText(refusal) ?? '') : said,
    reasoning: asText(reasoning) ?? asText(reasoning_content) ?? '',
    details: asList(reasoning_details).filter(isDetail),
    calls: calls.length === 0 && function_call != null ? [readFunctionCall(function_call, field)] : calls,
    beside,
  };
}

function asCalls(calls: unknown, field: string): readonly unknown[] {
  if (calls == null) return [];
  if (!Array.isArray(calls)) throw invalid(field, 'a list of tool calls', calls);
  return calls.filter((call) => call != null);
}

function readCall(given: unknown, field: string): FitCall {
  const { id, type, index: _, function: fn, custom, ...beside } = asObject(given) ?? {};
  const isCustom = type === 'custom' || (fn === undefined && custom !== undefined);
  const [kind, inside] = isCustom
    ? (['custom', asObject(custom)] as const)
    : (['function', asObject(fn)] as const);
  const name = asText(inside?.name);
  if (name === undefined)
    throw invalid(`${field}.${kind}.name`, 'the name of the tool that was called', inside?.name);
  const text = argumentsText(isCustom ? inside?.input : inside?.arguments);
  const callId = readId(id, `${field}.id`);
  return { id: callId, givenId: callId, name, arguments: text, custom: isCustom, beside };
}

/** Some programs keep the arguments as an object, or have none. */
const argumentsText = (given: unknown): string =>
  typeof given === 'string' ? given : given == null ? '' : JSON.stringify(given);

function readId(id: unknown, field: string): string {
  if (id == null) return '';
  if (typeof id === 'string') return id;
  if (typeof id === 'number') return String(id);
  throw invalid(field, 'the id of a call', id);
}

/** Before there were tools, one function was called at a time, and its result named it. */
function readFunctionCall(given: unknown, field: string): FitCall {
  const call = asObject(given);
  const name = asText(call?.name);
  if (name === undefined) throw invalid(`${field}.function_call.name`, 'the name of a function', call?.name);
  const id = functionId(name);
  return { id, givenId: id, name, arguments: argumentsText(call?.arguments), custom: false, beside: {} };
}

const functionId = (name: string): string => `call_${name}`;

const isDetail = (value: unknown): value is ReasoningDetail => typeof asObject(value)?.type === 'string';
